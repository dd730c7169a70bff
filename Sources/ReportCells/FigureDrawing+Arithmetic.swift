import Figures

extension FigureDrawing {
    /// Sums and differences of codes: start − minus + plus, one row per start.
    func latentArithmetic() throws -> DrawnFigure {
        let facts = try view.facts
        let means = try ClassMeans(view)
        let minus = try options.codes("minus", facts)
        let plus = try options.codes("plus", facts)
        let starts = try options.codes("from", facts) ?? (try defaultStarts())
        let equations = try starts.map { start in
            let own = try classIndex(of: start)
            let terms =
                [(start, false)]
                + (minus ?? own.map { [.classMean($0)] } ?? []).map { ($0, true) }
                + (plus ?? own.map { [.classMean(($0 + 1) % facts.classNames.count)] } ?? [])
                .map { ($0, false) }
            return try equation(terms, means)
        }
        guard equations.allSatisfy({ $0.terms.count > 1 }) else {
            throw options.error(
                "the data have no classes: there is nothing to add or subtract", about: "from",
                suggestion: "name images: from: image 0, minus: image 1, plus: image 2")
        }
        let figure = LatentArithmetic(equations: equations)
        return DrawnFigure(
            figure: figure, sheets: [("samples/latent_arithmetic.png", figure.sheet())],
            caption: "Codes of test images of \(dataTitle) and means of classes, added, subtracted "
                + "and decoded; below each result the class whose mean code is nearest.")
    }

    /// The first test image of each class, or the first images.
    private func defaultStarts() throws -> [CodeName] {
        let count = try options.integer("count") ?? 6
        return try view.examples(count).map { .image($0) }
    }

    private func classIndex(of code: CodeName) throws -> Int? {
        switch code {
        case .classMean(let index): return index
        case .image(let index):
            let labels = try view.dataset.test.labels
            return labels.indices.contains(index) ? Int(labels[index]) : nil
        }
    }

    private func equation(
        _ terms: [(name: CodeName, isSubtracted: Bool)], _ means: ClassMeans
    ) throws -> LatentArithmetic.Equation {
        var sum = [Float](repeating: 0, count: view.config.model.latentSize)
        var shown: [LatentArithmetic.Term] = []
        for (name, isSubtracted) in terms {
            let code = try code(name, means)
            for index in sum.indices { sum[index] += isSubtracted ? -code[index] : code[index] }
            let image: ImageTile
            if case .image(let place) = name {
                image = try view.tiles(try view.testImages([place]))[0]
            } else {
                image = try view.decoded(code)[0]
            }
            shown.append(
                LatentArithmetic.Term(
                    try spoken(name), image: image, isSubtracted: isSubtracted))
        }
        return LatentArithmetic.Equation(
            terms: shown, result: try view.decoded(sum)[0], finding: means.nearest(to: sum))
    }

    private func code(_ name: CodeName, _ means: ClassMeans) throws -> [Float] {
        switch name {
        case .image(let index): return try view.codes(of: try view.testImages([index]))[0]
        case .classMean(let index):
            guard let mean = means.codes[index] else {
                throw CellError("no test image is of class '\(means.names[index])'")
            }
            return mean
        }
    }

    private func spoken(_ name: CodeName) throws -> String {
        switch name {
        case .classMean(let index): "mean of \(try view.dataset.classNames[index])"
        case .image(let index): "image \(index)"
        }
    }
}

/// The mean code of the test images of each class.
struct ClassMeans {
    let names: [String]
    /// By class; nil for a class without test images.
    let codes: [[Float]?]

    init(_ view: RunView) throws {
        let dataset = try view.dataset
        let size = view.config.model.latentSize
        names = dataset.classNames
        guard !dataset.test.labels.isEmpty else {
            codes = []
            return
        }
        let means = try view.posterior().mean
        var sums = [[Double]](
            repeating: [Double](repeating: 0, count: size), count: names.count)
        var counts = [Int](repeating: 0, count: names.count)
        for (image, label) in dataset.test.labels.prefix(means.count / size).enumerated() {
            counts[Int(label)] += 1
            for dimension in 0..<size {
                sums[Int(label)][dimension] += Double(means[image * size + dimension])
            }
        }
        codes = zip(sums, counts).map { sum, count in
            count > 0 ? sum.map { Float($0 / Double(count)) } : nil
        }
    }

    /// The class whose mean is nearest to a code, in words; nil without classes.
    func nearest(to code: [Float]) -> String? {
        let distances = codes.indices.compactMap { index in
            codes[index].map { mean in
                (index, zip(mean, code).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) })
            }
        }
        return distances.min { $0.1 < $1.1 }.map { "near \(names[$0.0])" }
    }
}
