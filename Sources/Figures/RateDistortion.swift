import Charts
import Drawing
import Foundation

/// Figure 15: what each run pays in nats of KL, and how far from the images it stays; the mean image and
/// PCA beside them (Alemi et al. 2018).
package struct RateDistortion: Figure {
    /// One trained model.
    package struct Run: Sendable {
        /// What tells it from others of its curve, for example "β = 4".
        package var name: String
        /// KL, nats per image.
        package var rate: Double
        /// Distortion in the figure's unit.
        package var distortion: Double
        /// The curve that it belongs to, for example its seed: runs of one curve are joined.
        package var curve: String

        /// One trained model.
        package init(_ name: String, rate: Double, distortion: Double, curve: String = "") {
            self.name = name
            self.rate = rate
            self.distortion = distortion
            self.curve = curve
        }

        /// Its name among all runs.
        var fullName: String { curve.isEmpty ? name : "\(name), \(curve)" }
    }

    /// Something to compare with.
    package struct Reference: Sendable {
        /// What it is called, for example "PCA, k = 32".
        package var name: String
        /// Distortion in the figure's unit.
        package var distortion: Double
        /// Nats per image; nil for what has no rate, which becomes a line across.
        package var rate: Double?

        /// Something to compare with; the mean image has rate 0.
        package init(_ name: String, distortion: Double, rate: Double? = nil) {
            self.name = name
            self.distortion = distortion
            self.rate = rate
        }
    }

    /// In the order in which lines join them, one for each curve.
    package var runs: [Run]
    /// Baselines.
    package var references: [Reference]
    /// What is on the vertical axis, for example "Reconstruction".
    package var distortionName: String
    /// Its unit, for example "nats per image" or "dB".
    package var unit: String
    /// Distortion is in nats, so that rate + distortion is −ELBO and falling lines join equal ones.
    package var isInNats: Bool
    /// The runs of a curve are steps of one setting, so that a line between two of them means something.
    package var joinsRuns: Bool

    package let title = "Rate and distortion"

    /// Runs of one model on one data set that differ in β or size.
    package init(
        runs: [Run], references: [Reference] = [], distortionName: String = "Reconstruction",
        unit: String = "nats per image", isInNats: Bool = true, joinsRuns: Bool = true
    ) {
        self.runs = runs
        self.references = references
        self.distortionName = distortionName
        self.unit = unit
        self.isInNats = isInNats
        self.joinsRuns = joinsRuns
    }

    /// References that would leave the runs a corner of the figure are told of below it.
    private var shown: [Reference] { references.filter { !isFar($0) } }

    private func isFar(_ reference: Reference) -> Bool {
        let values = runs.map(\.distortion)
        guard let low = values.min(), let high = values.max() else { return false }
        let span = max(high - low, 0.05 * abs(high))
        return reference.distortion > high + 3 * span || reference.distortion < low - 3 * span
    }

    private var notes: [String] {
        let far = references.filter(isFar).map { reference in
            "\(reference.name.uppercasedFirst) would stand far off, at "
                + "\(number(reference.distortion)) \(unit)"
                + (reference.rate.map { " and a rate of \(number($0))" } ?? "") + "."
        }
        return (isInNats ? ["Along each falling line rate + distortion = −ELBO is the same."] : [])
            + far
    }

    package func chart() -> Chart {
        let across = Scale.covering(
            runs.map(\.rate) + shown.compactMap(\.rate), includesZero: true)
        let down = Scale.covering(
            runs.map(\.distortion) + shown.map(\.distortion))
        let plot = Plot(
            title: distortionName, subtitle: unit,
            x: Axis(across, label: "rate: KL, nats per image", hasGrid: true),
            y: Axis(down, hasGrid: true), marks: marks(across, down), innerHeight: 320)
        return Chart(
            Column(
                legend + [plot] + (notes.isEmpty ? [] : [TextBlock(notes.joined(separator: " "))]),
                spacing: legend.isEmpty ? 6 : 10))
    }

    private func marks(_ across: Scale, _ down: Scale) -> [Mark] {
        let data = runs.map { Datum($0.rate, $0.distortion) }
        var marks = isInNats ? equalSums(across, down) : []
        for reference in shown where reference.rate == nil {
            marks.append(
                .horizontalRule(reference.distortion, Self.guide, label: reference.name))
        }
        for curve in joinsRuns ? curves : [] {
            let points = zip(runs, data).filter { $0.0.curve == curve }.map { $0.1 }
            marks.append(.line(points, Stroke(ink(of: curve), width: 1.5)))
        }
        marks += zip(runs, data).map { .highlight($1, ink(of: $0.curve)) }
        let placed = shown.compactMap { reference in
            reference.rate.map { PlaceName(reference.name, at: Datum($0, reference.distortion)) }
        }
        marks += placed.map { .highlight($0.datum, Theme.palette[1]) }
        marks.append(
            .names(
                zip(runs, data).map { PlaceName($0.name, at: $1) }, Theme.label,
                dropsCrowded: runs.count > 12 || curves.count > 1))
        marks.append(.names(placed, Theme.label.with(ink: Theme.palette[1])))
        return marks
    }

    private var curves: [String] {
        Set(runs.map(\.curve)).sorted { $0.compare($1, options: .numeric) == .orderedAscending }
    }

    /// Curves are told apart by colour while the palette lasts; its second colour is for baselines.
    private func ink(of curve: String) -> Ink {
        let inks = [Theme.palette[0]] + Theme.palette.dropFirst(2)
        guard curves.count <= inks.count, let place = curves.firstIndex(of: curve) else {
            return inks[0]
        }
        return inks[place]
    }

    private var legend: [any ChartBlock] {
        guard curves.count > 1, curves.count < Theme.palette.count else { return [] }
        return [
            Legend(
                curves.filter { !$0.isEmpty }.map {
                    Legend.Entry(.line(Stroke(ink(of: $0), width: 2)), $0)
                })
        ]
    }

    private static let guide = Stroke(Theme.palette[1], width: 1.25, dash: [4, 3], isRound: false)

    /// Lines along which rate + distortion is the same round number.
    private func equalSums(_ across: Scale, _ down: Scale) -> [Mark] {
        let sums = Scale.linear(across.lower + down.lower, across.upper + down.upper)
        return sums.ticks(about: 6).map { tick in
            let ends = [
                max(across.lower, tick.value - down.upper),
                min(across.upper, tick.value - down.lower),
            ]
            return .line(
                ends.map { Datum($0, tick.value - $0) }, Stroke(Theme.grid, width: 1.5))
        }
    }

    package var altText: String {
        let count = runs.count == 1 ? "one run" : "\(runs.count) runs"
        var text = "Rate against distortion of \(count)."
        let ends = [
            runs.min { $0.rate < $1.rate },
            runs.count > 1 ? runs.max { $0.rate < $1.rate } : nil,
        ]
        let parts = ends.compactMap { $0 }.map { run in
            "\(run.fullName) has \(NumberText.fixed(run.rate, decimals: 1)) nats of KL and "
                + "\(distortionName.lowercasedFirst) \(number(run.distortion)) \(unit)"
        }
        if !parts.isEmpty { text += " \(parts.joined(separator: "; "))." }
        let baselines = references.map { "\($0.name) at \(number($0.distortion))" }
        if !baselines.isEmpty {
            text += " To compare with: \(baselines.joined(separator: ", "))."
        }
        return text
    }

    private func number(_ value: Double) -> String { NumberText.short(value, digits: 3) }

    package var dataTable: FigureTable {
        var header = ["Run", "Rate (nats)", "\(distortionName) (\(unit))"]
        if isInNats { header.append("−ELBO (nats)") }
        let entries =
            runs.map { ($0.fullName, Optional($0.rate), $0.distortion) }
            + references.map { ($0.name, $0.rate, $0.distortion) }
        return FigureTable(
            header: header,
            rows: entries.map { name, rate, distortion in
                var row: [FigureTable.Cell] = [
                    .text(name), .optional(rate, decimals: 2), .optional(distortion, decimals: 3),
                ]
                if isInNats { row.append(.optional(rate.map { $0 + distortion }, decimals: 2)) }
                return row
            })
    }
}
