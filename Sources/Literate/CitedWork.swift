import Files

/// An entry of a bibliography on its way to the reference list: names and year read, the letter that
/// tells works of one year apart still to come.
struct CitedWork {
    let entry: BibTeXEntry
    /// "Kingma & Welling".
    let people: String
    /// "2014", or "n.d.".
    let year: String
    /// "Kingma, D. P. & Welling, M.", or nothing.
    private let authors: String
    /// What the list is sorted by.
    let order: [String]

    init(_ entry: BibTeXEntry) throws {
        self.entry = entry
        let date = try entry.text("year", "date").map {
            String($0.prefix { $0 != "-" && $0 != "/" })
        }
        year = date ?? "n.d."
        let field = ["author", "editor", "organization"].first { entry.fields[$0] != nil }
        let (names, hasMore) = PersonName.names(in: field.flatMap { entry.fields[$0]?.text } ?? "")
        func words(_ text: String) throws -> String {
            let place = field.flatMap { entry.fields[$0]?.location } ?? entry.keyLocation
            return try LaTeXText(
                BibTeXEntry.Field(text: text, location: place, isWhole: false), in: entry.source
            ).text()
        }
        let families = try names.map { try words($0.family) }
        let title = try entry.text("title")
        guard let first = families.first ?? title else {
            throw entry.error(
                "'\(entry.key)' has neither author nor title",
                suggestion: "give it at least a title = {…}")
        }
        if families.isEmpty {
            people = first.split(separator: " ").prefix(4).joined(separator: " ")
        } else if families.count == 2, !hasMore {
            people = "\(first) & \(families[1])"
        } else {
            people = families.count > 2 || hasMore ? "\(first) et al." : first
        }
        let listed = try zip(families, names).map { family, name in
            let initials = PersonName.initials(try words(name.given))
            return initials.isEmpty ? family : "\(family), \(initials)"
        }
        authors = CitedWork.list(listed, hasMore: hasMore)
        order = [families.joined(separator: " ").lowercased(), year, title ?? "", entry.key]
    }

    private static func list(_ names: [String], hasMore: Bool) -> String {
        if names.count > 10 { return names.prefix(7).joined(separator: ", ") + " et al." }
        if hasMore { return names.joined(separator: ", ") + " et al." }
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " & " + last
    }

    // MARK: The line in the list

    /// "Kingma, D. P. & Welling, M. (2014). Auto-Encoding Variational Bayes. *ICLR*. arXiv:1312.6114".
    func line(letter: String) throws -> [MarkdownInline] {
        let isBook = ["book", "phdthesis", "mastersthesis", "thesis", "proceedings", "manual"]
            .contains(entry.type)
        var title = try entry.inlines("title") ?? []
        if isBook, !title.isEmpty { title = [.emphasis(title)] }
        var sentences: [[MarkdownInline]] = []
        let date = "(\(year)\(letter))"
        sentences.append([.text(authors.isEmpty ? date : "\(authors) \(date)")])
        sentences.append(title)
        sentences.append(try venue())
        if let note = try entry.inlines("note") { sentences.append(note) }
        if let link = link() { sentences.append([link]) }
        var line: [MarkdownInline] = []
        for sentence in sentences where !sentence.isEmpty {
            if !line.isEmpty { line.append(.text(" ")) }
            line += sentence
            let isLink = sentence.count == 1 && sentence[0].isLink
            let last = sentence.plainText().last ?? " "
            if !isLink, !".?!".contains(last) { line.append(.text(".")) }
        }
        return line
    }

    private func venue() throws -> [MarkdownInline] {
        var result: [MarkdownInline] = []
        if let journal = try entry.inlines("journal", "journaltitle") {
            result = [.emphasis(journal)]
            if let volume = try entry.text("volume") {
                let number = try entry.text("number", "issue").map { "(\($0))" } ?? ""
                result.append(.text(" \(volume)\(number)"))
            }
        } else if let book = try entry.inlines("booktitle") {
            result = [.text("In "), .emphasis(book)]
        }
        let thesis = ["phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"][entry.type]
        let parts = [
            try entry.text("type") ?? thesis,
            try entry.text("edition").map { "\($0) edition" },
            try entry.text("publisher", "school", "institution", "howpublished"),
            try pages(),
        ].compactMap(\.self)
        for part in parts { result.append(.text((result.isEmpty ? "" : ", ") + part)) }
        return result
    }

    private func pages() throws -> String? {
        guard let pages = try entry.text("pages") else { return nil }
        let range = pages.contains("–") ? pages : pages.replacing("-", with: "–")
        return entry.fields["volume"] == nil ? "pp. \(range)" : range
    }

    private func link() -> MarkdownInline? {
        func link(_ address: String, _ words: String) -> MarkdownInline {
            .link(destination: address, title: "", [.text(words)])
        }
        let archive = entry.verbatim("archiveprefix") ?? entry.verbatim("eprinttype")
        if let number = entry.verbatim("eprint"), archive?.lowercased() ?? "arxiv" == "arxiv" {
            let bare =
                number.lowercased().hasPrefix("arxiv:") ? String(number.dropFirst(6)) : number
            return link("https://arxiv.org/abs/\(bare)", "arXiv:\(bare)")
        }
        if let doi = entry.verbatim("doi") {
            let bare = doi.firstRange(of: "10.").map { String(doi[$0.lowerBound...]) } ?? doi
            return link("https://doi.org/\(bare)", "doi:\(bare)")
        }
        guard let url = entry.verbatim("url") else { return nil }
        let words = url.firstRange(of: "://").map { String(url[$0.upperBound...]) } ?? url
        return link(url, String(Substring(words).trimmingSuffix("/")))
    }
}

extension MarkdownInline {
    fileprivate var isLink: Bool {
        if case .link = self { return true }
        return false
    }
}
