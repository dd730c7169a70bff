import Evaluation
import Experiments
import Figures
import Files
import Literate
import Training
import Words

/// The page about two sides with one or more runs each, ready for the renderers.
public struct DifferenceReport {
    /// What is compared, as the user named it.
    public let names: (first: String, second: String)
    /// Pairs of runs of the same label, or the only run of either side.
    public let pairs: [RunDifference]
    /// Labels of runs that have no partner, with their side.
    public let alone: [String]
    private var pictures: [String: [CellOutput]] = [:]

    /// Pairs the runs of both sides. Throws an ``Experiments/ExperimentError`` when none can be paired.
    public init(
        _ first: [ComparedRun], named firstName: String, _ second: [ComparedRun],
        named secondName: String
    ) throws {
        names = (firstName, secondName)
        if first.count == 1, second.count == 1 {
            pairs = [RunDifference(first[0], second[0])]
            alone = []
            return
        }
        pairs = first.compactMap { run in
            second.first { $0.label == run.label }.map { RunDifference(run, $0) }
        }
        let paired = Set(pairs.map(\.first.label))
        alone =
            first.filter { !paired.contains($0.label) }.map { "\($0.label) (\(firstName))" }
            + second.filter { !paired.contains($0.label) }.map { "\($0.label) (\(secondName))" }
        guard !pairs.isEmpty else {
            throw ExperimentError(
                "\(firstName) has the runs \(first.map(\.label).joined(separator: ", ")), "
                    + "\(secondName) has \(second.map(\.label).joined(separator: ", ")): "
                    + "none goes by the same label, so name one of each: --run LABEL --other-run LABEL"
            )
        }
    }

    /// Puts pictures beside the scores of the pair at `place`.
    public mutating func add(_ outputs: [CellOutput], named name: String, to place: Int) {
        pictures["fig-\(name)-\(place)"] = outputs
    }

    // MARK: The page

    private static let kinds = [
        CellKind("summary"), CellKind("difference", numbering: .table),
        CellKind("pictures", numbering: .figure),
    ]

    /// The page. `folder` is where images are written.
    public func built(in folder: String) throws -> BuiltReport {
        var results = ["summary-1": CellResult(outputs: [.verdict(verdict)])]
        var text = ["---", "title: \"Two runs compared\"", "---", cell("summary", nil)]
        let level = pairs.count > 1 ? "###" : "##"
        for (place, pair) in pairs.enumerated() {
            if pairs.count > 1 { text.append("## \(MarkdownName.escaped(pair.first.label))\n") }
            let sections = try sections(of: pair, place, in: folder)
            for section in sections {
                text += ["\(level) \(section.title)\n", section.words, ""]
                for (kind, id, result) in section.cells {
                    text.append(cell(kind, id))
                    results[id] = result
                }
            }
        }
        let document = try DocumentParser.parse(
            SourceText(name: "the difference", text: text.joined(separator: "\n") + "\n"),
            kinds: Self.kinds)
        return BuiltReport(
            document: document,
            outcomes: document.cells.map { .reused(results[$0.id] ?? CellResult()) }, values: [:])
    }

    private func cell(_ kind: String, _ label: String?) -> String {
        let name = label.map { "#| label: \($0)\n" } ?? ""
        return "```{\(kind)}\n#| echo: false\n\(name)```\n"
    }

    /// One heading with a few words and cells.
    private struct Section {
        let title: String
        var words = ""
        var cells: [(kind: String, id: String, result: CellResult)] = []
    }

