/// What a reconstruction is worth: the scores of copying the image, of always answering with the mean
/// training image and of PCA with as many numbers as the VAE's code, all clipped to 0 … 1.
public struct BaselineScores: Sendable {
    /// Copying the image: no error, infinite PSNR.
    public let identity: ReconstructionScores
    /// The mean of the training images for every image.
    public let meanImage: ReconstructionScores
    /// PCA fitted on the training images; nil when a code has more numbers than an image.
    public let principalComponents: ReconstructionScores?
    /// Directions that PCA keeps.
    public let componentCount: Int
    /// Training images that mean and PCA were fitted on.
    public let fittedCount: Int

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
        principalComponents =
            componentCount > size
            ? nil
            : ReconstructionScores(of: images, stage: "PCA-\(count)", progress: progress) {
                fit.reconstruct(fit.project($1))
            }
        self.componentCount = componentCount
        fittedCount = training.count
    }
}
