import Evaluation
import Experiments
import Files
import Literate

extension ExperimentCells {
    /// The kinds of cells that a report may hold. `config` is the report's config, which decides what
    /// an eval cell computes when it does not say.
    public static func kinds(for config: ExperimentConfig) -> [CellKind] {
        [
            dataKind, trainKind, evalKind(config), compareKind, figureKind, tableKind, checkKind,
            playgroundKind, exportKind,
        ]
    }

    static func judge(
        _ accepts: @escaping @Sendable (ConfigKey) -> Bool
    ) -> @Sendable (String) -> KeyVerdict {
        { name in
            if let key = KeyTable.key(name), accepts(key) { return .accepted }
            let names = KeyTable.keys.filter(accepts).map(\.name)
            return .unknown(nearest: names.nearest(to: name).map { [$0] } ?? [])
        }
    }

    private static var trainKind: CellKind {
        CellKind(
            "train", keys: [CellKey("matrix", matrix: .axes)], requiresLabel: true,
            configKey: judge {
                $0.reach != .evaluation && $0.reach != .denoising || $0.name.hasPrefix("data.")
            },
            publishes: { cell in
                RunValues.trainNames.map { ValueDeclaration("\(cell.id).\($0.name)", $0.sort) }
            },
            validate: { cell in
                for field in cell.configOverrides
                where field.key == "log.out_dir" && field.keyLocation.file == cell.source.name {
                    throw cell.error(
                        "a cell cannot choose the output folder", at: field.keyLocation,
                        suggestion: "set log.out_dir in the config, or use --output")
                }
            })
    }

    private static func evalKind(_ config: ExperimentConfig) -> CellKind {
        let config = config.eval
        return CellKind(
            "eval",
            keys: [
                CellKey("run", refersTo: ["train"], isRequired: true, matrix: .follows),
                CellKey("iwae"), CellKey("draws"), CellKey("frechet"), CellKey("disentanglement"),
            ],
            configKey: judge { $0.reach == .evaluation },
            publishes: { cell in
                let run = try cell.run()
                let options = try EvaluationOptions(ofCell: cell, config: config)
                return RunValues.scoreNames(options).map {
                    ValueDeclaration("\(run).test.\($0)")
                } + [ValueDeclaration("\(run).test.diagnoses", .text)]
            },
            validate: { cell in
                _ = try cell.draws(default: 1)
                _ = try cell.includesDistribution(default: true)
                _ = try cell.includesDisentanglement(default: true)
                let pairs = [
                    ("iwae", "eval.iwae_samples"), ("draws", "eval.draws"),
                    ("frechet", "eval.frechet"), ("disentanglement", "eval.disentanglement"),
                ]
                for (own, key) in pairs {
                    guard let value = cell[own],
                        let other = cell.configOverrides.first(where: { $0.key == key })
                    else { continue }
                    throw cell.error(
                        "'\(key)' has no effect: the cell says '\(own)' itself",
                        at: value.location,
                        suggestion: "take '\(own)' out of the cell, or leave '\(key)' out "
                            + "(\(other.keyLocation.file))")
                }
            })
    }

    private static var figureKind: CellKind {
        let subjects = ["run", "runs", "compare"]
        let names = FigureKind.allCases.flatMap(\.options).map(\.name)
        let own = Set(names).subtracting(subjects).sorted()
        return CellKind(
            "figure",
            keys: [
                CellKey("kind", isRequired: true), CellKey("run", refersTo: ["train"]),
                CellKey("runs", refersTo: ["train"], matrix: .everyPoint),
                CellKey("compare", refersTo: ["compare"]),
            ] + own.map { CellKey($0) },
            numbering: .figure,
            needs: { cell in
                let options = try FigureOptions(cell)
                guard try options.needsEvaluation else { return [] }
                let score = options.kind == .factorMap ? "mig" : "elbo"
                return options.labels(options.kind.subject.rawValue).map { "\($0).test.\(score)" }
            },
            uses: { cell in
                try FigureKind.of(cell).judgesScores ? ["\(try cell.run()).test.elbo"] : []
            },
            validate: { cell in try FigureOptions(cell).validate() })
    }

    private static var playgroundKind: CellKind {
        CellKind(
            "playground",
            keys: [
                CellKey("run", refersTo: ["train"], isRequired: true), CellKey("dims"),
                CellKey("count"),
            ],
            numbering: .figure,
            needs: { cell in ["\(try cell.run()).test.elbo"] },
            validate: { cell in
                _ = try cell.integer("dims", in: 1...64)
                _ = try cell.integer("count", in: 1...100)
            })
    }

    private static var tableKind: CellKind {
        CellKind(
            "table",
            keys: [
                CellKey("kind", isRequired: true), CellKey("run", refersTo: ["train"]),
                CellKey("compare", refersTo: ["compare"]), CellKey("metric"),
                CellKey("without"),
            ],
            numbering: .table,
            needs: { cell in
                let kind = try TableKind.of(cell)
                guard kind.needsEvaluation, cell["run"] != nil else { return [] }
                return ["\(try cell.run()).test.\(kind.neededScore)"]
            },
            validate: { cell in try TableKind.of(cell).validate(cell) })
    }

    private static var compareKind: CellKind {
        CellKind(
            "compare",
            keys: [
                CellKey("kind", isRequired: true),
                CellKey("run", refersTo: ["train"], isRequired: true), CellKey("dae"),
                CellKey("count"),
            ],
            requiresLabel: true, configKey: judge { $0.reach == .denoising },
            publishes: { cell in DenoisingValues.names(label: cell.id) },
            needs: { cell in ["\(try cell.run()).test.elbo"] },
            validate: { cell in
                _ = try CompareKind.of(cell)
                _ = try cell.imageCount()
                _ = try cell.denoiserFile()
            })
    }
}

extension Cell {
    /// The values of K for the importance-weighted bound: the cell's, or 1 and the config's.
    func importanceSamples(default samples: Int) throws -> [Int] {
        guard let value = self["iwae"] else { return Set([1, samples]).sorted() }
        let numbers = try value.items.map { item in
            guard let number = item.integer, (1...1_000_000).contains(number) else {
                throw error(
                    "'iwae' lists numbers of samples from 1 to 1,000,000, found \(item.spoken)",
                    at: item.location, suggestion: "write it like iwae: [1, 64]")
            }
            return number
        }
        return Set(numbers).sorted()
    }

    /// Posterior draws an image for the ELBO: the cell's, or the config's.
    func draws(default draws: Int) throws -> Int {
        try integer("draws", in: 1...10_000) ?? draws
    }

    /// A whole number of the cell's body, checked; nil when the cell does not say.
    func integer(_ key: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let value = self[key] else { return nil }
        guard let number = value.integer, range.contains(number) else {
            throw error(
                "'\(key)' is a whole number from \(range.lowerBound) to \(range.upperBound), "
                    + "found \(value.spoken)", at: value.location)
        }
        return number
    }

    /// One of a closed set of words, located error with the nearest otherwise.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, of type: Choice.Type
    ) throws -> Choice where Choice.RawValue == String {
        let names = Choice.allCases.map(\.rawValue)
        let value = self[key]
        if let text = value?.scalarText, let choice = Choice(rawValue: text) { return choice }
        throw error(
            "'\(key)' is one of \(names.joined(separator: ", ")); "
                + "found \(value?.spoken ?? "nothing")",
            at: value?.location,
            suggestion: names.nearest(to: value?.scalarText ?? "").map { "did you mean '\($0)'?" })
    }
}
