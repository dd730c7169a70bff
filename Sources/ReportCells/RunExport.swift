import Datasets
import Evaluation
import Exchange
import Experiments
import Files
import Foundation
import Tensors
import Training
import VAEModels

/// Writes a run's model, codes and scores into its folder `export/`.
struct RunExport {
    /// Changes whenever the same run would be written differently.
    static let version = "1"

    /// One of the files that were written.
    struct File {
        /// Below the run's folder.
        let path: String
        /// Bytes.
        let size: Int
        /// What it holds, in words.
        let content: String
    }

    private let view: RunView
    private let toolVersion: String
    /// What was written, in order.
    private(set) var files: [File] = []

    /// Images in the example that comes with the ONNX files.
    private static let exampleCount = 16

    /// An export of a run by this version of vae-report.
    init(_ view: RunView, toolVersion: String) {
        self.view = view
        self.toolVersion = toolVersion
    }

    /// Writes one part; `split` says whose codes.
    mutating func write(_ part: ExportedPart, split: ExportedSplit) throws {
        switch part {
        case .onnx: try writeNetworks()
        case .safetensors: try writeWeights()
        case .codes: try writeCodes(split)
        case .scores: try writeScores()
        }
    }

    private mutating func write(_ name: String, _ bytes: [UInt8], _ content: String) throws {
        let path = "export/\(name)"
        try AtomicFile(FilePath.join(view.folder.path, path)).writeIfChanged(bytes)
        files.append(File(path: path, size: bytes.count, content: content))
    }

    private func images(_ split: ExportedSplit) throws -> EvaluationImages {
        let set =
            split == .test
            ? try view.dataset.test : try view.store.trainingImages(view.config)
        return EvaluationImages(
            set, binarization: view.config.data.binarization,
            role: split == .test ? .scored : .fitted)
    }
}

extension RunExport {
    private func description() throws -> VAEDescription {
        view.config.modelDescription(image: try view.dataset.train.shape)
    }

    private func facts(_ model: VAEDescription) throws -> ModelFacts {
        let dataset = try view.dataset
        let config = view.config.resolved.filter {
            KeyTable.key($0.name)?.reach == .training
        }.map { ($0.name, $0.value.canonicalText) }
        let checkpoint = view.folder.checkpoint(of: view.config)
        return try ModelFacts(
            model, scale: try view.model.pixelScale, run: view.run, dataset: dataset.fullTitle,
            datasetDigest: dataset.provenance.digest, classNames: dataset.classNames,
            config: Dictionary(config) { first, _ in first },
            weightsDigest: try Digest.sha256(of: WholeFile.bytes(at: checkpoint)),
            toolVersion: toolVersion)
    }

    private mutating func writeNetworks() throws {
        let model = try description()
        let tensors = try view.store.tensors(view.config, in: view.folder)
        let facts = try facts(model)
        try write(
            "encoder.onnx",
            try ONNXFile.encoder(of: model, tensors: tensors, facts: facts).encoded(),
            "image → mean, log_variance")
        try write(
            "decoder.onnx",
            try ONNXFile.decoder(of: model, tensors: tensors, facts: facts).encoded(),
            "code → \(model.pixels.outputName), image")
        try writeExample(model)
    }

    /// The first test images through both halves, as this program computes them.
    private mutating func writeExample(_ model: VAEDescription) throws {
        let images = try images(.test)
        let count = min(Self.exampleCount, images.count)
        let pixels = Array(
            images.values(of: 0..<min(EvaluationImages.blockSize, images.count))
                .prefix(count * images.pixelCount))
        let (compiled, shape) = (try view.model, model.image)
        let posterior = try compiled.encode(pixels)
        let maps = [count, shape.channels, shape.height, shape.width]
        let codes = [count, model.latentSize]
        var archive = NumPyArchive()
        archive.add("image", NumPyArray(maps, pixels))
        archive.add("mean", NumPyArray(codes, posterior.mean))
        archive.add("log_variance", NumPyArray(codes, posterior.logVariance))
        archive.add(
            model.pixels.outputName, NumPyArray(maps, try compiled.decode(posterior.mean)))
        archive.add("reconstruction", NumPyArray(maps, try compiled.reconstruct(posterior.mean)))
        try write(
            "example.npz", try archive.encoded(),
            "\(count) test images and what both make of them")
    }

    private mutating func writeWeights() throws {
        let model = try description()
        let all = try view.store.tensors(view.config, in: view.folder)
        var own = NamedTensors()
        for expected in model.expectedTensors { own[expected.name] = all[expected.name] }
        let metadata = try facts(model).entries.merging(["format": "pt"]) { $1 }
        try write(
            "weights.safetensors", [UInt8](try Safetensors(own, metadata: metadata).encoded()),
            "the weights by PyTorch's names, float32")
    }
}

extension RunExport {
    /// Codes are encoded a block at a time: memory does not grow with the pixels of all images.
    private mutating func writeCodes(_ split: ExportedSplit) throws {
        let images = try images(split)
        let (model, size) = (try view.model, view.config.model.latentSize)
        var posterior = Posterior(mean: [], logVariance: [])
        for block in images.blocks {
            let part = try model.encode(images.values(of: block))
            posterior.mean += part.mean
            posterior.logVariance += part.logVariance
        }
        let name = split == .test ? "codes" : "codes-train"
        let labels = images.images.labels
        let whose = split == .test ? "test" : "training"
        try write(
            "\(name).csv",
            CodeTable(posterior, latentSize: size, labels: labels).bytes,
            "each \(whose) image's class, means and σ")
        var archive = NumPyArchive()
        archive.add("mean", NumPyArray([images.count, size], posterior.mean))
        archive.add("log_variance", NumPyArray([images.count, size], posterior.logVariance))
        if !labels.isEmpty {
            archive.add("label", NumPyArray(labels))
            archive.add("class_names", NumPyArray(try view.dataset.classNames))
        }
        try write(
            "\(name).npz", try archive.encoded(),
            "as arrays: mean, log_variance"
                + (labels.isEmpty ? "" : ", label, class_names"))
    }

    private mutating func writeScores() throws {
        let result = try view.evaluation
        try write("scores.csv", Array(result.scores.csv().utf8), "every score with its protocol")
        let entries = result.scores.entries
        var archive = NumPyArchive()
        archive.add("name", NumPyArray(entries.map(\.name)))
        archive.add("value", NumPyArray(entries.map { $0.value ?? .nan }))
        archive.add("standard_error", NumPyArray(entries.map { $0.standardError ?? .nan }))
        archive.add("count", NumPyArray(entries.map(\.count)))
        archive.add("unit", NumPyArray(entries.map(\.unit)))
        let each = result.perImage
        let series: [(name: String, numbers: CompactFloats?)] = [
            ("elbo", each.elbo), ("reconstruction", each.reconstruction), ("kl", each.divergence),
            ("psnr", each.peakSignalToNoise), ("ssim", each.similarity),
            ("iwae", each.importanceWeighted), ("lpips", each.perceptual),
        ]
        for (name, numbers) in series {
            guard let values = numbers?.values else { continue }
            archive.add("image_\(name)", NumPyArray([values.count], values))
        }
        try write(
            "scores.npz", try archive.encoded(),
            "as arrays, and scores of each test image")
    }
}

extension CodeTable {
    /// The whole file, put together line by line: that of a training set is large.
    fileprivate var bytes: [UInt8] {
        var bytes = Array(header.utf8) + [0x0a]
        for image in 0..<count {
            bytes += line(image).utf8
            bytes.append(0x0a)
        }
        return bytes
    }
}
