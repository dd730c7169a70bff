import ArgumentParser
import Charts
import Files
import Foundation
import Literate
import Rendering
import ReportCells

/// `vae-report preview`: a report in the browser that follows every save.
struct PreviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: "Show a report in the browser and follow every save.",
        discussion: """
            EXAMPLES
              vae-report preview mnist
              vae-report preview reports/mine.md --profile ci --port 8000

            Only this machine can see it. Nothing is trained or scored: cells whose results are not \
            in the cache are shown as not run yet, unless --train is given. A training that goes on, here \
            or in another terminal, is followed above the page: its curves, reconstructions and samples \
            as they come. Mistakes are shown in the page, with their place. Ctrl-C ends it.
            """)

    @Argument(help: "A report's name or path, as for build.", completion: .report)
    var report: String

    @Option(help: "The port on 127.0.0.1; a free one by default.")
    var port: UInt16 = 0

    @Option(help: ArgumentHelp("Preview this short build.", valueName: "name"))
    var profile: String?

    @Option(
        name: [.customShort("P"), .customLong("param")], parsing: .singleValue,
        help: ArgumentHelp(
            "Set a parameter or a config key, as for build.", valueName: "key=value"),
        completion: .setting)
    var parameters: [String] = []

    @Option(name: .shortAndLong, help: "The folder that build writes to, if it is another.")
    var output: String?

    @Flag(help: "Train and score what is not in the cache.")
    var train = false

    @OptionGroup var data: DataOptions

    /// How long a file may be missing while an editor replaces it, in looks.
    private static let patience = 5

    func run() throws {
        let display = BuildDisplay()
        let interruption = Interruption(display: display, farewell: "the preview has ended")
        defer { interruption.end() }
        let files = WatchedFiles()
        _ = try location(files)
        let server = try LoopbackServer(port: port)
        let trainings = TrainingWatch()
        let site = PreviewSite(trainings: trainings)
        if train {
            try site.show { try PreviewPage.waiting(version: $0, figureStyle: Theme.css) }
            begin(server, site)
        }
        try render(to: site, files, trainings, display)
        if !train { begin(server, site) }
        while true {
            waitForChange(of: files)
            let begin = ContinuousClock.now
            try render(to: site, files, trainings, display)
            let seconds = begin.duration(to: .now) / .seconds(1)
            display.say("rendered in \(Int((seconds * 1000).rounded())) ms")
        }
    }

    /// Lets visitors in and says where.
    private func begin(_ server: LoopbackServer, _ site: PreviewSite) {
        server.start(site.answer)
        print("http://127.0.0.1:\(server.port)/")
        fflush(nil)
    }

    /// Looks at the files twenty times a second until one of them is another or another process has
    /// built what the page shows.
    private func waitForChange(of files: WatchedFiles) {
        var missed = 0
        while true {
            usleep(50_000)
            switch files.look() {
            case .none: missed = 0
            case .gone where missed < Self.patience: missed += 1
            case .gone, .changed: return
            }
        }
    }

    private func location(_ files: WatchedFiles) throws -> ReportLocation {
        try ReportLocation(
            report, names: EmbeddedFiles.names, embedded: EmbeddedFiles.text(named:),
            willRead: files.add)
    }

    /// The report as it is now, or what is wrong with it.
    private func render(
        to site: PreviewSite, _ files: WatchedFiles, _ trainings: TrainingWatch,
        _ display: BuildDisplay
    ) throws {
        files.begin()
        do {
            let page = try page(files, trainings, display)
            files.end(isWhole: true)
            try site.show { try PreviewPage.live(page, version: $0, figureStyle: Theme.css) }
        } catch {
            files.end(isWhole: false)
            display.note("\(error)")
            try site.show {
                try PreviewPage.mistake("\(error)", version: $0, figureStyle: Theme.css)
            }
        }
    }

    private func page(
        _ files: WatchedFiles, _ trainings: TrainingWatch, _ display: BuildDisplay
    ) throws -> String {
        let prepared = try PreparedReport(
            try location(files), arguments: parameters, profile: profile, output: output,
            settings: ReportSettings(
                config: nil, loader: data.loader(display: display), dataFolder: data.folder,
                rereadsData: data.rereads, environment: ProcessInfo.processInfo.environment,
                toolVersion: VAEReportCommand.version),
            progress: display)
        try MathML.check(prepared.document)
        let template = try PageTemplate(folder: FilePath.isFolder("templates") ? "templates" : nil)
        let renderer = HTMLRenderer(
            template: template, figureStyle: Theme.css,
            generator: "vae-report \(VAEReportCommand.version)")
        files.watch(buildsIn: prepared.outputFolder)
        trainings.watch(prepared.outputFolder)
        let cached = CachedCells(prepared.cells)
        let runner: any CellRunner = train ? prepared.cells : cached
        let lock = try train ? display.lock(prepared.outputFolder) : nil
        defer { lock?.release() }
        let built = try ReportBuild(
            prepared.document, runner: runner, outputFolder: prepared.outputFolder,
            observe: display.show
        ).run()
        display.finish()
        return try renderer.render(train ? built : cached.marked(built))
    }
}
