import Datasets
import Glibc

/// How close reconstructions come to their images: squared error, PSNR and SSIM, one number an image.
///
/// Both images are clipped to 0 … 1 first.
public struct ReconstructionScores: Sendable {
    /// Where an image's own PSNR is held when it is copied exactly but others are not: a mean squared
    /// error of 10⁻¹⁰.
    public static let ceiling = 100.0

    /// Mean squared error over the pixels of each image.
    public let squaredErrors: [Double]
    /// SSIM of each image; nil for images with a side under 11 pixels.
    public let similarities: [Double]?

    /// Scores what `reconstruct` makes of each block's targets `[block.count, pixelCount]`.
    public init(
        of images: EvaluationImages, stage: String,
        progress: EvaluationProgress.Report = { _ in },
        reconstruct: (_ block: Range<Int>, _ targets: [Float]) throws -> [Float]
    ) rethrows {
        let similarity = StructuralSimilarity(images.shape)
        var errors: [Double] = []
        var similarities: [Double] = []
        for block in images.blocks {
            let targets = images.values(of: block)
            let copies = try reconstruct(block, targets).map { min(max($0, 0), 1) }
            errors.append(
                contentsOf: Self.squaredErrors(targets, copies, size: images.pixelCount))
            if let similarity {
                similarities.append(contentsOf: similarity.scores(targets, copies))
            }
            progress(
                EvaluationProgress(stage: stage, completed: block.upperBound, total: images.count))
        }
        squaredErrors = errors
        self.similarities = similarity == nil ? nil : similarities
    }

    /// PSNR of each image in dB: −10 log₁₀ of its mean squared error, at most `ceiling`.
    public var peakSignalToNoise: [Double] {
        squaredErrors.map { min(Self.decibels($0), Self.ceiling) }
    }

    /// Mean of the PSNR of each image; infinite when every image is copied exactly.
    public var meanPeakSignalToNoise: Double {
        if isExact { return .infinity }
        return SampleStatistics(peakSignalToNoise).mean
    }

    /// PSNR of the mean squared error over all pixels of all images; infinite for exact copies.
    public var pooledPeakSignalToNoise: Double {
        Self.decibels(SampleStatistics(squaredErrors).mean)
    }

    /// True when every image is copied exactly.
    public var isExact: Bool { squaredErrors.allSatisfy { $0 == 0 } }

    private static func decibels(_ squaredError: Double) -> Double {
        squaredError == 0 ? .infinity : -10 * log10(squaredError)
    }

    private static func squaredErrors(
        _ targets: [Float], _ copies: [Float], size: Int
    ) -> [Double] {
        precondition(targets.count == copies.count, "\(copies.count) of \(targets.count) pixels")
        return stride(from: 0, to: targets.count, by: size).map { start in
            var sum = 0.0
            for index in start..<start + size {
                let error = Double(targets[index] - copies[index])
                sum += error * error
            }
            return sum / Double(size)
        }
    }
}
