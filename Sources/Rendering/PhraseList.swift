import Literate

/// The protocols of a report's values, as phrases that are there once each: hundreds of protocols differ
/// in a few words.
struct PhraseList {
    /// In the order of their first use.
    private(set) var phrases: [String] = []
    /// The places of each protocol's phrases, which joined are the protocol.
    private(set) var protocols: [[Int]] = []
    private var numbers: [String: Int] = [:]

    /// The protocols of all values, by name of the value.
    init(_ report: BuiltReport) {
        let texts = report.values.sorted { $0.key < $1.key }
            .map { $0.value.protocolNote ?? "" }.filter { !$0.isEmpty }
        let neighbours = Neighbours(Set(texts).map(Self.pieces))
        var places: [String: Int] = [:]
        for text in texts where numbers[text] == nil {
            numbers[text] = protocols.count
            let found = neighbours.phrases(of: Self.pieces(of: text)).map { phrase in
                if let place = places[phrase] { return place }
                places[phrase] = phrases.count
                phrases.append(phrase)
                return phrases.count - 1
            }
            protocols.append(found)
        }
    }

    /// Which of `protocols` a text is; nil for a text that is no value's protocol.
    func number(of text: String) -> Int? { numbers[text] }

    /// A text cut behind its commas and semicolons.
    private static func pieces(of text: String) -> [String] {
        var pieces = [""]
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            pieces[pieces.count - 1] += "\(word) "
            if word.hasSuffix(",") || word.hasSuffix(";") { pieces.append("") }
        }
        // The last word has no space behind it.
        if pieces.last == "" { pieces.removeLast() }
        return pieces.dropLast() + pieces.suffix(1).map { String($0.dropLast()) }
    }
}

/// Which piece of a text follows which, in all texts.
private struct Neighbours {
    private var following: [String: Set<String?>] = [:]
    private var preceding: [String: Set<String?>] = [:]

    init(_ texts: [[String]]) {
        for pieces in texts {
            for (place, piece) in pieces.enumerated() {
                let next = place + 1 < pieces.count ? pieces[place + 1] : nil
                following[piece, default: []].insert(next)
                preceding[piece, default: []].insert(place > 0 ? pieces[place - 1] : nil)
            }
        }
    }

    /// Pieces that stand together wherever one of them stands, joined.
    func phrases(of pieces: [String]) -> [String] {
        var phrases = Array(pieces.prefix(1))
        for (piece, next) in zip(pieces, pieces.dropFirst()) {
            if following[piece] == [next], preceding[next] == [piece] {
                phrases[phrases.count - 1] += next
            } else {
                phrases.append(next)
            }
        }
        return phrases
    }
}
