import Literate

/// What stands behind a number, in one line.
enum ValueNote {
    /// Unit, standard error and number of images; nil when none is known. The page's script adds the
    /// protocol, which stands in the record.
    static func text(for value: PublishedValue) -> String? {
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
        if parts.isEmpty { return value.protocolNote }
        return parts.joined(separator: " · ")
    }
}

/// A note that shows on hover and focus, by CSS alone.
enum HTMLNote {
    /// Markup with a note behind it. The note is text; `value` names the value it belongs to.
    static func noted(_ markup: String, _ note: String, value: String? = nil) -> String {
        let name = value.map { " data-value=\"\(Escape.text($0))\"" } ?? ""
        return
            "<dfn tabindex=\"0\"\(name)>\(markup)<i role=\"tooltip\">\(Escape.text(note))</i></dfn>"
    }
}
