import Files
import Literate

/// Commands with arguments: fractions, roots, fences, tables of formulas.
extension TeXParser {
    // MARK: Structures

    mutating func structure(_ name: String, _ word: TeXToken) throws -> String {
        switch name {
        case "frac": return "<mfrac>\(try argument(of: word))\(try argument(of: word))</mfrac>"
        case "dfrac", "cfrac", "tfrac":
            let style = " displaystyle=\"\(name != "tfrac")\""
            return "<mfrac\(style)>\(try argument(of: word))\(try argument(of: word))</mfrac>"
        case "binom", "dbinom", "tbinom":
            let inner =
                "<mfrac linethickness=\"0\">\(try argument(of: word))\(try argument(of: word))</mfrac>"
            return "<mrow><mo>(</mo>\(inner)<mo>)</mo></mrow>"
        case "sqrt": return try root(word)
        case "text", "textrm", "textnormal", "mbox", "textbf", "textit", "texttt", "textsf":
            return "<mtext>\(spaced(try wording(of: word)))</mtext>"
        case "operatorname":
            if case .character("*") = current?.kind { position += 1 }
            // Read first: what follows the name decides about the space after it.
            let name = Escape.text(try wording(of: word))
            return functionName(name)
        case "left": return try stretched(word)
        case "begin": return try environment(word)
        case "underbrace":
            // A rule rather than a brace: few fonts have a brace that grows far enough.
            return "<mrow class=\"under\">\(try argument(of: word))</mrow>"
        case "overbrace":
            return "<mrow class=\"over\">\(try argument(of: word))</mrow>"
        case "underline":
            return "<munder>\(try argument(of: word))<mo stretchy=\"true\">_</mo></munder>"
        case "underset":
            let below = try argument(of: word)
            return "<munder>\(try argument(of: word))\(below)</munder>"
        case "overset", "stackrel":
            let above = try argument(of: word)
            return "<mover>\(try argument(of: word))\(above)</mover>"
        case "phantom": return "<mphantom>\(try argument(of: word))</mphantom>"
        case "displaystyle", "textstyle": return "<mrow></mrow>"
        case "xrightarrow", "xleftarrow": return try labelledArrow(name, word)
        case "substack": return try stack(word)
        case "pmod":
            return "<mrow><mspace width=\"0.444em\"/><mo stretchy=\"false\">(</mo><mi>mod</mi>"
                + "<mspace width=\"0.333em\"/>\(try argument(of: word))"
                + "<mo stretchy=\"false\">)</mo></mrow>"
        case "not": return try negated(word)
        case "mathop", "mathrel", "mathbin", "mathord", "mathopen", "mathclose", "mathinner":
            return try argument(of: word)
        case "nonumber", "notag": return "<mrow></mrow>"
        case "tag", "label":
            throw error(
                "equations are numbered by their labels, not by \\\(name)", at: word,
                suggestion: "write $$ … $$ {#eq-name} and leave \\\(name) out")
        case "bmod": return operatorElement("mod", "lspace=\"0.3em\" rspace=\"0.3em\"")
        case "%", "&", "#", "$", "_": return operatorElement(Escape.text(name))
        default: throw unknown(name, word)
        }
    }

    func unknown(_ name: String, _ word: TeXToken) -> SourceError {
        let near = TeXSymbols.names.nearest(to: name)
        return error(
            "unknown TeX command '\\\(name)'", at: word,
            suggestion: near.map { "did you mean '\\\($0)'?" }
                ?? "write \\operatorname{\(name)} for a name, \\text{…} for words")
    }

    func spaced(_ text: String) -> String {
        Escape.text(text).replacing(" ", with: "\u{A0}")
    }

    mutating func root(_ word: TeXToken) throws -> String {
        guard current?.kind == .character("[") else {
            return "<msqrt>\(try argument(of: word))</msqrt>"
        }
        position += 1
        let degree = try row(until: .bracket).joined()
        guard skip(.character("]")) else {
            throw error("the '[' of a root is not closed", at: word)
        }
        return "<mroot>\(try argument(of: word))<mrow>\(degree)</mrow></mroot>"
    }

    mutating func stretched(_ word: TeXToken) throws -> String {
        let opening = try delimiter()
        let content = try row(until: .right).joined()
        guard skip(.command("right")) else {
            throw error(
                "this \\left has no \\right", at: word, suggestion: "\\right. closes it unseen")
        }
        let closing = try delimiter()
        func fence(_ sign: String, _ form: String) -> String {
            sign.isEmpty
                ? "" : operatorElement(sign, "stretchy=\"true\" fence=\"true\" form=\"\(form)\"")
        }
        return "<mrow>\(fence(opening, "prefix"))\(content)\(fence(closing, "postfix"))</mrow>"
    }

    mutating func environment(_ word: TeXToken) throws -> String {
        let name = try self.name(of: word)
        guard let kind = TeXEnvironment(name: name) else {
            throw error(
                "unknown environment '\(name)'", at: word,
                suggestion: "environments: \(TeXEnvironment.names.joined(separator: ", "))")
        }
        if current?.kind == .character("["), name.hasSuffix("ed") { try skipBrackets() }
        if name == "array" { _ = try self.name(of: word) }
        var rows: [[String]] = [[]]
        while true {
            let cell = try row(until: .cell).joined()
            rows[rows.count - 1].append(cell)
            if skip(.alignment) { continue }
            if skip(.command("\\")) {
                rows.append([])
                if current?.kind == .character("["), current?.follows == false {
                    try skipBrackets()
                }
                continue
            }
            break
        }
        guard let end = current, skip(.command("end")) else {
            throw error("\\begin{\(name)} has no \\end{\(name)}", at: word)
        }
        let closing = try self.name(of: end)
        guard closing == name else {
            throw error("\\begin{\(name)} is closed by \\end{\(closing)}", at: end)
        }
        if rows.last == [""] { rows.removeLast() }
        return kind.element(rows)
    }
}
