import ArgumentParser
import Charts
import Files
import Foundation
import Literate
import Rendering
import ReportCells

/// `vae-report diff`
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare two runs or reports: config, curves, scores, pictures.",
        discussion: """
            EXAMPLES
              vae-report diff outputs/mnist outputs/mnist@1f2e3d4c
              vae-report diff outputs/mnist/runs/main outputs/mnist-mlp/runs/main
              vae-report diff old/report.html outputs/mnist/report.html
              vae-report diff baseline/scores.json outputs/mnist/scores.json
              vae-report diff outputs/sweep outputs/sweep --run main@beta=1 --other-run main@beta=4

            Prints a table and writes a page and its Markdown. A change of less than two standard \
            errors of itself is noise. With both runs' folders at hand, errors are those of the \
            differences image by image, and the same test images and draws of the prior stand side by \
            side. Runs of several are paired by their labels.
            """)

    @Argument(
        help: "A report.html, the folder of a report or of a run, a run.json or a scores.json.",
        completion: .result)
    var first: String

    @Argument(help: "What to compare it with, likewise.", completion: .result)
    var second: String

    @Option(
        name: .customLong("run"),
        help: ArgumentHelp("The run of the first, where it has several.", valueName: "label"))
    var label: String?

    @Option(
        name: .customLong("other-run"),
        help: ArgumentHelp("The run of the second; that of --run by default.", valueName: "label"))
    var otherLabel: String?

    @Option(
        name: .shortAndLong,
        help: "The folder for report.html and report.md; outputs/diff by default.")
    var output: String?

    @OptionGroup var data: DataOptions

    func run() throws {
        let sides = (
            try ComparedSource(first, run: label),
            try ComparedSource(second, run: otherLabel ?? label)
        )
        var report = try DifferenceReport(
            sides.0.runs, named: sides.0.name(beside: sides.1), sides.1.runs,
            named: sides.1.name(beside: sides.0))
        let folder = output ?? "outputs/diff"
        ReportTraces(folder: folder).removeLeftovers(onlyWriter: false)
        let display = BuildDisplay()
        for place in report.pairs.indices {
            try addPictures(to: &report, place, sides, folder, display)
        }
        display.finish()
        let built = try report.built(in: folder)
        for pair in report.pairs {
            if report.pairs.count > 1 { print(pair.first.label) }
            if !pair.settings.isEmpty { print(ScoreText.table(report.settings(pair))) }
            print(ScoreText.table(report.scores(pair)))
        }
        print(try write(built, to: folder))
    }

    /// Writes the page and its twin in Markdown; returns the page's path.
    private func write(_ report: BuiltReport, to folder: String) throws -> String {
        let template = try PageTemplate(folder: FilePath.isFolder("templates") ? "templates" : nil)
        let renderer = HTMLRenderer(
            template: template, figureStyle: Theme.css,
            generator: "vae-report \(VAEReportCommand.version)")
        let page = FilePath.join(folder, "report.html")
        try AtomicFile(page).writeIfChanged(Array(try renderer.render(report).utf8))
        try AtomicFile(FilePath.join(folder, "report.md"))
            .writeIfChanged(Array(try MarkdownRenderer().render(report).utf8))
        return page
    }

    /// The same images through both models where both runs' folders are there, else what the pages show.
    private func addPictures(
        to report: inout DifferenceReport, _ place: Int,
        _ sides: (ComparedSource, ComparedSource), _ folder: String, _ display: BuildDisplay
    ) throws {
        let pair = report.pairs[place]
        guard
            let places = (try? pair.first.place).flatMap({ first in
                (try? pair.second.place).map { (first, $0) }
            })
        else {
            for (name, kinds) in DrawnPicture.kinds {
                let found = [(sides.0, pair.first.label), (sides.1, pair.second.label)]
                    .enumerated().compactMap { index, side in
                        side.0.drawing(of: kinds, run: side.1)?.output(
                            label: "fig-\(name)-\(place)" + (index == 0 ? "" : "-\(index)"),
                            caption: index == 0 ? report.names.first : report.names.second)
                    }
                if !found.isEmpty { report.add(found, named: name, to: place) }
            }
            return
        }
        do {
            let settings = ReportSettings(
                config: nil, loader: data.loader(display: display), dataFolder: data.folder,
                environment: ProcessInfo.processInfo.environment,
                toolVersion: VAEReportCommand.version)
            let images = try ComparedImages(
                pair,
                configs: (
                    try RecordedConfig.text(of: places.0), try RecordedConfig.text(of: places.1)
                ), names: report.names, settings: settings)
            for (name, outputs) in try images.outputs(place: place, in: folder) {
                report.add(outputs, named: name, to: place)
            }
        } catch let error as FileError where error.isOfDisk {
            throw error
        } catch {
            display.note("no pictures of \(pair.first.label): \(error)")
        }
    }
}

/// What stands in a page in place of pictures that are made for the purpose.
private enum DrawnPicture {
    static let kinds = [
        ("reconstructions", ["reconstruction-browser", "reconstructions"]),
        ("samples", ["prior-samples"]),
    ]
}

extension ComparedRun {
    /// The run's folder with its weights. Throws where there is none.
    fileprivate var place: RunPlace {
        get throws {
            guard let output else { throw UsageMistake("no folder") }
            return try RunPlace(FilePath.join(FilePath.join(output, "runs"), label))
        }
    }
}
