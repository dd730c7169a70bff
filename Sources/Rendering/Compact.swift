/// Style sheets, scripts and JSON without what only people read.
enum Compact {
    /// A style sheet without comments, indentation and line ends. Texts in quotes keep their spaces
    /// but for those at line ends.
    static func style(_ css: String) -> String {
        var rest = css[...]
        var plain = ""
        while let start = rest.firstRange(of: "/*") {
            plain += rest[..<start.lowerBound]
            rest = rest[start.upperBound...]
            rest = rest.firstRange(of: "*/").map { rest[$0.upperBound...] } ?? ""
        }
        plain += rest
        return lines(of: plain).map { line in
            // Within quotes a space counts.
            let line = line.contains("\"") || line.contains("'") ? line : spaceless(line)
            return ",{};".contains(line.last ?? " ") ? line : line + "\n"
        }.joined()
    }

    /// A script without indentation, empty lines and lines that are comments.
    static func script(_ javaScript: String) -> String {
        lines(of: javaScript).filter { !$0.hasPrefix("//") }.joined(separator: "\n")
    }

    /// JSON without spaces and line ends between its parts. Numbers and texts keep their bytes.
    static func json(_ json: String) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(json.utf8.count)
        var (isText, isEscaped) = (false, false)
        for byte in json.utf8 {
            if isText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isText = false
                }
            } else if byte == UInt8(ascii: "\"") {
                isText = true
            } else if byte <= UInt8(ascii: " ") {
                continue
            }
            result.append(byte)
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func lines(of text: String) -> [String] {
        text.split(separator: "\n").map { line in
            String(line.drop(while: \.isWhitespace))
        }.filter { !$0.isEmpty }
    }

    private static func spaceless(_ line: String) -> String {
        [
            (" {", "{"), ("{ ", "{"), (" }", "}"), ("; ", ";"), (": ", ":"), (", ", ","),
            (" > ", ">"),
        ].reduce(line) {
            $0.replacing($1.0, with: $1.1)
        }
    }
}
