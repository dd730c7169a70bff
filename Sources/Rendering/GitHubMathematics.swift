/// TeX as GitHub takes it: it refuses some commands that MathJax itself knows.
enum GitHubMathematics {
    private static let refused = "\\operatorname"

    /// The same formula without commands that GitHub refuses: `\operatorname{diag}` becomes
    /// `\mathop{\mathrm{diag}}\nolimits`, `\mbox` becomes `\text`.
    static func text(_ tex: String) -> String {
        let words = tex.replacing("\\mbox", with: "\\text")
        var (result, rest) = ("", words[...])
        while let command = rest.firstRange(of: refused) {
            result += rest[..<command.lowerBound]
            rest = rest[command.upperBound...]
            let hasLimits = rest.first == "*"
            if hasLimits { rest = rest.dropFirst() }
            guard let name = group(&rest) else {
                result += refused + (hasLimits ? "*" : "")
                continue
            }
            result += "\\mathop{\\mathrm{\(name)}}" + (hasLimits ? "" : "\\nolimits ")
        }
        return result + rest
    }

    /// What stands between the braces that `text` begins with; takes it off.
    private static func group(_ text: inout Substring) -> Substring? {
        let inside = text.drop(while: \.isWhitespace)
        guard inside.first == "{" else { return nil }
        var (depth, isEscaped) = (0, false)
        for place in inside.indices {
            let character = inside[place]
            if isEscaped {
                isEscaped = false
                continue
            }
            isEscaped = character == "\\"
            if character == "{" { depth += 1 }
            if character == "}" { depth -= 1 }
            guard depth == 0 else { continue }
            text = inside[inside.index(after: place)...]
            return inside[inside.startIndex..<place].dropFirst()
        }
        return nil
    }
}