    private func sections(
        of pair: RunDifference, _ place: Int, in folder: String
    ) throws -> [Section] {
        var sections: [Section] = []
        var config = Section(title: "Configuration")
        if pair.first.record == nil || pair.second.record == nil {
            config.words = "One side is a file of scores alone, which says nothing of its config."
        } else if pair.settings.isEmpty {
            config.words = "Both runs have the same config."
        } else {
            let id = "tbl-config-\(place)"
            config.words = "What is not listed is the same on both sides (@\(id))."
            config.cells = [("difference", id, CellResult(outputs: [.table(settings(pair))]))]
        }
        sections.append(config)
        let id = "tbl-scores-\(place)"
        sections.append(
            Section(
                title: "Scores", words: "\(noiseWords) (@\(id))",
                cells: [("difference", id, CellResult(outputs: [.table(scores(pair))]))]))
        if let curves = try curves(pair, "fig-curves-\(place)", in: folder) {
            sections.append(
                Section(title: "Curves", cells: [("pictures", "fig-curves-\(place)", curves)]))
        }
        for (name, title) in [("reconstructions", "Reconstructions"), ("samples", "Samples")] {
            guard let outputs = pictures["fig-\(name)-\(place)"] else { continue }
            sections.append(
                Section(
                    title: title,
                    cells: outputs.enumerated().map { index, output in
                        let id = "fig-\(name)-\(place)" + (index == 0 ? "" : "-\(index)")
                        return ("pictures", id, CellResult(outputs: [output]))
                    }))
        }
        return sections
    }

    private var noiseWords: String {
        "A change within two standard errors of itself is noise. Where both runs' folders are at hand, "
            + "the error is that of the differences image by image, which is much smaller than those of "
            + "the scores."
    }

    // MARK: Tables

    /// Rows: config keys that differ. Columns: key and both values.
    public func settings(_ pair: RunDifference) -> TableOutput {
        TableOutput(
            columns: [
                "Key", MarkdownName.escaped(title(pair.first, first: true)),
                MarkdownName.escaped(title(pair.second, first: false)),
            ],
            rows: pair.settings.map { [.text($0.key), .text($0.first), .text($0.second)] },
            defaultCaption: "What the two configs say differently.")
    }

    /// Rows: scores. Columns: both values, the change, its error and what it comes to.
    public func scores(_ pair: RunDifference) -> TableOutput {
        let rows = pair.scores.filter { $0.first?.number != nil || $0.second?.number != nil }
        return TableOutput(
            columns: [
                "Score", MarkdownName.escaped(title(pair.first, first: true)),
                MarkdownName.escaped(title(pair.second, first: false)), "Change", "± error", "",
            ],
            rows: rows.map { score in
                let name =
                    score.name.hasPrefix("test.") ? String(score.name.dropFirst(5)) : score.name
                let note = score.first?.protocolNote ?? score.second?.protocolNote
                func value(_ value: PublishedValue?) -> TableCell {
                    guard let value, value.number != nil else { return TableCell(.empty) }
                    return .value(value, Self.format(value))
                }
                let format = Self.format(score.first ?? score.second ?? PublishedValue(0))
                return [
                    TableCell(.text(name), note: note), value(score.first), value(score.second),
                    score.change.map { .number($0, format) } ?? TableCell(.empty),
                    score.error.map { .number($0, Self.errorFormat(format)) } ?? TableCell(.empty),
                    TableCell(
                        .text(score.words + (score.isPaired ? ", paired" : "")),
                        isEmphasised: score.judgement == .differs),
                ]
            },
            defaultCaption: "Scores on the test images, and whether they differ: "
                + "\(pair.summary).")
    }

    private static func format(_ value: PublishedValue) -> String {
        if case .integer = value.content { return "" }
        switch value.unit {
        case "draws": return ".1f"
        case "dimensions": return ".0f"
        case nil, "": return ".4f"
        default: return ".2f"
        }
    }

    private static func errorFormat(_ format: String) -> String {
        format == ".2f" ? ".3f" : format == ".0f" ? ".2f" : format
    }

    private func title(_ run: ComparedRun, first: Bool) -> String {
        let name = first ? names.first : names.second
        return pairs.count == 1 ? name : "\(name), \(run.label)"
    }

    // MARK: Words and curves

