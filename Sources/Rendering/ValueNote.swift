import Literate

/// What stands behind a number, in one line.
enum ValueNote {
    /// Unit, standard error, number of images and protocol; nil when none is known.
    static func text(for value: PublishedValue) -> String? {
        var parts: [String] = []
        if let unit = value.unit, !unit.isEmpty { parts.append(unit) }
        if let error = value.standardError {
            parts.append("standard error \(ValueFormat(.significant(2)).write(error))")
        }
        if let count = value.count {
            parts.append("n = \(ValueFormat.natural.write(PublishedValue(integer: count)))")
        }
        var text = parts.joined(separator: " · ")
        if let note = value.protocolNote { text += text.isEmpty ? note : ". \(note)" }
        return text.isEmpty ? nil : text
    }
}

/// A note that shows on hover and focus, by CSS alone.
enum HTMLNote {
    /// Markup with a note behind it. The note is text.
    static func noted(_ markup: String, _ note: String) -> String {
        """
        <span class="noted" tabindex="0">\(markup)<span class="note" role="tooltip">\
        \(Escape.text(note))</span></span>
        """
    }
}
