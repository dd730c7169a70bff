import Charts

extension LatentScatter {
    package var altText: String {
        let images = "\(NumberText.whole(points.count)) test images"
        let axes: String
        switch plane {
        case .latent: axes = "the two latent dimensions"
        case .dimensions(let first, let second):
            axes = "the latent dimensions z\(first) and z\(second) of \(latentSize)"
        case .principal(let first, let second):
            axes =
                "the first two principal components of \(latentSize) latent dimensions "
                + "(\(NumberText.percent(first)) and \(NumberText.percent(second)) of the variance)"
        }
        var text = "Posterior means of \(images) in the plane of \(axes)"
        if classNames.count > 1 { text += ", coloured by \(classNames.count) classes" }
        text += ", with the circles of one and two standard deviations of the prior."
        if let share = shareWithin(2) {
            text += " \(NumberText.percent(share)) lie within two standard deviations."
        }
        if !manifold.isEmpty {
            text += " Beside it, \(manifold.count) images decoded on a grid of codes."
        }
        return text
    }

    private func shareWithin(_ radius: Double) -> Double? {
        guard !points.isEmpty else { return nil }
        let inside = points.filter { point in
            let (x, y) = (point.x - priorCentre.x, point.y - priorCentre.y)
            return x * x + y * y <= radius * radius
        }
        return Double(inside.count) / Double(points.count)
    }

    package var dataTable: FigureTable {
        let classes = labels.isEmpty ? [0] : Set(labels).sorted()
        return FigureTable(
            header: ["Class", "Images", "Mean x", "Mean y", "Spread x", "Spread y"],
            rows: classes.map { label in
                let members =
                    labels.isEmpty ? points : zip(points, labels).filter { $0.1 == label }.map(\.0)
                let (x, y) = (moments(members.map(\.x)), moments(members.map(\.y)))
                let name =
                    labels.isEmpty
                    ? "all" : classNames.indices.contains(label) ? classNames[label] : "\(label)"
                return [
                    .text(name), .number(Double(members.count), decimals: 0),
                    .optional(x.mean, decimals: 3), .optional(y.mean, decimals: 3),
                    .optional(x.spread, decimals: 3), .optional(y.spread, decimals: 3),
                ]
            },
            note: "Spread is the standard deviation of the posterior means.")
    }

    private func moments(_ values: [Double]) -> (mean: Double, spread: Double) {
        let finite = values.filter(\.isFinite)
        guard !finite.isEmpty else { return (.nan, .nan) }
        let mean = finite.reduce(0, +) / Double(finite.count)
        let squares = finite.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (mean, (squares / Double(finite.count)).squareRoot())
    }
}
