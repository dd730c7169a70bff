import Evaluation
import Figures
import Literate

extension ExperimentCells {
    /// A figure about several runs, from the values that their eval cells published.
    func drawRuns(
        _ options: FigureOptions, _ context: CellContext
    ) throws -> (DrawnFigure, folder: String) {
        let isInNats = try options.word("distortion") ?? "reconstruction" == "reconstruction"
        let score = isInNats ? "reconstruction" : "psnr"
        let names = RunNames(options.labels("runs"))
        let runs = try names.labels.map { run in
            RateDistortion.Run(
                names.name(run), rate: try number("\(run).test.kl", context),
                distortion: try number("\(run).test.\(score)", context), curve: names.curve(run))
        }
        let figure = RateDistortion(
            runs: runs.sorted { $0.rate < $1.rate },
            references: isInNats
                ? withoutCode(options.labels("runs"), context)
                : try references(options.labels("runs"), context),
            distortionName: isInNats ? "Reconstruction" : "PSNR",
            unit: isInNats ? "nats per image" : "dB", isInNats: isInNats, joinsRuns: names.areSteps)
        return (
            DrawnFigure(
                figure: figure,
                caption: "What each run pays for its code, and what it leaves out; test images."),
            "figures"
        )
    }

    /// The mean image under the decoder's likelihood: no code, no rate. PCA is no likelihood and has no
    /// place among nats.
    private func withoutCode(_ runs: [String], _ context: CellContext) -> [RateDistortion.Reference]
    {
        let nats = runs.compactMap {
            context.values["\($0).test.reconstruction_mean_image"]?.number
        }
        return nats.first.map { [RateDistortion.Reference("mean image", distortion: $0, rate: 0)] }
            ?? []
    }

    /// The mean image, and PCA with as many numbers as each run's code.
    private func references(
        _ runs: [String], _ context: CellContext
    ) throws -> [RateDistortion.Reference] {
        var references: [RateDistortion.Reference] = []
        var sizes: Set<Int> = []
        for run in runs {
            let size = try config(ofRun: run).model.latentSize
            guard sizes.insert(size).inserted,
                let psnr = context.values["\(run).test.psnr_pca"]?.number
            else { continue }
            references.append(RateDistortion.Reference("PCA, \(size) numbers", distortion: psnr))
        }
        if let run = runs.first, let psnr = context.values["\(run).test.psnr_mean_image"]?.number {
            references.append(RateDistortion.Reference("mean image", distortion: psnr, rate: 0))
        }
        return references
    }

    private func number(_ name: String, _ context: CellContext) throws -> Double {
        guard let number = context.values[name]?.number else {
            throw CellError("'\(name)' was not computed, so there is nothing to draw")
        }
        return number
    }
}
