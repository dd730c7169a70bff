import Datasets
import Evaluation
import Experiments
import Figures
import Files
import Foundation
import Literate
import Tensors
import Words

/// The same test images and the same draws of the prior through two runs' models.
public struct ComparedImages {
    private static let columns = 10

    private let first, second: RunView
    private let names: (String, String)
    private let seesSameImages: Bool

    /// The models of two runs whose folders are there. `configs` are the runs' own configs; data are found
    /// as `settings` say. Throws what reading configs and data throws.
    public init(
        _ pair: RunDifference, configs: (SourceText, SourceText), names: (String, String),
        settings: ReportSettings
    ) throws {
        let store = RunStore(settings: settings)
        func view(_ run: ComparedRun, _ config: SourceText) throws -> RunView {
            RunView(
                run: run.label,
                config: try ExperimentConfig.load(
                    source: config, catalogue: store.catalogue),
                folder: try RunFolder(output: run.output ?? "", label: run.label), store: store)
        }
        first = try view(pair.first, configs.0)
        second = try view(pair.second, configs.1)
        self.names = names
        seesSameImages = pair.first.seesSameImages(as: pair.second) == true
    }

    /// Both pictures by name; their image files go into `figures/` below `folder`.
    public func outputs(
        place: Int, in folder: String
    ) throws -> [(name: String, outputs: [CellOutput])] {
        var result: [(name: String, outputs: [CellOutput])] = []
        if seesSameImages {
            let figure = try reconstructions()
            result.append(
                (
                    "reconstructions",
                    [
                        try figure.output(
                            "fig-reconstructions-\(place)", in: folder,
                            caption: "The same test images through both models, PSNR below each.")
                    ]
                ))
        }
        let sameSize = first.config.model.latentSize == second.config.model.latentSize
        result.append(
            (
                "samples",
                [
                    try samples().output(
                        "fig-samples-\(place)", in: folder,
                        caption: sameSize
                            ? "The same draws of the prior, decoded by both models."
                            : "Draws of each model's prior, which differ in size.")
                ]
            ))
        return result
    }

    private func reconstructions() throws -> PairedImages {
        let places = try first.examples(Self.columns)
        let originals = try first.testImages(places)
        func line(_ name: String, _ view: RunView) throws -> PairedImages.Line {
            let decoded = try view.model.reconstruct(
                try view.codes(of: originals).flatMap { $0 })
            let size = decoded.count / max(places.count, 1)
            let captions = places.indices.map { index in
                let range = index * size..<(index + 1) * size
                let squares = zip(originals[range], decoded[range]).reduce(0.0) {
                    $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1))
                }
                let decibels = -10 * log10(squares / Double(max(size, 1)))
                return "\(Quantity.text(decibels, decimals: 1)) dB"
            }
            return PairedImages.Line(name, try view.tiles(decoded), captions: captions)
        }
        return PairedImages(
            title: "Reconstructions",
            lines: [
                PairedImages.Line("original", try first.tiles(originals)),
                try line(names.0, first), try line(names.1, second),
            ],
            subject: "Test images and their reconstructions by two models")
    }

    private func samples() throws -> PairedImages {
        func line(_ name: String, _ view: RunView) throws -> PairedImages.Line {
            let noise = first.random.normal(
                Self.columns * view.config.model.latentSize, for: .prior)
            return PairedImages.Line(name, try view.decoded(noise))
        }
        return PairedImages(
            title: "Samples",
            lines: [try line(names.0, first), try line(names.1, second)],
            subject: "Draws of the prior decoded by two models")
    }
}
