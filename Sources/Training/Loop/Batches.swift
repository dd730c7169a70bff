import Datasets
import Tensors
import VAEModels

/// Fills a model's batch from images in memory: the same numbers for the same seed and step.
struct Batches {
    private let images: ImageSet
    private let count: Int
    private let size: Int
    private let redrawsPixels: Bool
    private let source: RandomSource
    /// Whole batches in the images; the rest waits for the next shuffle.
    let perEpoch: Int

    /// Batches of the first `count` images. Throws a ``TrainingError`` for fewer images than a batch, or
    /// a model without its labels.
    init(
        _ images: ImageSet, count: Int, for model: any TrainableModel, redrawsPixels: Bool,
        source: RandomSource
    ) throws {
        guard count >= model.batch, count <= images.count else {
            throw TrainingError.tooFewImages(
                available: max(min(count, images.count), 0), batchSize: model.batch)
        }
        guard model.labels == nil || images.labels.count == images.count else {
            throw TrainingError.noLabels
        }
        self.images = images
        self.count = count
        self.redrawsPixels = redrawsPixels
        self.source = source
        size = model.batch
        perEpoch = count / model.batch
    }

    /// The order in which an epoch, counted from 1, visits the images.
    func order(ofEpoch epoch: Int) -> [UInt32] {
        source.permutation(count, for: .shuffle, step: UInt64(epoch))
    }

    /// Fills the model's images and labels with batch `index` of `order` and lets it draw its noise;
    /// `step` counts from the run's beginning.
    func fill(_ model: any TrainableModel, order: [UInt32], index: Int, step: Int) {
        let chosen = order[index * size..<(index + 1) * size]
        Kernels.gather(
            images.bytes, at: chosen, size: images.shape.pixelCount, into: model.images)
        if let labels = model.labels {
            for (place, image) in zip(0..<size, chosen) {
                labels[place] = images.labels[Int(image)]
            }
        }
        if redrawsPixels {
            Kernels.binarize(
                model.images, count: size * images.shape.pixelCount, source: source,
                purpose: .binarization,
                step: UInt64(step))
        }
        model.prepare(source, step: UInt64(step))
    }
}
