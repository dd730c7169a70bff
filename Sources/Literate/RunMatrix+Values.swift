extension RunMatrix {
    /// From the values of the points, those of every subset and of the whole by full name: the mean with
    /// the standard deviation over the runs.
    public func gathered(_ values: [String: PublishedValue]) -> [String: PublishedValue] {
        let points = points
        guard let first = points.first?.label else { return [:] }
        let names = values.keys.filter { $0.hasPrefix("\(first).") }.map {
            $0.dropFirst(first.count + 1)
        }
        var result: [String: PublishedValue] = [:]
        for selection in subsets + [MatrixPoint(group: label, settings: [])] {
            let prefix = selection.settings.isEmpty ? label : selection.label
            let members = self.points(of: selection)
            for name in names {
                result["\(prefix).\(name)"] = PublishedValue(
                    over: members.map { ($0.label, values["\($0.label).\(name)"]) })
            }
        }
        return result
    }

    /// The names of what a cell over the matrix publishes, when it publishes `declarations` under the
    /// matrix's label: the same for every subset.
    func declarations(_ declarations: [ValueDeclaration]) -> [ValueDeclaration] {
        declarations.flatMap { declaration -> [ValueDeclaration] in
            guard declaration.name.hasPrefix("\(label).") else { return [declaration] }
            let name = declaration.name.dropFirst(label.count)
            return [declaration]
                + subsets.map { ValueDeclaration("\($0.label)\(name)", declaration.sort) }
        }
    }
}

extension PublishedValue {
    /// Mean and sample standard deviation over runs; the value itself where all agree.
    init(over runs: [(label: String, value: PublishedValue?)]) {
        var numbers: [Double] = []
        for (label, value) in runs {
            guard let value else {
                self.init(notComputed: "\(label) does not publish it")
                return
            }
            if case .notComputed(let reason) = value.content {
                self.init(notComputed: "\(label): \(reason)")
                return
            }
            if let number = value.number { numbers.append(number) }
        }
        let values = runs.compactMap(\.value)
        if let first = values.first, values.allSatisfy({ $0.content == first.content }) {
            self = first
            return
        }
        guard numbers.count == runs.count else {
            let texts = values.map { ValueFormat.natural.write($0) }
            self.init(text: Array(Set(texts)).sorted().prefix(8).joined(separator: " or "))
            return
        }
        let mean = numbers.reduce(0, +) / Double(numbers.count)
        let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let note = values.first?.protocolNote.map { " Each run: \($0)" } ?? ""
        self.init(
            mean, unit: values.first?.unit, count: values.first?.count,
            protocolNote: "Mean ± standard deviation over \(numbers.count) runs.\(note)",
            deviation: (squares / Double(numbers.count - 1)).squareRoot(),
            runCount: numbers.count)
    }
}
