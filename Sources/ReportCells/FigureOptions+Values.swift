import Files
import Literate

/// A code that a figure's option names.
enum CodeName: Equatable {
    /// The mean code of the test images of a class.
    case classMean(Int)
    /// The code of a test image.
    case image(Int)
}

extension FigureOptions {
    /// Lists longer than this would make no figure.
    private static let mostItems = 64

    private func fail(
        _ message: String, at value: CellValue, _ suggestion: String? = nil
    ) -> any Error {
        cell.error(message, at: value.location, suggestion: suggestion)
    }

    func integer(
        _ value: CellValue, _ key: String, in range: ClosedRange<Int>
    ) throws -> Int {
        if let number = value.integer, range.contains(number) { return number }
        let bounds =
            range.upperBound == Int.max
            ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
        throw fail("'\(key)' is a whole number \(bounds), found \(value.spoken)", at: value)
    }

    func number(
        _ value: CellValue, _ key: String, in range: ClosedRange<Double>
    ) throws -> Double {
        if let number = value.number, range.contains(number) { return number }
        throw fail(
            "'\(key)' is a number from \(range.lowerBound) to \(range.upperBound), "
                + "found \(value.spoken)", at: value)
    }

    private func items(_ value: CellValue, _ key: String) throws -> [CellValue] {
        let items = value.items
        if (1...Self.mostItems).contains(items.count) { return items }
        throw fail(
            "'\(key)' lists 1 to \(Self.mostItems) values, found \(items.count)", at: value)
    }

    func numbers(
        _ value: CellValue, _ key: String, in range: ClosedRange<Double>
    ) throws -> [Double] {
        try items(value, key).map { try number($0, key, in: range) }
    }

    func word(_ value: CellValue, _ key: String, of words: [String]) throws -> String {
        if let text = value.scalarText, words.contains(text) { return text }
        throw fail(
            "'\(key)' is one of \(words.joined(separator: ", ")); found \(value.spoken)",
            at: value, words.nearest(to: value.scalarText ?? "").map { "did you mean '\($0)'?" })
    }

    func dimensions(
        _ value: CellValue, _ key: String, exactly count: Int?, size: Int?
    ) throws -> [Int] {
        var found: [Int] = []
        for item in try items(value, key) {
            guard let dimension = item.integer, (0...1023).contains(dimension) else {
                throw fail(
                    "'\(key)' lists whole numbers from 0 to \((size ?? 1024) - 1), "
                        + "found \(item.spoken)", at: item)
            }
            if let size, dimension >= size {
                throw fail(
                    "there is no latent dimension \(dimension); the run has \(size)", at: item,
                    "choose from 0 to \(size - 1)")
            }
            guard !found.contains(dimension) else {
                throw fail("'\(key)' names dimension \(dimension) twice", at: item)
            }
            found.append(dimension)
        }
        guard found.count == count ?? found.count else {
            throw fail(
                "'\(key)' lists \(count ?? 0) dimensions, found \(found.count)", at: value)
        }
        return found
    }

    func image(_ value: CellValue, _ key: String, count: Int?) throws -> Int {
        guard let place = value.integer, place >= 0 else {
            throw fail(
                "'\(key)' is a whole number, the place of a test image from 0; "
                    + "found \(value.spoken)", at: value)
        }
        if let count, place >= count {
            throw fail(
                "there is no test image \(place); there are \(count)", at: value,
                "choose from 0 to \(count - 1)")
        }
        return place
    }

    func images(_ value: CellValue, _ key: String, count: Int?) throws -> [Int] {
        try items(value, key).map { try image($0, key, count: count) }
    }

    func pairs(_ value: CellValue, _ key: String, count: Int?) throws -> [(Int, Int)] {
        let items = try items(value, key)
        let isOnePair = items.allSatisfy { $0.integer != nil }
        return try (isOnePair ? [value] : items).map { pair in
            let ends = pair.items
            guard ends.count == 2 else {
                throw fail(
                    "'\(key)' lists pairs of test images, found \(pair.spoken) of \(ends.count)",
                    at: pair, "write it like \(key): [[3, 5], [7, 9]]")
            }
            return (
                try image(ends[0], key, count: count), try image(ends[1], key, count: count)
            )
        }
    }

    func codes(_ value: CellValue, _ key: String, facts: RunFacts?) throws -> [CodeName] {
        try items(value, key).compactMap { item in
            guard let text = item.scalarText else {
                throw fail(
                    "'\(key)' names classes, or images as 'image 12'; found \(item.spoken)",
                    at: item)
            }
            return try code(text, item, key, facts: facts)
        }
    }

    private func code(
        _ text: String, _ item: CellValue, _ key: String, facts: RunFacts?
    ) throws -> CodeName? {
        let words = text.split(whereSeparator: { $0 == " " || $0 == ":" })
        if words.count == 2, words[0] == "image", let place = Int(words[1]) {
            return .image(
                try image(
                    CellValue(.integer(place), at: item.location), key, count: facts?.testCount))
        }
        guard let facts else { return nil }
        if let index = facts.classIndex(text) { return .classMean(index) }
        guard !facts.classNames.isEmpty else {
            throw fail(
                "the data have no classes, so there is no class '\(text)'", at: item,
                "name a test image: \(key): image 0")
        }
        throw fail(
            "there is no class '\(text)'", at: item,
            facts.classNames.nearest(to: text).map { "did you mean '\($0)'?" }
                ?? "choose one of \(facts.classNames.joined(separator: ", ")), or 'image 12'")
    }
}
