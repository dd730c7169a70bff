import Files

/// The works that a report cites, in the order of its reference list.
public struct Bibliography: Sendable, Equatable {
    /// A cited work.
    public struct Work: Sendable, Equatable {
        /// Its key in the BibTeX file.
        public let key: String
        /// How the text names it: "Kingma & Welling 2014".
        public let label: String
        /// Its line in the reference list.
        public let line: [MarkdownInline]
        /// The file that it stands in, for mistakes in its mathematics.
        public let source: SourceText

        /// The id of its line on the page.
        public var anchor: String { "ref-\(key)" }
    }

    /// The works, sorted by author, year and title.
    public let works: [Work]

    /// The work with this key, when the report cites it.
    public subscript(key: String) -> Work? { works.first { $0.key == key } }

    /// The works of `citations`, found among `entries`. Works of the same people and year get letters:
    /// 2014a, 2014b.
    init(citations: [Citation.Item], entries: [BibTeXEntry], in source: SourceText) throws {
        let known = Dictionary(entries.map { ($0.key, $0) }) { first, _ in first }
        var cited: [String: CitedWork] = [:]
        for item in citations where cited[item.key] == nil {
            guard let entry = known[item.key] else {
                throw SourceError(
                    "no work in the bibliography has the key '\(item.key)'", at: item.location,
                    in: source,
                    suggestion: Suggestion.forName(item.key, among: known.keys, called: "keys")
                        ?? "name a BibTeX file in the front matter: bibliography: references.bib")
            }
            cited[item.key] = try CitedWork(entry)
        }
        let sorted = cited.values.sorted { $0.order.lexicographicallyPrecedes($1.order) }
        var counts: [String: Int] = [:]
        for work in sorted { counts["\(work.people) \(work.year)", default: 0] += 1 }
        var seen: [String: Int] = [:]
        works = try sorted.map { work in
            let name = "\(work.people) \(work.year)"
            let index = seen[name, default: 0]
            seen[name] = index + 1
            let letter = counts[name, default: 1] > 1 ? Bibliography.letter(index) : ""
            return Work(
                key: work.entry.key, label: name + letter, line: try work.line(letter: letter),
                source: work.entry.source)
        }
    }

    private static func letter(_ index: Int) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        return index < letters.count ? String(letters[index]) : "-\(index + 1)"
    }
}
