import Glibc

/// What a reconstruction is worth: the scores of copying the image, of always answering with the mean
/// training image and of PCA with as many numbers as the VAE's code, all clipped to 0 … 1.
public struct BaselineScores: Sendable {
    /// Copying the image: no error, infinite PSNR.
    public let identity: ReconstructionScores
    /// The mean of the training images for every image.
    public let meanImage: ReconstructionScores
    /// −log p of each image where every pixel is drawn as 1 with the mean image's value, nats: what a
    /// Bernoulli decoder pays without a code. The mean is (Σx + ½) / (N + 1), so that a pixel that is
    /// never lit in training has no infinite price.
    public let meanImageNats: [Double]
    /// PCA fitted on the training images; nil when a code has more numbers than an image.
    public let principalComponents: ReconstructionScores?
    /// Directions that PCA keeps.
    public let componentCount: Int
    /// Training images that the mean was fitted on.
    public let fittedCount: Int
    /// Training images that PCA was fitted on: fewer where images are large.
    public let componentFittedCount: Int

    /// Fits on `training` and scores on `images`.
    public init(
        training: EvaluationImages, images: EvaluationImages, componentCount: Int,
        progress: EvaluationProgress.Report = { _ in }
    ) throws {
        let size = images.pixelCount
        precondition(training.pixelCount == size, "\(training.shape) but \(images.shape)")
        let count = min(componentCount, size)
        let fit = try PrincipalComponents(
            count: training.count, size: size, leading: count, ranges: training.blocks
        ) { block in
            progress(
                EvaluationProgress(
                    stage: "fitting PCA", completed: block.upperBound, total: training.count))
            return training.values(of: block)
        }
        identity = ReconstructionScores(of: images, stage: "identity", progress: progress) { $1 }
        meanImage = ReconstructionScores(of: images, stage: "mean image", progress: progress) {
            block, _ in
            (0..<block.count).flatMap { _ in fit.mean }
        }
        meanImageNats = Self.nats(of: images, mean: fit.mean, count: training.count)
        principalComponents =
            componentCount > size
            ? nil
            : ReconstructionScores(of: images, stage: "PCA-\(count)", progress: progress) {
                fit.reconstruct(fit.project($1))
            }
        self.componentCount = componentCount
        fittedCount = training.count
        componentFittedCount = fit.fittedCount
    }

    private static func nats(
        of images: EvaluationImages, mean: [Float], count: Int
    ) -> [Double] {
        let logs = mean.map { value -> (lit: Double, dark: Double) in
            let share = (Double(value) * Double(count) + 0.5) / Double(count + 1)
            return (log(share), log(1 - share))
        }
        return images.blocks.flatMap { block -> [Double] in
            let values = images.values(of: block)
            return (0..<block.count).map { image in
                logs.indices.reduce(0) { sum, pixel in
                    let value = Double(values[image * logs.count + pixel])
                    return sum - value * logs[pixel].lit - (1 - value) * logs[pixel].dark
                }
            }
        }
    }
}
