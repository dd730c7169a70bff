import Charts
import Drawing

/// Figure 2: how −ELBO, reconstruction and KL went over the epochs, on training and validation
/// images, with β and the learning rate below.
package struct LossCurves: Figure {
    /// The terms of the loss at each epoch, nats per image; not a number where none was measured.
    package struct Terms: Sendable {
        /// −ELBO at β = 1.
        package var negativeELBO: [Double]
        /// Reconstruction term, summed over pixels.
        package var reconstruction: [Double]
        /// KL term, summed over dimensions.
        package var kl: [Double]

        /// Series of equal length.
        package init(negativeELBO: [Double], reconstruction: [Double], kl: [Double]) {
            self.negativeELBO = negativeELBO
            self.reconstruction = reconstruction
            self.kl = kl
        }
    }

    /// Number of each epoch, rising.
    package var epochs: [Int]
    /// Means over the training images.
    package var train: Terms
    /// Means over the validation images.
    package var validation: Terms
    /// β at the end of each epoch.
    package var beta: [Double]
    /// The KL that training steered to at the end of each epoch, nats, where there was such a capacity; in
    /// β's place then.
    package var capacity: [Double]?
    /// Learning rate at the end of each epoch.
    package var learningRate: [Double]
    /// The epoch whose weights were kept.
    package var selectedEpoch: Int?
    /// Epochs over which β rises; 0 for none.
    package var warmupEpochs: Double

    package let title = "Loss curves"

    /// Curves of one run; every series has one value per epoch.
    package init(
        epochs: [Int], train: Terms, validation: Terms, beta: [Double],
        capacity: [Double]? = nil, learningRate: [Double], selectedEpoch: Int?,
        warmupEpochs: Double = 0
    ) {
        self.epochs = epochs
        self.train = train
        self.validation = validation
        self.beta = beta
        self.capacity = capacity
        self.learningRate = learningRate
        self.selectedEpoch = selectedEpoch
        self.warmupEpochs = warmupEpochs
    }

    package func chart() -> Chart {
        let panels = Row([
            panel("−ELBO", train.negativeELBO, validation.negativeELBO),
            panel("Reconstruction", train.reconstruction, validation.reconstruction),
            panel("KL", train.kl, validation.kl, aim: capacity),
        ])
        let weight = capacity.map { strip("Capacity C, nats", $0) } ?? strip("β", beta)
        let strips = Row([weight, strip("Learning rate", learningRate)])
        return Chart(Column([Legend(legend), panels, strips], spacing: 14))
    }

    private var hasWarmup: Bool { epochs.count > 1 && warmupEpochs > horizontal.lower }

    private var horizontal: Scale { .whole(epochs.first ?? 1, epochs.last ?? 1) }

    private var legend: [Legend.Entry] {
        var entries = [
            Legend.Entry(.line(Self.trainStroke), "training"),
            Legend.Entry(.line(Self.validationStroke), "validation"),
        ]
        if let selectedEpoch, epochs.count > 1 {
            entries.append(
                Legend.Entry(.line(Self.selectedStroke), "selected: epoch \(selectedEpoch)"))
        }
        if capacity != nil {
            entries.append(Legend.Entry(.line(Self.capacityStroke), "capacity C"))
        }
        if hasWarmup {
            entries.append(Legend.Entry(.swatch(Self.warmupInk), "β warm-up"))
        }
        return entries
    }

    private static let trainStroke = Stroke(Theme.palette[0], width: 1.75)
    private static let validationStroke = Stroke(Theme.palette[1], width: 1.75)
    private static let selectedStroke = Stroke(
        Theme.accent, width: 1.25, dash: [4, 3], isRound: false)
    private static let capacityStroke = Stroke(
        Theme.muted, width: 1.25, dash: [2, 3], isRound: false)
    private static let warmupInk = Theme.muted.opacity(0.14)

    private func panel(
        _ title: String, _ train: [Double], _ validation: [Double], aim: [Double]? = nil
    ) -> Plot {
        let view = LossView(series: [train, validation] + (aim.map { [$0] } ?? []))
        var marks = background
        if let aim { marks.append(.line(data(aim), Self.capacityStroke)) }
        marks.append(.line(data(train), Self.trainStroke))
        marks.append(.line(data(validation), Self.validationStroke))
        if let place = epochs.firstIndex(where: { $0 == selectedEpoch }), place < validation.count,
            validation[place].isFinite
        {
            marks.append(
                .highlight(Datum(Double(epochs[place]), validation[place]), Theme.palette[1]))
        }
        return Plot(
            title: title, subtitle: view.note ?? "nats per image",
            x: Axis(horizontal, label: "epoch"), y: Axis(view.scale, hasGrid: true), marks: marks,
            innerHeight: 190)
    }

    private func strip(_ title: String, _ values: [Double]) -> Plot {
        var marks = background
        marks.append(.line(data(values), Stroke(Theme.palette[6], width: 1.75)))
        return Plot(
            title: title, x: Axis(horizontal, label: "epoch"),
            y: Axis(.covering(values, includesZero: true), hasGrid: true), marks: marks,
            innerHeight: 52)
    }

    private var background: [Mark] {
        var marks: [Mark] = []
        if hasWarmup {
            marks.append(
                .span(from: horizontal.lower, to: warmupEpochs, Self.warmupInk))
        }
        if let selectedEpoch, epochs.count > 1 {
            marks.append(.verticalRule(Double(selectedEpoch), Self.selectedStroke))
        }
        return marks
    }

    private func data(_ values: [Double]) -> [Datum] {
        zip(epochs, values).map { Datum(Double($0), $1) }
    }
}

/// The vertical scale of a loss: fitted to what follows the first epochs when those stand far off.
struct LossView {
    let scale: Scale
    /// Says what the frame cuts off; nil when it cuts nothing.
    let note: String?

    init(series: [[Double]]) {
        let all = series.joined().filter(\.isFinite)
        let settled = series.flatMap { $0.dropFirst(max(1, $0.count / 10)) }.filter(\.isFinite)
        guard let low = settled.min(), let high = settled.max(), let lowest = all.min(),
            let highest = all.max(), (series.map(\.count).max() ?? 0) >= 5,
            highest - lowest > 2.5 * (high - low), high > low
        else {
            scale = .covering(all)
            note = nil
            return
        }
        let room = 0.35 * (high - low)
        scale = .covering([max(lowest, low - room), min(highest, high + room)])
        let outside = highest > scale.upper ? highest : lowest
        let isCut = highest > scale.upper || lowest < scale.lower
        note = isCut ? "nats; starts at \(NumberText.short(outside, digits: 3))" : nil
    }
}
