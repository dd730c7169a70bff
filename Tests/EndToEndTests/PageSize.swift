/// What a built page's bytes are, for the budgets of the report language.
struct PageSize {
    /// Without the playground's weights.
    let whole: Int
    /// Drawings, the tables of their data, and what a playground shows of images and codes.
    let figures: Int
    /// How many drawings there are.
    let figureCount: Int

    /// Text, tables, formulas, style, script and record.
    var text: Int { whole - figures }

    init(of page: String) {
        let weights = Self.part(
            of: page, from: "<script type=\"text/plain\" class=\"playground-weights\">",
            to: "</script>")
        let model = Self.part(
            of: page, from: "<script type=\"application/json\" class=\"playground-model\">",
            to: "</script>")
        let drawings = Self.part(of: page, from: "<svg", to: "</svg>")
        let data = Self.part(of: page, from: "<details class=\"data\">", to: "</details>")
        whole = page.utf8.count - weights.bytes
        figures = drawings.bytes + data.bytes + model.bytes
        figureCount = drawings.count
    }

    private static func part(
        of page: String, from start: String, to end: String
    ) -> (bytes: Int, count: Int) {
        let pieces = page.components(separatedBy: start).dropFirst()
        let bytes = pieces.reduce(0) { sum, piece in
            let content = piece.components(separatedBy: end).first ?? ""
            return sum + start.utf8.count + content.utf8.count + end.utf8.count
        }
        return (bytes, pieces.count)
    }
}
