import Charts
import Datasets
import Drawing
import Tensors
import Training
import VAEModels

/// Looks into a model while it is trained: pictures and distributions for TensorBoard.
struct TrainingProbe {
    /// What is trained.
    let model: VAEDescription
    /// Images that it is not trained on.
    let images: ImageSet
    /// Noise of the run.
    let source: RandomSource

    /// What a look shows.
    struct Look {
        /// Validation images above what the model makes of them.
        let reconstructions: Bitmap
        /// Images of fixed draws from the prior.
        let samples: Bitmap
        /// Posterior means of validation images.
        let means: [Float]
        /// Posterior standard deviations of validation images.
        let deviations: [Float]
    }

    private static let columns = 8
    private static let sampleRows = 4
    private static let codeCount = 1000

    /// Compiles the weights and looks at them; the same images and draws each time.
    func look(at tensors: NamedTensors) throws -> Look {
        let compiled = try CompiledVAE(model, tensors: tensors, batch: 64)
        let count = min(Self.codeCount, images.count)
        let inputs = images.bytes.prefix(count * images.shape.pixelCount).map { Float($0) / 255 }
        let posterior = try compiled.encode(inputs)
        let shown = min(Self.columns, count)
        let means = Array(posterior.mean.prefix(shown * model.latentSize))
        let originals = Array(inputs.prefix(shown * images.shape.pixelCount))
        let prior = source.normal(
            Self.columns * Self.sampleRows * model.latentSize, for: .prior)
        return Look(
            reconstructions: sheet(originals + (try compiled.reconstruct(means)), columns: shown),
            samples: sheet(try compiled.reconstruct(prior), columns: Self.columns),
            means: posterior.mean,
            deviations: posterior.logVariance.indices.map(posterior.deviation))
    }

    /// Images `[count, pixels]` in 0 … 1 side by side, a pixel's gap between them.
    private func sheet(_ values: [Float], columns: Int) -> Bitmap {
        let shape = images.shape
        let size = shape.pixelCount
        let count = values.count / size
        let rows = (count + columns - 1) / max(columns, 1)
        var sheet = Bitmap(
            width: columns * (shape.width + 1) - 1, height: rows * (shape.height + 1) - 1)
        for index in 0..<count {
            let tile = Bitmap(
                channels: shape.channels, width: shape.width, height: shape.height,
                values: Array(values[index * size..<(index + 1) * size]))
            sheet.paste(
                tile, x: index % columns * (shape.width + 1),
                y: index / columns * (shape.height + 1))
        }
        return sheet.scaled(by: max(1, 64 / shape.width))
    }
}
