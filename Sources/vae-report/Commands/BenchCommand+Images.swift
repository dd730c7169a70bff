import Datasets
import Foundation
import Networks
import Tensors

extension BenchCommand {
    /// The images to train on and what they are called.
    func trainingImages() throws -> (name: String, images: ImageSet) {
        let count = max(batch * 8, 8192)
        if isRandom { return randomImages(count) }
        let loaded = try dataset(SplitLimits(train: count, test: 16))
        return (loaded.name, loaded.train)
    }

    /// The images to score and what they are called.
    func testImages() throws -> (name: String, images: ImageSet) {
        if isRandom { return randomImages(images) }
        let loaded = try dataset(SplitLimits(train: 16, test: images))
        return (loaded.name, loaded.test)
    }

    private func dataset(_ limits: SplitLimits) throws -> ImageDataset {
        try data.loader(display: BuildDisplay()).load(
            DatasetRequest(
                name: dataset ?? "mnist", folder: data.folder,
                whenUnavailable: dataset == nil ? .drawnDigits : .error, limits: limits,
                rereadsFiles: data.rereads))
    }

    private func randomImages(_ count: Int) -> (name: String, images: ImageSet) {
        let shape = ImageShape(channels: channels ?? 1, height: size ?? 28, width: size ?? 28)
        let words = RandomSource(seed: 0).words(count * shape.pixelCount, for: .drawing)
        let pixels = words.map { UInt8(truncatingIfNeeded: $0) }
        return (
            "random \(shape.channels)×\(shape.height)×\(shape.width)",
            ImageSet(pixels: pixels, labels: [], shape: shape)
        )
    }
}

extension FeatureShape {
    init(_ shape: ImageShape) {
        self.init(channels: shape.channels, height: shape.height, width: shape.width)
    }
}
