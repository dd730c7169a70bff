/// A table of formulas, `\begin{aligned}` and its kin.
struct TeXEnvironment {
    static let names = [
        "aligned", "align", "align*", "split", "gathered", "gather", "gather*", "cases", "dcases",
        "rcases", "matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix",
        "array",
    ]

    private let name: String

    /// An environment by name; nil when it is not known.
    init?(name: String) {
        guard TeXEnvironment.names.contains(name) else { return nil }
        self.name = name
    }

    /// The MathML of its rows of cells.
    func element(_ rows: [[String]]) -> String {
        let body = rows.map { row in
            let cells = row.enumerated().map { column, cell in
                let isRightSide = tableClass == "aligned" && column % 2 == 1
                return "<mtd>\(isRightSide ? continued(cell) : cell)</mtd>"
            }.joined()
            return "<mtr>\(cells)</mtr>"
        }.joined()
        let table = "<mtable class=\"\(tableClass)\"\(isDisplayed)>\(body)</mtable>"
        let (opening, closing) = fences
        if opening.isEmpty, closing.isEmpty { return table }
        let left = opening.isEmpty ? "" : "<mo stretchy=\"true\" form=\"prefix\">\(opening)</mo>"
        let right = closing.isEmpty ? "" : "<mo stretchy=\"true\" form=\"postfix\">\(closing)</mo>"
        return "<mrow>\(left)\(table)\(right)</mrow>"
    }

    /// A cell that goes on behind `&`: a sign at its start stands between two terms, as in TeX.
    private func continued(_ cell: String) -> String {
        for sign in ["+", "−"] where cell.hasPrefix("<mo>\(sign)</mo>") {
            return "<mo form=\"infix\">" + cell.dropFirst("<mo>".count)
        }
        return cell
    }

    private var tableClass: String {
        switch name {
        case "aligned", "align", "align*", "split": "aligned"
        case "cases", "dcases", "rcases": "cases"
        case "gathered", "gather", "gather*": "gathered"
        default: "matrix"
        }
    }

    private var isDisplayed: String {
        ["aligned", "gathered"].contains(tableClass) || name == "dcases"
            ? " displaystyle=\"true\"" : ""
    }

    private var fences: (String, String) {
        switch name {
        case "cases", "dcases": ("{", "")
        case "rcases": ("", "}")
        case "pmatrix": ("(", ")")
        case "bmatrix": ("[", "]")
        case "Bmatrix": ("{", "}")
        case "vmatrix": ("|", "|")
        case "Vmatrix": ("‖", "‖")
        default: ("", "")
        }
    }
}
