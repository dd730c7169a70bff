import Charts
import Drawing

/// Figure 8: the KL term as mutual information, total correlation and dimension-wise KL, end to end,
/// with the most that mutual information can show.
package struct RateDecomposition: Figure {
    /// An estimate in nats.
    package struct Term: Sendable, Hashable {
        /// Nats.
        package var value: Double
        /// Standard error over draws; nil when there is none.
        package var standardError: Double?

        /// An estimate in nats.
        package init(_ value: Double, standardError: Double? = nil) {
            self.value = value
            self.standardError = standardError
        }

        var text: String {
            let decimals = (standardError ?? 1) < 0.005 ? 3 : 2
            let number = NumberText.fixed(value, decimals: decimals)
            guard let standardError else { return number }
            return "\(number) ± \(NumberText.fixed(standardError, decimals: decimals))"
        }
    }

    /// E[log q(z|x) − log q(z)].
    package var mutualInformation: Term
    /// E[log q(z) − Σ_j log q(z_j)].
    package var totalCorrelation: Term
    /// E[Σ_j log q(z_j) − log p(z)].
    package var dimensionwise: Term
    /// The KL term in closed form over all images; nil when unknown.
    package var kl: Double?
    /// ln N.
    package var ceiling: Double
    /// N, the images of the mixture.
    package var imageCount: Int
    /// Draws that each term is the mean of.
    package var draws: Int

    package let title = "Rate decomposition"

    /// The three terms of the rate (Hoffman & Johnson 2016; Chen et al. 2018, eq. 2).
    package init(
        mutualInformation: Term, totalCorrelation: Term, dimensionwise: Term, kl: Double? = nil,
        ceiling: Double, imageCount: Int, draws: Int
    ) {
        self.mutualInformation = mutualInformation
        self.totalCorrelation = totalCorrelation
        self.dimensionwise = dimensionwise
        self.kl = kl
        self.ceiling = ceiling
        self.imageCount = imageCount
        self.draws = draws
    }

    private var terms: [(name: String, term: Term)] {
        [
            ("Mutual information", mutualInformation), ("Total correlation", totalCorrelation),
            ("Dimension-wise KL", dimensionwise),
        ]
    }

    private var sum: Double { terms.map(\.term.value).reduce(0, +) }

    package func chart() -> Chart {
        var start = 0.0
        var marks: [Mark] = []
        var ends: [Double] = [ceiling, kl ?? 0, 0]
        for (place, entry) in terms.enumerated() {
            let end = start + entry.term.value
            marks += row(entry.term, place: place, from: start, Theme.palette[place])
            ends += [end, end + (entry.term.standardError ?? 0)]
            start = end
        }
        marks += row(Term(sum), place: terms.count, from: 0, to: kl, Theme.palette[6])
        if let kl {
            let row = Double(terms.count + 1)
            let tick = Extent(at: kl, from: row - 0.42, to: row + 0.42)
            marks.append(.whiskers([tick], Stroke(Theme.ink, width: 1.25)))
        }
        let label = "ln N = \(NumberText.fixed(ceiling, decimals: 2))"
        marks.append(
            .verticalRule(
                ceiling, Stroke(Theme.accent, width: 1.25, dash: [4, 3], isRound: false),
                label: label))
        var rows = Axis(.band([""] + terms.map(\.name) + ["Sum"]))
        rows.isReversed = true
        rows.ticks = (terms.map(\.name) + ["Sum"]).enumerated().map {
            Tick(value: Double($0.offset + 1), label: $0.element)
        }
        let upper = (ends.filter(\.isFinite).max() ?? 1) * 1.2
        let lower = min(0, (ends.filter(\.isFinite).min() ?? 0) * 1.1)
        let plot = Plot(
            title: "KL term", subtitle: "nats per image",
            x: Axis(.linear(lower, max(upper, 0.1)), label: "nats", hasGrid: true), y: rows,
            marks: marks, innerHeight: 170)
        return Chart(Column([plot, TextBlock(note)], spacing: 8))
    }

    /// A bar with its number right of all that is drawn on its row, a tick at `other` included.
    private func row(
        _ term: Term, place: Int, from start: Double, to other: Double? = nil, _ ink: Ink
    ) -> [Mark] {
        let (end, height) = (start + term.value, Double(place + 1))
        var marks: [Mark] = [.lyingBars([Extent(at: height, from: start, to: end)], ink)]
        let error = term.standardError ?? 0
        if error > 0 {
            let range = Extent(at: height, from: end - error, to: end + error)
            marks.append(.whiskers([range], Stroke(Theme.ink, width: 1.1), isLying: true))
        }
        marks.append(
            .names(
                [PlaceName(term.text, at: Datum(max(start, end + error, other ?? end), height))],
                Theme.label))
        return marks
    }

    private var note: String {
        var text =
            "Means over \(NumberText.whole(draws)) draws, ± standard error. Mutual information cannot "
            + "show more than ln N of the \(NumberText.whole(imageCount)) images."
        if let kl {
            text +=
                " The tick on the sum is the KL term in closed form, "
                + "\(NumberText.fixed(kl, decimals: 2))."
        }
        return text
    }

    package var altText: String {
        let parts = terms.map { "\($0.name.lowercasedFirst) \($0.term.text)" }
        return "The KL term taken apart, nats per image: \(parts.joined(separator: ", ")); "
            + "sum \(NumberText.fixed(sum, decimals: 2)). Mutual information is at "
            + "\(NumberText.percent(mutualInformation.value / ceiling)) of its ceiling "
            + "ln \(NumberText.whole(imageCount)) = \(NumberText.fixed(ceiling, decimals: 2))."
    }

    package var dataTable: FigureTable {
        var rows = terms.map { entry -> [FigureTable.Cell] in
            [
                .text(entry.name), .optional(entry.term.value, decimals: 3),
                .optional(entry.term.standardError, decimals: 3),
                .optional(entry.term.value / sum, decimals: 3),
            ]
        }
        rows.append([.text("Sum"), .optional(sum, decimals: 3), .missing, .number(1, decimals: 3)])
        rows.append([
            .text("KL in closed form"), .optional(kl, decimals: 3), .missing, .missing,
        ])
        rows.append([.text("Ceiling ln N"), .optional(ceiling, decimals: 3), .missing, .missing])
        return FigureTable(
            header: ["Term", "Nats per image", "Standard error", "Share of the sum"], rows: rows)
    }
}

extension String {
    /// The same words inside a sentence.
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
