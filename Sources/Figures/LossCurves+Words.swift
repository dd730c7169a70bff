import Charts

extension LossCurves {
    package var altText: String {
        let count = epochs.count == 1 ? "one epoch" : "\(NumberText.whole(epochs.count)) epochs"
        var sentences = ["Loss curves over \(count)."]
        if let text = course(validation.negativeELBO, name: "Validation −ELBO")
            ?? course(train.negativeELBO, name: "Training −ELBO")
        {
            sentences.append(text)
        }
        if let capacity, let first = capacity.first, let last = capacity.last {
            sentences.append(
                "The KL is steered to a capacity, \(NumberText.fixed(first, decimals: 1)) nats after the "
                    + "first epoch and \(NumberText.fixed(last, decimals: 1)) after the last.")
        }
        if let selectedEpoch, let place = epochs.firstIndex(of: selectedEpoch) {
            let terms = [
                value(validation.negativeELBO, place).map { "−ELBO \($0)" },
                value(validation.reconstruction, place).map { "reconstruction \($0)" },
                value(validation.kl, place).map { "KL \($0)" },
            ].compactMap { $0 }
            let numbers = terms.isEmpty ? "" : ", with validation " + terms.joined(separator: ", ")
            sentences.append("Selected: epoch \(selectedEpoch)\(numbers).")
        }
        return sentences.joined(separator: " ")
    }

    private func course(_ values: [Double], name: String) -> String? {
        let measured = values.filter(\.isFinite)
        guard let first = measured.first, let last = measured.last else { return nil }
        let lowest = measured.min() ?? last
        let end = NumberText.fixed(last, decimals: 1)
        guard measured.count > 1 else { return "\(name) is \(end) nats per image." }
        return "\(name) goes from \(NumberText.fixed(first, decimals: 1)) to \(end) nats per "
            + "image; its lowest value is \(NumberText.fixed(lowest, decimals: 1))."
    }

    private func value(_ values: [Double], _ place: Int) -> String? {
        guard values.indices.contains(place), values[place].isFinite else { return nil }
        return NumberText.fixed(values[place], decimals: 1)
    }

    package var dataTable: FigureTable {
        let limit = 100
        let step = max(1, (epochs.count + limit - 1) / limit)
        let rows = epochs.indices.filter {
            $0 % step == 0 || $0 == epochs.count - 1 || epochs[$0] == selectedEpoch
        }
        let note =
            step > 1
            ? "Every \(step)th of \(NumberText.whole(epochs.count)) epochs, the selected and the last."
            : nil
        return FigureTable(
            header: [
                "Epoch", "Train −ELBO", "Train reconstruction", "Train KL", "Validation −ELBO",
                "Validation reconstruction", "Validation KL", capacity == nil ? "β" : "C, nats",
                "Learning rate",
            ],
            rows: rows.map { place in
                let series = [
                    train.negativeELBO, train.reconstruction, train.kl, validation.negativeELBO,
                    validation.reconstruction, validation.kl,
                ]
                let terms = series.map { cell($0, place, decimals: 2) }
                return [.number(Double(epochs[place]), decimals: 0)] + terms
                    + [
                        cell(capacity ?? beta, place, decimals: 3),
                        cell(learningRate, place, decimals: 6),
                    ]
            },
            note: note)
    }

    private func cell(_ values: [Double], _ place: Int, decimals: Int) -> FigureTable.Cell {
        .optional(values.indices.contains(place) ? values[place] : nil, decimals: decimals)
    }
}
