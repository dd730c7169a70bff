import Charts
import Drawing
import Evaluation

/// Figure 14: the importance-weighted bound against the number of draws K, with the effective number of
/// draws behind it.
package struct LikelihoodCurve: Figure {
    /// The bound for one K.
    package struct Point: Sendable {
        /// K.
        package var samples: Int
        /// Mean over images of log((1/K) Σ w), nats.
        package var bound: Double
        /// Its standard error over images; nil when there is none.
        package var standardError: Double?
        /// (Σ w)² / Σ w² of each image; empty when it was not measured.
        package var effectiveSampleSizes: [Double]

        /// The bound for one K.
        package init(
            samples: Int, bound: Double, standardError: Double? = nil,
            effectiveSampleSizes: [Double] = []
        ) {
            self.samples = samples
            self.bound = bound
            self.standardError = standardError
            self.effectiveSampleSizes = effectiveSampleSizes
        }
    }

    /// Rising in K.
    package var points: [Point]
    /// The ELBO with closed-form KL, nats per image; nil to leave it out.
    package var elbo: Double?
    /// "NLL" where the likelihood deserves it, "greyscale Bernoulli score" where not.
    package var scoreName: String
    /// Images that every mean runs over.
    package var imageCount: Int

    package let title = "Likelihood bound"

    /// Median effective sample sizes below this make a bound untrustworthy.
    static let leastEffective = DiagnosisThreshold.effectiveDraws.value

    /// The bound of Burda et al. 2016 for several K.
    package init(points: [Point], elbo: Double?, scoreName: String = "NLL", imageCount: Int) {
        self.points = points.sorted { $0.samples < $1.samples }
        self.elbo = elbo
        self.scoreName = scoreName
        self.imageCount = imageCount
    }

    package func chart() -> Chart {
        let hasEffective = points.contains { !$0.effectiveSampleSizes.isEmpty }
        guard hasEffective else { return Chart(curve) }
        let row = Row([curve, effective], weights: [1.15, 1])
        return Chart(Column([row, TextBlock(Self.note)], spacing: 8))
    }

    private var horizontal: Axis {
        let sizes = points.map { Double($0.samples) }
        let ticks = sizes.map { Tick(value: $0, label: NumberText.fixed($0, decimals: 0)) }
        return Axis(
            sizes.count > 1
                ? .coveringLogarithmically(sizes)
                : .logarithmic(max(1, sizes.first ?? 1) / 3, max(1, sizes.first ?? 1) * 3),
            label: "draws per image, K", ticks: points.count <= 8 ? ticks : nil)
    }

    private var curve: Plot {
        let data = points.map { Datum(Double($0.samples), -$0.bound) }
        let stroke = Stroke(Theme.palette[0], width: 1.75)
        var marks: [Mark] = [.line(data, stroke)]
        marks += data.filter { $0.y.isFinite }.map { .highlight($0, Theme.palette[0]) }
        if let elbo {
            marks.insert(
                .horizontalRule(
                    -elbo, Self.guide,
                    label: "−ELBO \(NumberText.fixed(-elbo, decimals: 2))"), at: 0)
        }
        if let last = data.last(where: { $0.y.isFinite }) {
            let text = NumberText.fixed(last.y, decimals: 2)
            marks.append(
                .names([PlaceName(text, at: Datum(last.x, last.y))], Theme.label))
        }
        let values = data.map(\.y) + (elbo.map { [-$0] } ?? [])
        return Plot(
            title: scoreName.uppercasedFirst, subtitle: "−bound, nats per image", x: horizontal,
            y: Axis(.covering(values), hasGrid: true), marks: marks, innerHeight: 220)
    }

    private var effective: Plot {
        let samples = points.map { (Double($0.samples), SortedSample($0.effectiveSampleSizes)) }
        let quartiles = samples.filter { $0.1.values.count > 1 }.map {
            Extent(at: $0.0, from: $0.1.quantile(0.25), to: $0.1.quantile(0.75))
        }
        let medians = samples.map { Datum($0.0, $0.1.median) }
        let all = points.map { Datum(Double($0.samples), Double($0.samples)) }
        var marks: [Mark] = [
            .line(all, Self.guide),
            .whiskers(quartiles, Stroke(Theme.palette[2], width: 1.25)),
            .line(medians, Stroke(Theme.palette[2], width: 1.75)),
        ]
        marks += medians.filter { $0.y.isFinite }.map { .highlight($0, Theme.palette[2]) }
        let warns = (medians.last { $0.y.isFinite }?.y ?? .infinity) < Self.leastEffective
        marks.append(
            .horizontalRule(
                Self.leastEffective,
                Stroke(warns ? Theme.warn : Theme.muted, width: 1, dash: [2, 3], isRound: false)))
        let values = all.map(\.y) + quartiles.flatMap { [$0.from, $0.to] } + [1, 8]
        return Plot(
            title: "Effective draws", subtitle: "median and quartiles over images",
            x: horizontal, y: Axis(.coveringLogarithmically(values), hasGrid: true), marks: marks,
            innerHeight: 220)
    }

    private static let guide = Stroke(Theme.ink, width: 1, dash: [4, 3], isRound: false)

    private static let note =
        "On the right, the dashed line is where all K draws would count alike; below the dotted one, at "
        + "\(NumberText.trimmed(leastEffective)), too few count to trust the bound."

    package var altText: String {
        guard let first = points.first, let last = points.last else {
            return "The importance-weighted bound was not computed."
        }
        func score(_ point: Point) -> String {
            let error = point.standardError.map { " ± \(NumberText.fixed($0, decimals: 2))" } ?? ""
            return NumberText.fixed(-point.bound, decimals: 2) + error
        }
        var text =
            "\(scoreName.uppercasedFirst) over \(NumberText.whole(imageCount)) images: "
            + "\(score(first)) nats with K = \(NumberText.whole(first.samples))"
        if points.count > 1 {
            text += ", \(score(last)) with K = \(NumberText.whole(last.samples))"
        }
        if let elbo { text += "; −ELBO is \(NumberText.fixed(-elbo, decimals: 2))" }
        let median = SortedSample(last.effectiveSampleSizes).median
        if median.isFinite {
            text +=
                ". The median effective number of draws at the largest K is "
                + NumberText.short(median, digits: 2)
        }
        return text + "."
    }

    package var dataTable: FigureTable {
        FigureTable(
            header: [
                "K", "−bound (nats)", "Standard error", "Median ESS", "ESS, lower quartile",
                "ESS, upper quartile",
            ],
            rows: points.map { point in
                let sample = SortedSample(point.effectiveSampleSizes)
                return [
                    .number(Double(point.samples), decimals: 0),
                    .optional(-point.bound, decimals: 3),
                    .optional(point.standardError, decimals: 3),
                    .optional(sample.median, decimals: 2),
                    .optional(sample.quantile(0.25), decimals: 2),
                    .optional(sample.quantile(0.75), decimals: 2),
                ]
            },
            note: "Standard errors are over images; the same images stand behind every K.")
    }
}

extension String {
    /// The same words at the start of a sentence.
    var uppercasedFirst: String { prefix(1).uppercased() + dropFirst() }
}
