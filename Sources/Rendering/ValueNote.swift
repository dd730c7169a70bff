import Literate

/// What stands behind a number, in one line.
enum ValueNote {
    /// Unit, standard error and number of images; empty when none is known.
    static func text(for value: PublishedValue) -> String {
        var parts: [String] = []
        if let unit = value.unit, !unit.isEmpty { parts.append(unit) }
        if let error = value.standardError {
            parts.append("standard error \(ValueFormat(.significant(2)).write(error))")
        }
        if let deviation = value.deviation, let runs = value.runCount {
            let text = ValueFormat(.significant(2)).write(deviation)
            parts.append("standard deviation \(text) over \(runs) runs")
        }
        if let count = value.count {
            parts.append("n = \(ValueFormat.natural.write(PublishedValue(integer: count)))")
        }
        return parts.joined(separator: " · ")
    }
}

/// A note that shows on hover and focus, by CSS alone: `dfn[data-note]::after`. The page's script adds
/// the protocol, which the record holds once.
enum HTMLNote {
    /// Markup with a note behind it: a text, the number of a protocol, or both; as it is when
    /// there is neither.
    static func noted(_ markup: String, _ note: String, protocol number: Int? = nil) -> String {
        let words = note.isEmpty ? "" : " data-note=\"\(Escape.text(note))\""
        let place = number.map { " data-protocol=\"\($0)\"" } ?? ""
        if note.isEmpty, number == nil { return markup }
        return "<dfn tabindex=\"0\"\(words)\(place)>\(markup)</dfn>"
    }
}