    private var verdict: VerdictOutput {
        let parts = pairs.map { pair in
            let label = pairs.count > 1 ? "\(pair.first.label): " : ""
            let settings = pair.settings.count
            let keys =
                settings == 0
                ? "the same config" : "\(Quantity.text(settings, "config key")) changed"
            return "\(label)\(keys); scores: \(pair.summary.isEmpty ? "none" : pair.summary)"
        }
        return VerdictOutput(
            sentence: "\(names.second) against \(names.first): \(parts.joined(separator: ". ")).",
            lights: pairs.count == 1 ? lights(pairs[0]) : [],
            facts: [Fact("First", names.first), Fact("Second", names.second)]
                + (alone.isEmpty ? [] : [Fact("Without a partner", alone.joined(separator: ", "))]))
    }

    /// A light for each of the scores that people look at first.
    private func lights(_ pair: RunDifference) -> [VerdictOutput.Light] {
        [
            ("test.elbo", "ELBO"), ("test.psnr", "PSNR"), ("test.ssim", "SSIM"),
            ("test.frechet_samples", "Fréchet distance of samples"),
        ]
        .compactMap { name, title in
            guard let score = pair.scores.first(where: { $0.name == name }),
                let change = score.change
            else { return nil }
            let format = ValueFormat(parsing: Self.format(score.first ?? PublishedValue(0)))
            let text = (format ?? .natural).write(change)
            let error = score.error.map { " ± \(ValueFormat(.significant(2)).write($0))" } ?? ""
            let level: VerdictOutput.Light.Level =
                switch score.words {
                case "better", "the same", "within noise": .good
                case "worse": .warning
                default: .unknown
                }
            return .init(title, level, "\(change > 0 ? "+" : "")\(text)\(error): \(score.words).")
        }
    }

    private func curves(
        _ pair: RunDifference, _ id: String, in folder: String
    ) throws -> CellResult? {
        guard let first = pair.first.record?.history, let second = pair.second.record?.history,
            !first.epochs.isEmpty, !second.epochs.isEmpty
        else { return nil }
        let figure = CurveComparison(
            CurveComparison.Run(title(pair.first, first: true), first),
            CurveComparison.Run(title(pair.second, first: false), second))
        return CellResult(outputs: [
            try figure.output(
                id, in: folder, caption: "−ELBO and its two terms by epoch, nats per image.")
        ])
    }
}

extension Figure {
    /// The figure as a cell's output; its PNG goes into `figures/` below `folder`.
    func output(_ id: String, in folder: String, caption: String) throws -> CellOutput {
        let name = "figures/\(id).png"
        try AtomicFile(FilePath.join(folder, name)).writeIfChanged(try png())
        return .figure(
            FigureOutput(
                svg: try svg(label: id), imageFile: name, alternativeText: altText,
                defaultCaption: caption, data: dataTable.output, width: .wide))
    }
}

extension CurveComparison.Run {
    /// The curves of a run's history.
    fileprivate init(_ name: String, _ history: TrainingHistory) {
        self.init(
            name, epochs: history.epochs.map(\.epoch),
            train: LossCurves.Terms(history.epochs.map(\.train)),
            validation: LossCurves.Terms(history.epochs.map(\.validation)),
            selectedEpoch: history.selectedEpoch)
    }
}

extension LossCurves.Terms {
    /// The terms of each epoch; not a number where none were measured.
    init(_ terms: [ObjectiveTerms?]) {
        self.init(
            negativeELBO: terms.map { $0?.negativeEvidenceLowerBound ?? .nan },
            reconstruction: terms.map { $0?.reconstruction ?? .nan },
            kl: terms.map { $0?.kl ?? .nan })
    }
}

/// Names of files and runs in Markdown.
enum MarkdownName {
    /// The name so that nothing in it is markup.
    static func escaped(_ name: String) -> String {
        name.reduce(into: "") { text, character in
            if "\\`*[]<>$|".contains(character) { text.append("\\") }
            text.append(character)
        }
    }
}
