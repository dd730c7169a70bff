/// Path data as short as SVG allows: relative, with `h` and `v`, in hundredths of a point.
///
/// Every point is rounded by itself, so rounding errors do not add up along the path.
struct PathData {
    /// A point in hundredths.
    private struct Place: Equatable {
        var x: Int
        var y: Int
    }

    private var text = ""
    private var command: Character?
    private var endsInFraction = false
    private var current = Place(x: 0, y: 0)
    private var start = Place(x: 0, y: 0)

    /// Shortens absolute path data of the commands M, L, C and Z, numbers and letters apart by
    /// spaces, as Cairo writes it; nil for anything else.
    static func shortened(_ value: String) -> String? {
        var tokens = value.split(separator: " ")
        if tokens.count >= 3, tokens[tokens.count - 3] == "M" { tokens.removeLast(3) }
        var data = PathData()
        var place = 0
        while place < tokens.count {
            let count: Int
            switch tokens[place] {
            case "M", "L": count = 1
            case "C": count = 3
            case "Z": count = 0
            default: return nil
            }
            guard place + 2 * count < tokens.count else { return nil }
            let numbers = tokens[place + 1..<place + 1 + 2 * count].compactMap { Double($0) }
            guard numbers.count == 2 * count, numbers.allSatisfy({ abs($0) < 1e9 }) else {
                return nil
            }
            let places = stride(from: 0, to: numbers.count, by: 2).map {
                Place(x: hundredths(numbers[$0]), y: hundredths(numbers[$0 + 1]))
            }
            data.add(tokens[place], places)
            place += 1 + 2 * count
        }
        return data.text
    }

    private static func hundredths(_ value: Double) -> Int { Int((value * 100).rounded()) }

    private mutating func add(_ name: Substring, _ places: [Place]) {
        switch name {
        case "M":
            let target = places[0]
            if command == nil {
                write("M", [target.x, target.y])
            } else {
                write("m", [target.x - current.x, target.y - current.y])
            }
            start = target
            current = target
        case "L":
            let (x, y) = (places[0].x - current.x, places[0].y - current.y)
            if y == 0 {
                write("h", [x])
            } else if x == 0 {
                write("v", [y])
            } else {
                write("l", [x, y])
            }
            current = places[0]
        case "C":
            write("c", places.flatMap { [$0.x - current.x, $0.y - current.y] })
            current = places[2]
        default:
            write("z", [])
            current = start
        }
    }

    private mutating func write(_ name: Character, _ numbers: [Int]) {
        // After a move the same letter would mean a line, so moves always say what they are.
        let isImplied = command == name && name != "m" && name != "M" && name != "z"
        if !isImplied { text.append(name) }
        var follows = isImplied
        for number in numbers {
            let piece = Self.decimal(number)
            if follows, !piece.hasPrefix("-"), !(piece.hasPrefix(".") && endsInFraction) {
                text.append(" ")
            }
            text += piece
            endsInFraction = piece.contains(".")
            follows = true
        }
        command = name
    }

    /// A number of hundredths without superfluous zeros: `.5`, `-12.25`, `7`.
    private static func decimal(_ number: Int) -> String {
        let (whole, rest) = abs(number).quotientAndRemainder(dividingBy: 100)
        let sign = number < 0 ? "-" : ""
        guard rest > 0 else { return "\(sign)\(whole)" }
        let digits = rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)"
        return "\(sign)\(whole == 0 ? "" : "\(whole)").\(digits)"
    }
}
