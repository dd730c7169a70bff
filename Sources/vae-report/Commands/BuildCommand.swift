import ArgumentParser
import Charts
import Datasets
import Files
import Foundation
import Literate
import Rendering
import ReportCells

/// `vae-report build`: a report's source to report.html, report.md and report.ipynb.
struct BuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract:
            "Build a report: train, evaluate, draw, and write a page, Markdown and a notebook.",
        discussion: """
            EXAMPLES
              vae-report build mnist                       the MNIST report, into outputs/mnist
              vae-report build digits                      the same on digits that are drawn here
              vae-report build reports/mine.md             a report of your own
              vae-report build mnist -P beta=4             another value of a parameter
              vae-report build mnist -P train.epochs=3     another value of a config key
              vae-report build mnist --profile ci          the short build that the report names so
              vae-report build mnist --dry-run             what would run, and why
              vae-report build mnist --ci --profile ci     short, with summary and artifact

            A second build reuses every cell that nothing changed for: new words or captions never \
            train anything again. Exit code: 0 fine, 1 a cell failed, 2 a mistake in the report, the \
            config or the command line, 3 a check did not hold.
            """)

    @Argument(
        help: "A report's name (reports/NAME.md, or one inside vae-report), or its path.",
        completion: .report)
    var report: String

    @Option(
        name: [.customShort("P"), .customLong("param")], parsing: .singleValue,
        help: ArgumentHelp(
            "Set a parameter of the report, or a config key (with a dot). May be repeated.",
            valueName: "key=value"), completion: .setting)
    var parameters: [String] = []

    @Option(
        help: ArgumentHelp(
            "Build the short version that the report's front matter gives this name.",
            valueName: "name"))
    var profile: String?

    @Option(
        name: .shortAndLong,
        help: "The folder for everything the build makes; outputs/<report> by default.",
        completion: .directory)
    var output: String?

    @OptionGroup var data: DataOptions

    @Flag(help: "Nothing may stand in for a data set that is not there.")
    var strict = false

    @Flag(name: .shortAndLong, help: "No progress, only warnings and errors.")
    var quiet = false

    @Flag(help: "Say for each cell why it ran or was reused.")
    var explain = false

    @Flag(
        name: .customLong("embed-images"),
        help: "Put the images into report.md, so that it is one file.")
    var embedsImages = false

    @Flag(
        name: .customLong("ci"),
        help: ArgumentHelp(
            "Write a job summary and an artifact folder, and print annotations.",
            discussion: "For GitHub Actions; the exit code stays what it is."))
    var isInCI = false

    @Flag(name: .customLong("dry-run"), help: "Say what would run and why; write nothing.")
    var isDryRun = false

    @Flag(name: .customLong("open"), help: "Open the page when it is done.")
    var opensPage = false

    func run() throws {
        do {
            try build()
        } catch let error where isInCI && !(error is ExitCode) {
            job.tell(of: error, report: report)
            throw error
        }
    }

    private var job: WorkflowJob {
        WorkflowJob(
            environment: ProcessInfo.processInfo.environment,
            folder: FileManager.default.currentDirectoryPath)
    }

    private func build() throws {
        let display = BuildDisplay(isQuiet: quiet)
        let interruption = Interruption(display: display)
        defer { interruption.end() }
        let location = try ReportLocation(
            report, names: EmbeddedFiles.names, embedded: EmbeddedFiles.text(named:))
        let prepared = try PreparedReport(
            location, arguments: parameters, profile: profile, output: output,
            settings: ReportSettings(
                config: nil, loader: data.loader(display: display), dataFolder: data.folder,
                isStrict: strict, rereadsData: data.rereads,
                environment: ProcessInfo.processInfo.environment,
                toolVersion: VAEReportCommand.version),
            progress: display)
        try MathML.check(prepared.document)
        if isDryRun {
            let forecast = try BuildForecast(
                prepared.document, runner: prepared.cells, outputFolder: prepared.outputFolder)
            return print(Terminal.harmless(forecast.text(outputFolder: prepared.outputFolder)))
        }
        let lock = try display.lock(prepared.outputFolder)
        defer { lock.release() }
        let built = try ReportBuild(
            prepared.document, runner: prepared.cells, outputFolder: prepared.outputFolder,
            observe: display.show
        ).run()
        let page = try write(built, to: prepared.outputFolder)
        display.finish()
        if explain { built.explanation.forEach { display.note($0) } }
        for line in built.problems { display.note(line) }
        if isInCI {
            let artifact = BuildArtifact(folder: prepared.outputFolder)
            try artifact.write(built)
            try job.tell(of: built, files: artifact.recorded.filter { !$0.contains("/") })
        }
        print(page)
        if opensPage { Self.open(page) }
        guard built.exitCode == 0 else { throw ExitCode(built.exitCode) }
    }

    /// Writes the page and its twins in Markdown and as a notebook; returns the page's path.
    private func write(_ report: BuiltReport, to folder: String) throws -> String {
        let template = try PageTemplate(folder: FilePath.isFolder("templates") ? "templates" : nil)
        let renderer = HTMLRenderer(
            template: template, figureStyle: Theme.css,
            generator: "vae-report \(VAEReportCommand.version)")
        let page = FilePath.join(folder, "report.html")
        try AtomicFile(page).writeIfChanged(Array(try renderer.render(report).utf8))
        let images = ReportImages(folder: folder)
        let markdown = try MarkdownRenderer(embedding: embedsImages ? images : nil).render(report)
        try AtomicFile(FilePath.join(folder, "report.md")).writeIfChanged(Array(markdown.utf8))
        let notebook = try NotebookRenderer(images: images).render(report)
        try AtomicFile(FilePath.join(folder, "report.ipynb")).writeIfChanged(Array(notebook.utf8))
        try ExperimentCells.writeScores(of: report, to: folder)
        return page
    }

    private static func open(_ page: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["xdg-open", page]
        try? process.run()
    }
}

extension BuiltReport {
    /// A line for each cell that has no result and each check that did not hold.
    fileprivate var problems: [String] {
        zip(document.cells, outcomes).compactMap { cell, outcome in
            let place = "\(cell.place.file):\(cell.place.line):\(cell.place.column)"
            return switch outcome {
            case .failed(let message): "\(place): error: the cell '\(cell.id)' failed: \(message)"
            case .skipped(let upstream):
                "\(place): note: the cell '\(cell.id)' was skipped, because '\(upstream)' has no result"
            case .ran, .reused: nil
            }
        } + failedChecks.map(\.description)
    }
}
