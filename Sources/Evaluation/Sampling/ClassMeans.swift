import Datasets
import VAEModels

/// The mean code of each class: what latent arithmetic adds and subtracts.
public struct ClassMeans: Sendable, Hashable, Codable {
    /// Numbers in a code.
    public let latentSize: Int
    /// Images of each class.
    public let counts: [Int]
    /// Mean of the posterior means of each class, `[counts.count, latentSize]`; zeros for a class
    /// without images, which `mean(of:)` does not give out.
    private let means: CompactFloats

    /// Encodes all of `images`, the images the model was trained on, a block at a time. Classes are
    /// their labels, 0 ..< `classCount`. Throws what the model throws.
    public init(
        _ images: ImageSet, classCount: Int, model: any VAEInference,
        binarization: Binarization = .none, progress: EvaluationProgress.Report = { _ in }
    ) throws {
        precondition(
            images.labels.count == images.count && images.labels.allSatisfy { $0 < classCount },
            "labels of \(images.count) images in 0 ..< \(classCount)")
        let size = model.latentSize
        let scored = EvaluationImages(images, binarization: binarization, role: .fitted)
        var sums = [Double](repeating: 0, count: classCount * size)
        var counts = [Int](repeating: 0, count: classCount)
        for block in scored.blocks {
            let codes = try model.encode(scored.values(of: block)).mean
            for (row, image) in block.enumerated() {
                let label = Int(images.labels[image])
                counts[label] += 1
                for index in 0..<size {
                    sums[label * size + index] += Double(codes[row * size + index])
                }
            }
            progress(
                EvaluationProgress(
                    stage: "class means", completed: block.upperBound, total: images.count))
        }
        latentSize = size
        self.counts = counts
        means = CompactFloats(
            sums.indices.map { sums[$0] / Double(max(counts[$0 / size], 1)) })
    }

    /// The mean code of a class, `[latentSize]`; nil for a class without images.
    public func mean(of label: Int) -> [Float]? {
        guard counts.indices.contains(label), counts[label] > 0 else { return nil }
        return Array(means.values[label * latentSize..<(label + 1) * latentSize])
    }
}
