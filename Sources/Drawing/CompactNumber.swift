/// Numbers as short as an SVG allows: hundredths, no trailing zeros, no superfluous spaces.
enum CompactNumber {
    /// A number rounded to `decimals` places, without trailing zeros.
    static func text(_ value: Double, decimals: Int = 2) -> String {
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let rounded = (value * scale).rounded() / scale
        if rounded == rounded.rounded(), abs(rounded) < 1e15 { return String(Int(rounded)) }
        let text = "\(rounded)"
        if text.hasPrefix("0.") { return String(text.dropFirst()) }
        if text.hasPrefix("-0.") { return "-" + text.dropFirst(2) }
        return text
    }

    /// Shortens every number in a list or in a function such as `matrix(1,0,0,1,20,30)`.
    ///
    /// A matrix's first four numbers keep five places, since they multiply coordinates.
    static func list(_ value: String) -> String {
        var result = ""
        var index = 0
        let isMatrix = value.hasPrefix("matrix")
        for piece in pieces(of: value) {
            if let number = Double(piece) {
                result += text(number, decimals: isMatrix && index < 4 ? 5 : isMatrix ? 3 : 2)
                index += 1
            } else {
                result += piece
            }
        }
        return result
    }

    /// Runs of number characters and the characters between them.
    private static func pieces(of value: String) -> [Substring] {
        let isNumber: (Character) -> Bool = { $0.isNumber || $0 == "." || $0 == "-" || $0 == "e" }
        var pieces: [Substring] = []
        var rest = value[...]
        while let first = rest.first {
            let kind = isNumber(first)
            let piece = rest.prefix { isNumber($0) == kind }
            pieces.append(piece)
            rest = rest.dropFirst(piece.count)
        }
        return pieces
    }
}
