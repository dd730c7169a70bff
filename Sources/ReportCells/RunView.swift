import Datasets
import Evaluation
import Experiments
import Figures
import Files
import Foundation
import Tensors
import VAEModels

/// A trained run as figures see it: images by index, codes, decoded images.
struct RunView {
    let run: String
    let config: ExperimentConfig
    let folder: RunFolder
    let store: RunStore

    var dataset: ImageDataset { get throws { try store.dataset(config) } }
    var random: RandomSource { RandomSource(seed: config.seed) }
    var model: CompiledVAE { get throws { try store.model(config, in: folder) } }
    var evaluation: EvaluationResult { get throws { try store.evaluation(in: folder) } }
    var facts: RunFacts {
        get throws {
            try RunFacts(config, try dataset.provenance, catalogue: store.catalogue)
        }
    }

    var isColored: Bool { get throws { try dataset.train.shape.channels > 1 } }

    /// What was asked for, or as many as keep a page of ten figures under its 800 KB.
    func count(grey: Int, colour: Int, _ asked: Int?) throws -> Int {
        try asked ?? (isColored ? colour : grey)
    }

    /// Images of a set at `indices`, values in 0 … 1.
    func images(_ set: ImageSet, at indices: [Int]) -> [Float] {
        indices.flatMap { index in
            set.slice(index..<index + 1).bytes.map { Float($0) / 255 }
        }
    }

    /// Test images at `indices`, values in 0 … 1.
    func testImages(_ indices: [Int]) throws -> [Float] {
        images(try dataset.test, at: indices)
    }

    /// Values `[count, pixels]` as tiles.
    func tiles(_ values: [Float]) throws -> [ImageTile] {
        let shape = try dataset.train.shape
        return ImageTile.tiles(
            channels: shape.channels, height: shape.height, width: shape.width, values: values)
    }

    /// The images that codes decode to, as tiles.
    func decoded(_ codes: [Float]) throws -> [ImageTile] {
        try tiles(try model.reconstruct(codes))
    }

    /// Posterior means of images `[count, pixels]`, one code each.
    func codes(of images: [Float]) throws -> [[Float]] {
        let size = config.model.latentSize
        let means = try model.encode(images).mean
        return stride(from: 0, to: means.count, by: size).map { Array(means[$0..<$0 + size]) }
    }

    /// Posteriors of all test images: those that the evaluation kept, when it kept them all.
    func posterior() throws -> Posterior {
        let codes = try evaluation.codes
        guard codes.count < codes.totalCount else {
            return Posterior(
                mean: codes.means.values, logVariance: codes.deviations.values.map { 2 * log($0) })
        }
        let test = try dataset.test
        return try model.encode(test.bytes.map { Float($0) / 255 })
    }

    /// The class of a test image in words; nil without classes.
    func className(ofTestImage index: Int) throws -> String? {
        let dataset = try dataset
        guard dataset.test.labels.indices.contains(index) else { return nil }
        let label = Int(dataset.test.labels[index])
        return dataset.classNames.indices.contains(label) ? dataset.classNames[label] : "\(label)"
    }

    /// The first test image of each class, or the first few images where there are no classes.
    func examples(_ count: Int) throws -> [Int] {
        let test = try dataset.test
        guard !test.labels.isEmpty else { return Array(0..<min(count, test.count)) }
        var seen: Set<UInt8> = []
        var chosen = test.labels.indices.filter { seen.insert(test.labels[$0]).inserted }
        let first = Set(chosen)
        chosen += test.labels.indices.lazy.filter { !first.contains($0) }.prefix(max(0, count))
        return Array(chosen.prefix(count))
    }
}
