import Experiments
import Files
import Foundation
import Literate
import Words

/// What a command tells when it is done: a sentence or two for people, paths for scripts, or one object.
struct Answer: Encodable {
    /// The command's words: "viz traverse".
    let command: String
    /// What was done, in sentences.
    private(set) var did: [String]
    /// The report's folder and the run's.
    private let folder, run: String
    /// The run's training, as far as it is known.
    private let training: Training?
    /// Scores by name.
    private(set) var scores: [String: PublishedValue] = [:]
    /// Tables to print instead of the scores.
    private var tables: [TableOutput] = []
    /// What the numbers say, Markdown.
    private(set) var conclusion: String?
    /// What was written, or was there already from an earlier command.
    private(set) var files: [String] = []

    /// How the model came about.
    private struct Training: Encodable {
        /// trained, reused or adopted.
        let state: String
        let epochs, selected_epoch: Int?
        let seconds: Double?
    }

    /// The answer of a command about the cells called `goals`.
    init(
        _ command: String, _ result: CommandSession.Result, goals: [String], display: BuildDisplay
    ) throws {
        self.command = command
        folder = result.folder
        let label = result.subject.label
        let place = try RunFolder(output: result.folder, label: label)
        run = place.path
        let account = ModelAccount(
            outcome: result.outcomes[label], isAdopted: result.isAdopted,
            isInPlace: result.isInPlace,
            record: try? RunRecord.read(from: place), weights: result.subject.weights,
            epochsBefore: display.epochsBefore(label))
        did = [account.sentence(run: place.path)]
        training = Training(
            state: account.state, epochs: account.epochs, selected_epoch: account.selectedEpoch,
            seconds: account.seconds)
        for goal in goals {
            let outcome = result.outcomes[goal]
            files += (outcome?.result?.files ?? []).map { FilePath.join(result.folder, $0) }
            guard goal != label, let outcome else { continue }
            if case .reused = outcome {
                did.append("\(Self.subject(of: goal)) there already")
            }
            take(outcome.result, run: goal == "eval-1" ? label : goal)
        }
    }

    private enum CodingKeys: CodingKey {
        case command, did, folder, run, training, scores, conclusion, files
    }

    /// Scores, tables and words of a cell.
    private mutating func take(_ result: CellResult?, run: String) {
        for (name, value) in result?.values ?? [:] {
            scores[String(name.dropFirst(run.count + 1))] = value
        }
        for output in result?.outputs ?? [] {
            switch output {
            case .table(let table): tables.append(table)
            case .markdown(let text): conclusion = text
            default: break
            }
        }
    }

    /// Copies the files that were made into `target`, if there is one; their names lose the mark.
    mutating func copy(to target: String?, without mark: String?) throws {
        guard let target else { return }
        let names = files.map { file in
            let name = FilePath.name(of: file)
            return mark.map { name.replacingOccurrences(of: "-\($0).", with: ".") } ?? name
        }
        AtomicFile.removeLeftovers(in: target, onlyWriter: false, own: names.contains)
        files = try zip(files, names).map { file, name in
            let copy = FilePath.join(target, name)
            try AtomicFile(copy).writeIfChanged(try WholeFile.bytes(at: file))
            return copy
        }
    }

    /// Says it all, on the streams and in the form that the user asked for.
    func give(_ options: AnswerOptions, on display: BuildDisplay) throws {
        display.finish()
        for sentence in did { display.say(sentence) }
        if options.json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(self), as: UTF8.self))
            return
        }
        if tables.isEmpty, !scores.isEmpty { print(ScoreText.table(scores)) }
        for table in tables { print(ScoreText.table(table)) }
        if let conclusion { print("\n\(conclusion)\n") }
        for file in files { print(file) }
    }

    private static func subject(of goal: String) -> String {
        if goal.hasPrefix("fig-") { return "the pictures were" }
        if goal.hasPrefix("export") { return "the files were" }
        return goal.hasPrefix("eval") ? "the scores were" : "the comparison was"
    }
}

/// How a command came by its model, in words.
struct ModelAccount {
    let outcome: CellOutcome?
    let isAdopted: Bool
    /// Whether the run is used where it lies.
    let isInPlace: Bool
    let record: RunRecord?
    let weights: Subject.Weights
    /// Epochs that an interrupted training had done; nil when nothing was trained.
    let epochsBefore: Int?

    /// trained, reused or adopted.
    var state: String {
        if isAdopted { return "adopted" }
        if case .ran? = outcome { return "trained" }
        return "reused"
    }

    /// Epochs that were trained in all; nil for weights without a history.
    var epochs: Int? {
        record.flatMap { $0.history.epochs.isEmpty ? nil : $0.history.epochs.count }
    }

    /// The epoch that was kept.
    var selectedEpoch: Int? { epochs == nil ? nil : record?.history.selectedEpoch }

    /// How long this command trained; nil when it did not.
    var seconds: Double? { state == "trained" ? record?.stamp.seconds : nil }

    /// "trained 16 epochs in 2 min 40 s".
    func sentence(run: String) -> String {
        switch weights {
        case .file(let file, _): return "used the weights in \(file.path), as \(run)"
        case .run(let place) where isAdopted && !isInPlace:
            return "used the trained model in \(place.path), as \(run)"
        case .run where isAdopted:
            return "used the model in \(run) as it lies there: this program did not leave it so"
        case .run, .training: break
        }
        guard state == "trained", let epochs, let seconds else {
            return "used the trained model in \(run)"
        }
        let time = ProgressText.spoken(seconds)
        let before = epochsBefore ?? 0
        if before >= epochs {
            return "the training in \(run) was complete: \(Quantity.text(epochs, "epoch"))"
        }
        let rest = before > 0 ? ", after the \(before) of an interrupted training" : ""
        let count = epochs - before
        return "trained \(Quantity.text(count, "epoch")) in \(time)\(rest), in \(run)"
    }
}

/// Scores as lines of text.
enum ScoreText {
    /// One line a score: name, value with its standard error, unit and number of images.
    static func table(_ scores: [String: PublishedValue]) -> String {
        Columns.text(
            scores.sorted { $0.key < $1.key }.map { name, value in
                [
                    name, ValueFormat(.natural, showsError: true).write(value), value.unit ?? "",
                    value.count.map { "N = \(Quantity.text($0))" } ?? "",
                ]
            })
    }

    /// A table of a report in columns.
    static func table(_ table: TableOutput) -> String {
        Columns.text(
            [table.columns]
                + table.rows.map { row in
                    row.map { cell in
                        switch cell.content {
                        case .empty: "–"
                        case .text(let text): text
                        case .number(let number, let format):
                            (ValueFormat(parsing: format) ?? .natural).write(number)
                        case .value(let value, let format):
                            (ValueFormat(parsing: format) ?? .natural).write(value)
                        }
                    }
                })
    }
}
