import Charts
import Drawing

/// Figure 17, the numbers: how close each method comes to the clean images, by kind and strength of
/// noise, beside leaving the noise in.
package struct DenoisingScores: Figure {
    /// One method's score at one strength.
    package struct Point: Sendable, Hashable {
        /// Strength of the noise.
        package var level: Double
        /// Mean over images.
        package var value: Double
        /// Standard error over images; nil when there is none.
        package var standardError: Double?

        /// One method's score at one strength.
        package init(level: Double, value: Double, standardError: Double? = nil) {
            self.level = level
            self.value = value
            self.standardError = standardError
        }
    }

    /// One method under one kind of noise.
    package struct Series: Sendable {
        /// The method, for example "VAE".
        package var method: String
        /// By rising strength.
        package var points: [Point]
        /// Drawn dashed: what doing nothing gives.
        package var isReference: Bool

        /// One method under one kind of noise.
        package init(_ method: String, points: [Point], isReference: Bool = false) {
            self.method = method
            self.points = points
            self.isReference = isReference
        }
    }

    /// One kind of noise.
    package struct Noise: Sendable {
        /// What it is called, for example "Gaussian".
        package var name: String
        /// What its strength is called, for example "σ" or "share of pixels".
        package var levelName: String
        /// One per method.
        package var series: [Series]

        /// One kind of noise.
        package init(_ name: String, levelName: String, series: [Series]) {
            self.name = name
            self.levelName = levelName
            self.series = series
        }
    }

    /// The first gets the large panel.
    package var noises: [Noise]
    /// What is scored.
    package var metric: String
    /// Its unit; empty for none.
    package var unit: String
    /// Whether more is better.
    package var isHigherBetter: Bool

    package let title = "Denoising scores"

    /// Scores of several methods under several kinds of noise.
    package init(
        noises: [Noise], metric: String = "PSNR", unit: String = "dB", isHigherBetter: Bool = true
    ) {
        self.noises = noises
        self.metric = metric
        self.unit = unit
        self.isHigherBetter = isHigherBetter
    }

    /// Methods in order of their first appearance; their colours follow it.
    private var methods: [String] {
        var seen: Set<String> = []
        return noises.flatMap(\.series).map(\.method).filter { seen.insert($0).inserted }
    }

    private func stroke(_ series: Series) -> Stroke {
        series.isReference
            ? Stroke(Theme.ink, width: 1.5, dash: [5, 3], isRound: false)
            : Stroke(ink(series), width: 1.9)
    }

    private func ink(_ series: Series) -> Ink {
        let coloured = methods.filter { name in
            !noises.flatMap(\.series).contains { $0.method == name && $0.isReference }
        }
        guard !series.isReference, let place = coloured.firstIndex(of: series.method) else {
            return Theme.muted
        }
        return Theme.category(place, of: max(coloured.count, 1))
    }

    package func chart() -> Chart {
        guard let first = noises.first else { return Chart(Column([])) }
        let rest = stride(from: 1, to: noises.count, by: 2).map { start -> any ChartBlock in
            Row(
                noises[start..<min(start + 2, noises.count)].map { panel($0, height: 150) }
                    + (start + 1 < noises.count ? [] : [Column([])]))
        }
        return Chart(Column([panel(first, height: 260)] + rest, spacing: 18))
    }

    private func panel(_ noise: Noise, height: Double) -> Plot {
        let levels = Set(noise.series.flatMap { $0.points.map(\.level) })
        return levels.count > 1 ? lines(noise, height: height) : bars(noise)
    }

    private var direction: String {
        let parts = [unit, isHigherBetter ? "higher is better" : "lower is better"]
        return parts.filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private func lines(_ noise: Noise, height: Double) -> Plot {
        let levels = Set(noise.series.flatMap { $0.points.map(\.level) }).sorted()
        let values = noise.series.flatMap { $0.points.map(\.value) }
        var marks: [Mark] = noise.series.map { series in
            .line(
                series.points.map { Datum($0.level, $0.value) }, stroke(series),
                label: series.method)
        }
        for series in noise.series where !series.isReference {
            marks += series.points.filter { $0.value.isFinite }.map {
                .highlight(Datum($0.level, $0.value), ink(series))
            }
        }
        let ticks = levels.map { Tick(value: $0, label: NumberText.trimmed($0)) }
        let room = 0.03 * ((levels.last ?? 1) - (levels.first ?? 0))
        return Plot(
            title: "\(noise.name): \(metric)", subtitle: direction,
            x: Axis(
                .linear((levels.first ?? 0) - room, (levels.last ?? 1) + room),
                label: noise.levelName, hasGrid: true, ticks: levels.count <= 8 ? ticks : nil),
            y: Axis(.covering(values), hasGrid: true), marks: marks, innerHeight: height)
    }

    private func bars(_ noise: Noise) -> Plot {
        let names = noise.series.map(\.method)
        let values = noise.series.map { $0.points.first?.value ?? .nan }
        var marks: [Mark] = noise.series.enumerated().map { place, series in
            .lyingBars([Extent(at: Double(place), from: 0, to: values[place])], ink(series))
        }
        marks.append(
            .names(
                zip(values, names.indices).filter { $0.0.isFinite }.map {
                    PlaceName(
                        NumberText.short($0, digits: 3), at: Datum(max($0, 0), Double($1)))
                },
                Theme.label))
        var rows = Axis(.band(names))
        rows.isReversed = true
        let level = noise.series.first?.points.first?.level
        let strength = level.map { ", \(noise.levelName) \(NumberText.trimmed($0))" } ?? ""
        let largest = values.filter(\.isFinite).max() ?? 1
        return Plot(
            title: "\(noise.name): \(metric)", subtitle: direction + strength,
            x: Axis(
                .linear(min(0, values.filter(\.isFinite).min() ?? 0), max(largest, 1e-6) * 1.2)),
            y: rows, marks: marks, innerHeight: Double(max(names.count, 1)) * 22)
    }
}
