import Files

/// Checks that every reference and inline value in a document names something that exists.
struct NameCheck {
    let document: Document

    /// Throws at the first name that does not exist; returns the parameters that inline values use.
    func check() throws -> Set<String> {
        var used: Set<String> = []
        func visit(_ inline: MarkdownInline) throws {
            switch inline {
            case .reference(let reference): try check(reference)
            case .value(let value):
                try check(value)
                if value.name.hasPrefix("params.") { used.insert(String(value.name.dropFirst(7))) }
            default: break
            }
        }
        try document.frontMatter.title.forEachInline(visit)
        try document.frontMatter.subtitle?.forEachInline(visit)
        for cell in document.cells { try cell.options.caption?.forEachInline(visit) }
        try document.blocks.forEachInline(visit)
        for cell in document.cells where document.kinds[cell.kind]?.keysAreValues == true {
            for field in cell.fields { try checkSort(of: field) }
        }
        return used
    }

    /// A number that is expected to be a text can never be it.
    private func checkSort(of field: CellField) throws {
        guard document.publishers[field.key]?.sort == .number, let text = field.value.text else {
            return
        }
        throw SourceError(
            "'\(field.key)' is a number, and '\(text)' is none", at: field.value.location,
            in: document.source, suggestion: "write it like \(field.key): {min: -100}")
    }

    private func check(_ reference: Reference) throws {
        if document.targets[reference.label] != nil { return }
        throw SourceError(
            "nothing is labelled '\(reference.label)'", at: reference.location, in: document.source,
            suggestion: Suggestion.forName(
                reference.label, among: document.targets.keys.filter { $0.contains("-") },
                called: "labels"))
    }

    private func check(_ value: InlineValue) throws {
        guard let publisher = document.publishers[value.name] else {
            throw SourceError(
                "nothing publishes the value '\(value.name)'", at: value.location,
                in: document.source,
                suggestion: Suggestion.forName(
                    value.name, among: document.publishers.keys, called: "values")
                    ?? "add an eval cell for the run")
        }
        if publisher.sort == .text, value.format != .natural {
            throw SourceError(
                "'\(value.name)' is a text and takes no format", at: value.location,
                in: document.source, suggestion: "leave out what follows the colon")
        }
    }
}
