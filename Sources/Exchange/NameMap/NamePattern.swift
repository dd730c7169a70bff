/// A name of tensors in which each `*` stands for one character or more.
struct NamePattern: Sendable, Equatable {
    /// The text as it was written.
    let text: String
    /// What stands before, between and after the stars.
    private let pieces: [[UInt8]]

    init(_ text: String) {
        self.text = text
        pieces = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
            .map(Array.init)
    }

    /// How many stars there are.
    var starCount: Int { pieces.count - 1 }

    /// What the stars stand for in `name`, each as short as possible; nil where it does not match.
    func match(_ name: String) -> [String]? {
        let letters = Array(name.utf8)
        guard let last = pieces.last, letters.starts(with: pieces[0]) else { return nil }
        guard starCount > 0 else { return letters == pieces[0] ? [] : nil }
        let end = letters.count - last.count
        var position = pieces[0].count
        guard position < end, letters[end...].elementsEqual(last) else { return nil }
        var found: [String] = []
        for piece in pieces.dropFirst().dropLast() {
            // A star takes at least one character.
            guard let next = Self.first(piece, in: letters, from: position + 1, to: end) else {
                return nil
            }
            found.append(String(decoding: letters[position..<next], as: UTF8.self))
            position = next + piece.count
        }
        guard position < end else { return nil }
        return found + [String(decoding: letters[position..<end], as: UTF8.self)]
    }

    /// The name with `parts` in place of the stars; there must be as many or more.
    func name(with parts: [String]) -> String {
        zip(pieces.dropFirst(), parts).reduce(String(decoding: pieces[0], as: UTF8.self)) {
            $0 + $1.1 + String(decoding: $1.0, as: UTF8.self)
        }
    }

    /// Where `piece` stands first in `letters[from..<to]`.
    private static func first(
        _ piece: [UInt8], in letters: [UInt8], from start: Int, to end: Int
    ) -> Int? {
        guard start + piece.count <= end else { return nil }
        return (start...end - piece.count).first { place in
            letters[place..<place + piece.count].elementsEqual(piece)
        }
    }
}
