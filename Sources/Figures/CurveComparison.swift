import Charts
import Drawing

/// The loss curves of two runs in the same panels.
package struct CurveComparison: Figure {
    /// The curves of one run.
    package struct Run: Sendable {
        /// What it is called.
        package var name: String
        /// Number of each epoch, rising.
        package var epochs: [Int]
        /// Means over the training images.
        package var train: LossCurves.Terms
        /// Means over the validation images.
        package var validation: LossCurves.Terms
        /// The epoch whose weights were kept.
        package var selectedEpoch: Int?

        /// Curves of one run; every series has one value per epoch.
        package init(
            _ name: String, epochs: [Int], train: LossCurves.Terms, validation: LossCurves.Terms,
            selectedEpoch: Int?
        ) {
            self.name = name
            self.epochs = epochs
            self.train = train
            self.validation = validation
            self.selectedEpoch = selectedEpoch
        }
    }

    /// The runs, each in a colour of its own.
    package var runs: [Run]

    package let title = "Loss curves side by side"

    /// Curves of two runs.
    package init(_ first: Run, _ second: Run) { runs = [first, second] }

    private static func ink(_ place: Int) -> Ink { Theme.palette[place] }

    package func chart() -> Chart {
        let entries = runs.enumerated().map {
            Legend.Entry(.line(Stroke(Self.ink($0.offset), width: 2)), $0.element.name)
        }
        let kinds = [
            Legend.Entry(.line(Stroke(Theme.ink, width: 1.75)), "validation"),
            Legend.Entry(
                .line(Stroke(Theme.ink, width: 1.1, dash: [4, 3], isRound: false)), "training"),
        ]
        let panels = Row([
            panel("−ELBO", \.negativeELBO), panel("Reconstruction", \.reconstruction),
            panel("KL", \.kl),
        ])
        return Chart(
            Column(
                [Legend(entries), Legend(kinds), panels, TextBlock("Dots: the selected epochs.")],
                spacing: 10))
    }

    private func panel(_ title: String, _ term: KeyPath<LossCurves.Terms, [Double]>) -> Plot {
        let all = runs.flatMap { [$0.validation[keyPath: term], $0.train[keyPath: term]] }
        let view = LossView(series: all)
        var marks: [Mark] = []
        for (place, run) in runs.enumerated() {
            let ink = Self.ink(place)
            let (train, validation) = (run.train[keyPath: term], run.validation[keyPath: term])
            marks.append(
                .line(
                    Self.data(run.epochs, train),
                    Stroke(ink, width: 1.1, dash: [4, 3], isRound: false)))
            marks.append(.line(Self.data(run.epochs, validation), Stroke(ink, width: 1.75)))
            let shown = validation.contains(where: \.isFinite) ? validation : train
            if let epoch = run.epochs.firstIndex(where: { $0 == run.selectedEpoch }),
                epoch < shown.count, shown[epoch].isFinite
            {
                marks.append(.highlight(Datum(Double(run.epochs[epoch]), shown[epoch]), ink))
            }
        }
        let epochs = runs.flatMap(\.epochs)
        return Plot(
            title: title, subtitle: view.note ?? "nats per image",
            x: Axis(.whole(epochs.min() ?? 1, epochs.max() ?? 1), label: "epoch"),
            y: Axis(view.scale, hasGrid: true), marks: marks, innerHeight: 210)
    }

    private static func data(_ epochs: [Int], _ values: [Double]) -> [Datum] {
        zip(epochs, values).map { Datum(Double($0), $1) }
    }

    /// −ELBO at the selected epoch, on validation images where there are any.
    private func selected(_ run: Run) -> Double {
        guard let place = run.epochs.firstIndex(where: { $0 == run.selectedEpoch }) else {
            return .nan
        }
        let validation = run.validation.negativeELBO
        let found = validation.indices.contains(place) ? validation[place] : .nan
        return found.isFinite || !run.train.negativeELBO.indices.contains(place)
            ? found : run.train.negativeELBO[place]
    }

    package var altText: String {
        let parts = runs.map { run in
            let epoch = run.selectedEpoch.map { "epoch \($0)" } ?? "no epoch"
            return
                "\(run.name) over \(run.epochs.count == 1 ? "one epoch" : "\(NumberText.whole(run.epochs.count)) epochs"), "
                + "−ELBO \(NumberText.fixed(selected(run), decimals: 2)) at its selected \(epoch)"
        }
        return "Loss curves of two runs, nats per image: \(parts.joined(separator: "; "))."
    }

    package var dataTable: FigureTable {
        FigureTable(
            header: [
                "Run", "Epoch", "Train −ELBO", "Validation −ELBO", "Validation reconstruction",
                "Validation KL",
            ],
            rows: runs.flatMap { run in
                run.epochs.indices.map { place -> [FigureTable.Cell] in
                    func value(_ series: [Double]) -> FigureTable.Cell {
                        .optional(series.indices.contains(place) ? series[place] : nil, decimals: 3)
                    }
                    return [
                        .text(run.name), .number(Double(run.epochs[place]), decimals: 0),
                        value(run.train.negativeELBO), value(run.validation.negativeELBO),
                        value(run.validation.reconstruction), value(run.validation.kl),
                    ]
                }
            },
            note: "Nats per image.")
    }
}
