import Foundation

/// What a built page's bytes are, for the budgets of the report language.
package struct PageSize {
    /// Without the playground's weights.
    package let whole: Int
    /// Drawings, the tables of their data, and the style and script that pages with drawings carry.
    package let figures: Int
    /// The style and script of a playground, and what it shows of images and codes.
    package let playground: Int
    /// How many drawings there are.
    package let figureCount: Int

    /// Text, tables, formulas, style, script and record.
    package var text: Int { whole - figures - playground }
    /// What the page would be with ten drawings of its kind.
    package var withTenFigures: Int { text + playground + figures * 10 / max(1, figureCount) }

    /// The size of a page's HTML.
    package init(of page: String) {
        func part(_ start: String, _ end: String) -> (bytes: Int, count: Int) {
            let pieces = page.components(separatedBy: start).dropFirst()
            let bytes = pieces.reduce(0) { sum, piece in
                let content = piece.components(separatedBy: end).first ?? ""
                return sum + start.utf8.count + content.utf8.count + end.utf8.count
            }
            return (bytes, pieces.count)
        }
        func assets(_ name: String) -> Int {
            part("<style data-for=\"\(name)\">", "</style>").bytes
                + part("<script data-for=\"\(name)\">", "</script>").bytes
        }
        let weights = part(
            "<script type=\"text/plain\" class=\"playground-weights\">", "</script>")
        let model = part(
            "<script type=\"application/json\" class=\"playground-model\">", "</script>")
        let drawings = part("<svg", "</svg>")
        let data = part("<details class=\"data\">", "</details>")
        whole = page.utf8.count - weights.bytes
        figures = drawings.bytes + data.bytes + assets("figures")
        playground = model.bytes + assets("playground")
        figureCount = drawings.count
    }
}
