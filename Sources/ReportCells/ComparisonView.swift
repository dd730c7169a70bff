import Datasets
import Evaluation
import Experiments
import Files
import Foundation
import Tensors
import VAEModels

/// A comparison with a denoising autoencoder as its cell, its figures and its tables see it.
struct ComparisonView {
    /// The compare cell's label.
    let label: String
    /// The VAE that is compared.
    let run: RunView
    /// What the comparison keeps: the autoencoder it trained, logs and its result.
    let folder: RunFolder
    /// The file that the autoencoder is read from; nil when it is trained here.
    let file: String?

    /// The numbers, as JSON.
    private var resultPath: String { FilePath.join(folder.logs, "denoising.json") }

    /// The numbers that the compare cell left behind.
    func result() throws -> DenoisingResult {
        try CellError.decoded(DenoisingResult.self, at: resultPath)
    }

    /// Keeps the numbers, and the scores as CSV.
    func write(_ result: DenoisingResult) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try AtomicFile(resultPath).write([UInt8](try encoder.encode(result)))
        try AtomicFile(folder.metrics).write(result.scores.csv())
    }

    /// The autoencoder: the user's, or the one that was trained.
    func denoiser() throws -> CompiledDenoiser {
        let shape = try run.dataset.train.shape
        let path = file ?? folder.bestCheckpoint
        let tensors = try NamedTensors(modelFile: path)
        let model = try DenoiserDescription(
            matching: tensors, height: shape.height, width: shape.width)
        guard model.image.channels == shape.channels else {
            throw CellError(
                "\(path) holds an autoencoder for images of \(model.image.channels) channels, but "
                    + "those of \(try run.dataset.title) have \(shape.channels): name another file, "
                    + "or leave 'dae' out to train one here")
        }
        return try CompiledDenoiser(model, tensors: tensors)
    }

    /// What is compared, ready to run.
    func comparison(
        _ denoiser: CompiledDenoiser, _ options: DenoisingOptions
    ) throws -> DenoisingComparison {
        let model = try run.model
        return DenoisingComparison(
            images: try run.dataset.test, training: try run.store.trainingImages(run.config),
            methods: [.variationalAutoencoder(model), try method(denoiser)],
            codes: [
                .variationalAutoencoder(model),
                .averaged(
                    name: "dae", title: "DAE, bottleneck", shape: denoiser.model.encoder.output,
                    encode: denoiser.encode),
            ],
            options: options)
    }

    /// The autoencoder as a way to restore images.
    func method(_ denoiser: CompiledDenoiser) throws -> DenoisingMethod {
        DenoisingMethod(
            name: "dae", title: "DAE",
            about: "a denoising autoencoder trained on \(trainingNoise)", denoise: denoiser.denoise)
    }

    /// What the table of abilities quotes from the VAE's own evaluation.
    func facts() throws -> DenoisingAbility.Facts {
        let scores = try run.evaluation.scores
        let model = try denoiser().model
        return DenoisingAbility.Facts(
            evidenceLowerBound: scores["test.elbo"],
            sampleDistance: scores["test.frechet_samples"],
            distanceFloor: scores["test.frechet_floor"],
            vaeCodeSize: run.config.model.latentSize, daeCodeSize: model.codeSize,
            daeTrainingNoise: trainingNoise)
    }

    /// What the autoencoder was trained to remove, in words.
    var trainingNoise: String {
        guard file == nil else { return "noise that its file does not tell of" }
        let sigmas = run.config.denoiser.sigmas.map { "\($0)" }
        let list =
            sigmas.count < 2
            ? sigmas.joined()
            : sigmas.dropLast().joined(separator: ", ") + " or " + (sigmas.last ?? "")
        return "Gaussian noise, σ = \(list)"
    }
}

extension NamedTensors {
    /// The weights in a file: safetensors, or PyTorch's .pt and .pth. Numbers that are infinite or none
    /// are refused here: later they would look like a training that diverged.
    init(modelFile path: String) throws {
        if path.hasSuffix(".safetensors") {
            self = try Safetensors(Data(try WholeFile.bytes(at: path)), name: path).tensors
        } else {
            self = try PyTorchFile(path: path).weights()
        }
        if let odd = firstNotFinite {
            throw CellError(
                "\(path): the tensor '\(odd)' holds a number that is infinite or none; its training "
                    + "diverged, or the file is damaged: take an earlier one")
        }
    }
}
