import Charts
import Drawing

/// Figure 13: sums and differences of codes, decoded: a − b + c.
package struct LatentArithmetic: Figure {
    /// One code of a sum.
    package struct Term: Sendable {
        /// Subtracted instead of added.
        package var isSubtracted: Bool
        /// The decoded code.
        package var image: ImageTile
        /// What the code is, for example "mean of 7" or "image 12".
        package var name: String

        /// One code of a sum.
        package init(_ name: String, image: ImageTile, isSubtracted: Bool = false) {
            self.name = name
            self.image = image
            self.isSubtracted = isSubtracted
        }
    }

    /// A sum with its decoded result.
    package struct Equation: Sendable {
        /// The codes, first to last.
        package var terms: [Term]
        /// The decoded sum.
        package var result: ImageTile
        /// What the result is closest to, or nil.
        package var finding: String?

        /// A sum with its decoded result.
        package init(terms: [Term], result: ImageTile, finding: String? = nil) {
            self.terms = terms
            self.result = result
            self.finding = finding
        }

        /// The sum in words: `mean of 7 − mean of 1 + mean of 0`.
        var text: String {
            terms.enumerated().map { index, term in
                index == 0
                    ? (term.isSubtracted ? "−\(term.name)" : term.name)
                    : "\(term.isSubtracted ? "−" : "+") \(term.name)"
            }.joined(separator: " ")
        }
    }

    /// Rows from top to bottom; those alike in their signs stand together.
    package var equations: [Equation]

    package let title = "Latent arithmetic"

    /// Sums with their results.
    package init(equations: [Equation]) { self.equations = equations }

    /// Characters that fit below an image.
    private static let longestCaption = 12

    package func chart() -> Chart {
        let shapes = equations.map { $0.terms.map(\.isSubtracted) }
        let starts = shapes.indices.filter { $0 == 0 || shapes[$0] != shapes[$0 - 1] }
        let blocks = zip(starts, starts.dropFirst() + [equations.count]).map { start, end in
            grid(Array(equations[start..<end]), signs: shapes[start])
        }
        return Chart(Column(blocks, spacing: 18))
    }

    private func grid(_ equations: [Equation], signs: [Bool]) -> ImageGrid {
        let groups = signs.enumerated().map { index, isSubtracted in
            ImageGrid.Group(
                columns: 1, sign: isSubtracted ? "−" : index == 0 ? nil : "+")
        }
        // Rows two by two fill the width; a wide sum takes it alone.
        let across = signs.count <= 3 && equations.count > 1 ? 2 : 1
        let oneSet = groups + [ImageGrid.Group(columns: 1, sign: "=")]
        let lines = stride(from: 0, to: equations.count, by: across).map {
            start -> ImageGrid.Line in
            let row = equations[start..<min(start + across, equations.count)]
            let captions = row.flatMap { $0.terms.map(\.name) + [$0.finding ?? "result"] }
                .map { $0.brokenInTwo(longest: Self.longestCaption) }
            let isBroken = captions.contains { !$0.second.isEmpty }
            return ImageGrid.Line(
                tiles: row.flatMap { $0.terms.map(\.image.bitmap) + [$0.result.bitmap] },
                captions: captions.map(\.first),
                secondCaptions: isBroken ? captions.map(\.second) : nil,
                spaceBefore: start > 0 ? 4 : 0)
        }
        return ImageGrid(
            groups: (0..<across).flatMap { index in
                (index > 0 ? [ImageGrid.Group(columns: 0)] : []) + oneSet
            },
            lines: lines, largestTile: 64)
    }

    package var altText: String {
        let few = equations.prefix(3).map(\.text).joined(separator: "; ")
        let count = equations.count == 1 ? "One sum" : "\(equations.count) sums"
        return equations.isEmpty
            ? "No sums of codes." : "\(count) of latent codes with their decoded results: \(few)."
    }

    package var dataTable: FigureTable {
        FigureTable(
            header: ["Sum", "Finding", "Mean |result − first term| per pixel"],
            rows: equations.map { equation in
                [
                    .text(equation.text), equation.finding.map { .text($0) } ?? .missing,
                    .optional(
                        equation.terms.first.map { $0.image.meanAbsoluteError(equation.result) },
                        decimals: 4),
                ]
            })
    }

    /// `latent_arithmetic.png`: the terms and, after a gap, the result in rows of plain pixels.
    package func sheet() -> ImageSheet {
        let most = equations.map(\.terms.count).max() ?? 0
        return ImageSheet(
            rows: equations.map { equation -> [Bitmap?] in
                let terms = equation.terms.map { Optional($0.image.bitmap) }
                let gap = [Bitmap?](repeating: nil, count: most - terms.count + 1)
                return terms + gap + [equation.result.bitmap]
            })
    }
}

extension String {
    /// The words on one line when they are short, else with the last word on a second one.
    fileprivate func brokenInTwo(longest: Int) -> (first: String, second: String) {
        guard count > longest, let space = lastIndex(of: " ") else { return (self, "") }
        return (String(self[..<space]), String(self[index(after: space)...]))
    }
}
