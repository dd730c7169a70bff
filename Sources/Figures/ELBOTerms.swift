import Charts
import Drawing

/// Figure 16: how −ELBO and its two terms are spread over the images, and reconstruction against KL,
/// one dot per image.
package struct ELBOTerms: Figure {
    /// −ELBO of each image, nats.
    package var negativeELBO: [Double]
    /// Reconstruction term of each image, nats, summed over pixels.
    package var reconstruction: [Double]
    /// KL term of each image, nats, summed over dimensions.
    package var kl: [Double]
    /// Class of each image; empty when there are none.
    package var labels: [Int]
    /// Names of the classes.
    package var classNames: [String]

    package let title = "ELBO terms per image"

    /// Terms of each image in the split's order, all as positive nats.
    package init(
        negativeELBO: [Double], reconstruction: [Double], kl: [Double], labels: [Int] = [],
        classNames: [String] = []
    ) {
        precondition(
            reconstruction.count == kl.count && negativeELBO.count == kl.count
                && (labels.isEmpty || labels.count == kl.count),
            "\(negativeELBO.count) −ELBO, \(reconstruction.count) reconstructions, \(kl.count) KL "
                + "and \(labels.count) labels")
        self.negativeELBO = negativeELBO
        self.reconstruction = reconstruction
        self.kl = kl
        self.labels = labels
        self.classNames = classNames
    }

    private var classCount: Int { max(classNames.count, (labels.max() ?? -1) + 1) }
    private var hasClasses: Bool { !labels.isEmpty && classCount > 1 }

    package func chart() -> Chart {
        let histograms = Row([
            histogram("−ELBO", negativeELBO, Theme.palette[6]),
            histogram("Reconstruction", reconstruction, Theme.palette[6]),
            histogram("KL", kl, Theme.palette[6]),
        ])
        let names = (0..<(hasClasses ? classCount : 0)).map { index in
            classNames.indices.contains(index) ? classNames[index] : "class \(index)"
        }
        var legend = Legend(
            names.enumerated().map {
                Legend.Entry(.dot(Theme.category($0.offset, of: classCount)), $0.element)
            })
        let isLong = names.count > 14
        if !isLong { legend.arrangement = .list }
        let note = TextBlock("Along the dashed line −ELBO is its mean.")
        let key = Column(
            (hasClasses && !isLong ? [TextBlock("Class", Theme.title), legend] : [])
                + [note], spacing: 8)
        let below = Row([scatter, key], weights: [3.6, 1], spacing: 20)
        return Chart(Column([histograms, below] + (isLong ? [legend] : []), spacing: 16))
    }

    /// The values between which nearly all images lie, with some room.
    private func core(_ values: [Double]) -> Scale {
        let sample = SortedSample(values)
        guard !sample.values.isEmpty else { return .linear(0, 1) }
        let (low, high) = (sample.quantile(0.002), sample.quantile(0.998))
        return .covering([low, high])
    }

    private func histogram(_ title: String, _ values: [Double], _ ink: Ink) -> Plot {
        let scale = core(values)
        let histogram = Histogram(values, binCount: 40, range: scale.lower...scale.upper)
        let sample = SortedSample(values)
        let outside = sample.values.count - histogram.counts.reduce(0, +)
        let rest = outside > 0 ? "; \(NumberText.whole(outside)) outside" : ""
        let mean = NumberText.fixed(sample.mean, decimals: 1)
        var marks = [histogram.bars(ink)]
        if sample.mean.isFinite {
            marks.append(.verticalRule(sample.mean, Self.guide, label: "mean \(mean)"))
        }
        return Plot(
            title: title, subtitle: "images" + rest, x: Axis(scale, label: "nats"),
            y: Axis(
                .covering(histogram.counts.map { Double($0) * 1.12 } + [4], includesZero: true),
                hasGrid: true),
            marks: marks, innerHeight: 110)
    }

    private var scatter: Plot {
        let (across, down) = (core(kl), core(reconstruction))
        let shown = kl.indices.filter { kl[$0].isFinite && reconstruction[$0].isFinite }
        let inks =
            hasClasses
            ? (0..<classCount).map { Theme.category($0, of: classCount) } : [Theme.palette[0]]
        let set = PointSet(
            points: shown.map { Datum(kl[$0], reconstruction[$0]) },
            groups: hasClasses ? shown.map { labels[$0] } : [], inks: inks,
            radius: shown.count > 4000 ? 1.1 : 1.6)
        let mean = SortedSample(negativeELBO).mean
        let line = [across.lower, across.upper].map { Datum($0, mean - $0) }
        return Plot(
            title: "Reconstruction", subtitle: "nats, one dot per image",
            x: Axis(across, label: "KL, nats", hasGrid: true), y: Axis(down, hasGrid: true),
            marks: [.points(set), .line(line, Self.guide)], innerHeight: 300)
    }

    private static let guide = Stroke(Theme.ink, width: 1.1, dash: [4, 3], isRound: false)

    /// Pearson correlation of reconstruction and KL over images; nil where one never varies.
    private var correlation: Double? {
        let (x, y) = (SortedSample(kl), SortedSample(reconstruction))
        guard x.values.count == kl.count, y.values.count == kl.count, x.deviation > 0,
            y.deviation > 0
        else { return nil }
        let product = zip(kl, reconstruction).reduce(0) { $0 + ($1.0 - x.mean) * ($1.1 - y.mean) }
        return product / Double(kl.count) / x.deviation / y.deviation
    }

    package var altText: String {
        func part(_ name: String, _ values: [Double]) -> String {
            let sample = SortedSample(values)
            return "\(name) \(NumberText.fixed(sample.mean, decimals: 1)) "
                + "(5 % to 95 %: \(NumberText.fixed(sample.quantile(0.05), decimals: 1)) to "
                + "\(NumberText.fixed(sample.quantile(0.95), decimals: 1)))"
        }
        let parts = [
            part("−ELBO", negativeELBO), part("reconstruction", reconstruction), part("KL", kl),
        ]
        var text =
            "Terms of the ELBO of \(NumberText.whole(kl.count)) images, mean nats: "
            + "\(parts.joined(separator: ", "))."
        if let correlation {
            text +=
                " Reconstruction and KL correlate by "
                + "\(NumberText.fixed(correlation, decimals: 2)) over images."
        }
        return text
    }

    package var dataTable: FigureTable {
        let classes = hasClasses ? Set(labels).sorted() : []
        let all: [(name: String, members: [Int])] =
            [("all", Array(kl.indices))]
            + classes.map { label in
                let name = classNames.indices.contains(label) ? classNames[label] : "\(label)"
                return (name, labels.indices.filter { labels[$0] == label })
            }
        return FigureTable(
            header: [
                "Images", "Count", "Mean −ELBO", "Mean reconstruction", "Mean KL", "Median −ELBO",
                "−ELBO, 5 %", "−ELBO, 95 %",
            ],
            rows: all.map { name, members in
                let sample = SortedSample(members.map { negativeELBO[$0] })
                return [
                    .text(name), .number(Double(members.count), decimals: 0),
                    .optional(sample.mean, decimals: 2),
                    .optional(SortedSample(members.map { reconstruction[$0] }).mean, decimals: 2),
                    .optional(SortedSample(members.map { kl[$0] }).mean, decimals: 2),
                    .optional(sample.median, decimals: 2),
                    .optional(sample.quantile(0.05), decimals: 2),
                    .optional(sample.quantile(0.95), decimals: 2),
                ]
            },
            note: "Nats per image.")
    }
}
