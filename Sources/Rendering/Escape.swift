/// Text made safe to stand in markup.
enum Escape {
    /// Text between tags and in double-quoted attributes: `&`, `<`, `>` and `"` become entities.
    static func text(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 38 || $0 == 60 || $0 == 62 || $0 == 34 }) else {
            return text
        }
        var result = ""
        result.reserveCapacity(text.utf8.count + 16)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The text that `text` made safe.
    static func unescaped(_ markup: String) -> String {
        markup.replacing("&lt;", with: "<").replacing("&gt;", with: ">")
            .replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
    }

    /// JSON that may stand in a `<script>` element: no `</script>`, no `<!--`.
    static func json(_ json: String) -> String { json.replacing("<", with: "\\u003c") }
}
