import Literate

/// Clauses of a report's protocols, each once, in the order of their first use.
struct PhraseList {
    private(set) var phrases: [String] = []
    private var places: [String: Int] = [:]

    /// The clauses of all values, by name of the value.
    init(_ report: BuiltReport) {
        for (_, value) in report.values.sorted(by: { $0.key < $1.key }) {
            for phrase in Self.clauses(of: value.protocolNote ?? "") where places[phrase] == nil {
                places[phrase] = phrases.count
                phrases.append(phrase)
            }
        }
    }

    /// Where a protocol's clauses stand; nil for a text that is no value's protocol.
    func places(of text: String) -> [Int]? {
        let found = Self.clauses(of: text).map { places[$0] }
        let known = found.compactMap { $0 }
        return known.isEmpty || known.count < found.count ? nil : known
    }

    /// A clause keeps the semicolon that ends it.
    private static func clauses(of text: String) -> [String] {
        if text.isEmpty { return [] }
        let parts = text.components(separatedBy: "; ")
        return parts.dropLast().map { $0 + "; " } + parts.suffix(1)
    }
}
