import Datasets
import Evaluation
import Files
import Foundation
import Literate
import ReportCells
import TestSupport
import Training

/// A folder of a test's own in which small reports are built in this process, on a few drawn digits.
final class Workbench {
    let folder: TemporaryFolder
    let progress = Recorder()

    init() throws { folder = try TemporaryFolder() }

    /// Where builds go.
    var output: String { folder.path("out") }

    static let config = """
        seed: 3
        data: {dataset: drawn-digits, batch_size: 32, validation: 64, train_limit: 320, test_limit: 96}
        model: {latent_dim: 3, base_ch: 4}
        train: {epochs: 2}
        eval: {iwae_samples: 8}

        """

    /// A report with one run and one evaluation before the cells in `rest`.
    static func report(
        train: String = "", eval: String = "", title: String = "Small", rest: String = ""
    ) -> String {
        """
        ---
        title: "\(title)"
        config: configs/workbench.yaml
        params: {beta: 1.0}
        ---
        ```{train}
        #| label: main
        train.beta: ${params.beta}
        \(train)
        ```

        ```{eval}
        run: main
        \(eval)
        ```

        \(rest)

        """
    }

    /// A figure cell of those lines.
    static func figure(_ body: String) -> String {
        "```{figure}\n#| label: fig-a\n\(body)\n```"
    }

    /// Reads and checks a report; nothing runs. `adjust` changes the settings of the build.
    func prepare(
        _ text: String, config: String = Workbench.config, arguments: [String] = [],
        output: String? = nil, usesDefaultFolder: Bool = false, isStrict: Bool = false,
        environment: [String: String] = [:], files: [String: String] = [:],
        adjust: (inout ReportSettings) -> Void = { _ in }
    ) throws -> PreparedReport {
        let files = ["reports/workbench.md": text, "configs/workbench.yaml": config]
            .merging(files) { $1 }
        let location = try ReportLocation("workbench", names: files.keys.sorted()) { files[$0] }
        let environment = ["HOME": folder.path, "SOURCE_DATE_EPOCH": "1700000000"]
            .merging(environment) { $1 }
        var settings = ReportSettings(
            config: nil, loader: DatasetLoader(environment: environment, downloader: nil),
            isStrict: isStrict, environment: environment, toolVersion: "test")
        adjust(&settings)
        return try PreparedReport(
            location, arguments: arguments,
            output: usesDefaultFolder ? nil : output ?? self.output, settings: settings,
            progress: progress)
    }

    /// Runs the cells of a prepared report.
    func build(_ prepared: PreparedReport) throws -> BuiltReport {
        try ReportBuild(
            prepared.document, runner: prepared.cells, outputFolder: prepared.outputFolder
        ).run()
    }

    /// Prepares and runs a report.
    func build(
        _ text: String, config: String = Workbench.config, arguments: [String] = [],
        output: String? = nil, adjust: (inout ReportSettings) -> Void = { _ in }
    ) throws -> BuiltReport {
        try build(
            try prepare(
                text, config: config, arguments: arguments, output: output, adjust: adjust))
    }

    /// The bytes of a file in the output folder.
    func bytes(_ name: String) throws -> [UInt8] { try WholeFile.bytes(at: "\(output)/\(name)") }

    /// Whether a file of that name is in the output folder and has content.
    func has(_ name: String) -> Bool { (FileIdentity(of: "\(output)/\(name)")?.size ?? 0) > 0 }
}

/// Remembers what cells reported.
final class Recorder: CellProgress {
    private(set) var trainings: [(run: String, startEpoch: Int)] = []
    private(set) var notices: [String] = []
    /// Called after each epoch's files are written.
    var whenEpochEnds: (Int) -> Void = { _ in }

    func trainingStarts(
        run: String, measure: TrainedMeasure, totalEpochs: Int, startEpoch: Int
    ) {
        trainings.append((run, startEpoch))
    }

    func trainingSteps(run: String, _ progress: StepProgress, totalEpochs: Int) {}

    func epochEnds(run: String, _ record: EpochRecord, timing: EpochTiming, isBest: Bool) {
        whenEpochEnds(record.epoch)
    }

    func evaluates(run: String, _ progress: EvaluationProgress) {}

    func notice(_ text: String) { notices.append(text) }
}

extension BuiltReport {
    /// Labels or ids of the cells that ran in this build.
    var ran: [String] {
        zip(document.cells, outcomes).compactMap { cell, outcome in
            if case .ran = outcome { cell.id } else { nil }
        }
    }

    /// The result of a cell by its id.
    func result(_ id: String) -> CellResult? {
        zip(document.cells, outcomes).first { $0.0.id == id }?.1.result
    }

    /// What went wrong in each cell that failed, by id.
    var failures: [String: String] {
        zip(document.cells, outcomes).reduce(into: [:]) { failures, pair in
            if case .failed(let message) = pair.1 { failures[pair.0.id] = message }
        }
    }
}
