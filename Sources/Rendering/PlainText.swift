import Literate

/// Running text without any markup, for window titles and records.
struct PlainText {
    let report: BuiltReport

    /// The words; values in their formats, mathematics as TeX, references by name.
    func text(_ inlines: [MarkdownInline]) -> String {
        inlines.plainText { inline in
            switch inline {
            case .mathematics(let mathematics): mathematics.tex
            case .value(let value): self.value(value)
            case .reference(let reference): self.reference(reference)
            case .citation(let citation): self.citation(citation)
            default: ""
            }
        }
    }

    /// An inline value in its format, or why it is not there.
    func value(_ value: InlineValue) -> String {
        guard let published = report.values[value.name] else {
            return "not available: \(report.absence(of: value.name))"
        }
        return value.format.write(published)
    }

    /// "(Kingma & Welling 2014, sec. 3)"
    func citation(_ citation: Citation) -> String {
        let items = citation.items.map { item in
            label(of: item) + (item.locator.map { ", \($0)" } ?? "")
        }
        return "(\(items.joined(separator: "; ")))"
    }

    /// "Kingma & Welling 2014"
    func label(of item: Citation.Item) -> String {
        report.document.bibliography[item.key]?.label ?? "@\(item.key)"
    }

    /// "Figure 2", or a section's title.
    func reference(_ reference: Reference) -> String {
        guard let target = report.document.targets[reference.label] else {
            return "@\(reference.label)"
        }
        if target.sort == .section { return text(target.title) }
        return "\(target.sort.rawValue)\u{A0}\(target.number)"
    }
}
