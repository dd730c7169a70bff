import Datasets
import Dispatch
import Files
import Glibc

/// Structural similarity (Wang et al. 2004): 11×11 Gaussian window with σ = 1.5, K₁ = 0.01, K₂ = 0.03,
/// data range 1, population covariance, 5 pixels cropped on each side, mean over channels.
///
/// The numbers of scikit-image's `structural_similarity` with `gaussian_weights=True`, `sigma=1.5`,
/// `use_sample_covariance=False`, `data_range=1`. Eight image planes are worked on side by side, one
/// in each lane of a vector; the window is applied along columns, then along rows.
public struct StructuralSimilarity: Sendable {
    /// Pixels on a side of the window; smaller images have no score.
    public static let windowSize = 11
    private static let planesAtOnce = 256

    private let shape: ImageShape
    private let outputHeight: Int
    private let outputWidth: Int
    private let window: [Double]

    /// A score for images of a shape; nil when a side is shorter than the window.
    public init?(_ shape: ImageShape) {
        guard min(shape.height, shape.width) >= Self.windowSize else { return nil }
        self.shape = shape
        outputHeight = shape.height - Self.windowSize + 1
        outputWidth = shape.width - Self.windowSize + 1
        let radius = Self.windowSize / 2
        let weights = (-radius...radius).map { exp(-Double($0 * $0) / (2 * 1.5 * 1.5)) }
        let total = weights.reduce(0, +)
        window = weights.map { $0 / total }
    }

    /// The similarity of each pair of images `[count, channels, height, width]` in 0 … 1.
    public func scores(_ images: [Float], _ others: [Float]) -> [Double] {
        precondition(
            images.count == others.count && images.count % shape.pixelCount == 0,
            "\(images.count) and \(others.count) numbers, images of \(shape.pixelCount)")
        let planes = images.count / (shape.height * shape.width)
        let chunks = (planes + Self.planesAtOnce - 1) / Self.planesAtOnce
        let results = Guarded([Double](repeating: 0, count: planes))
        DispatchQueue.concurrentPerform(iterations: chunks) { chunk in
            let start = chunk * Self.planesAtOnce
            let range = start..<min(planes, start + Self.planesAtOnce)
            let values = planeScores(images, others, range)
            results.withLock { $0.replaceSubrange(range, with: values) }
        }
        let all = results.withLock { $0 }
        return stride(from: 0, to: planes, by: shape.channels).map { first in
            all[first..<first + shape.channels].reduce(0, +) / Double(shape.channels)
        }
    }

    private func planeScores(
        _ images: [Float], _ others: [Float], _ planes: Range<Int>
    ) -> [Double] {
        let size = shape.height * shape.width
        var pixels = [LocalMoments](repeating: LocalMoments(), count: size)
        var columns = [LocalMoments](repeating: LocalMoments(), count: outputHeight * shape.width)
        var scores: [Double] = []
        for first in stride(from: planes.lowerBound, to: planes.upperBound, by: LocalMoments.lanes)
        {
            let used = min(LocalMoments.lanes, planes.upperBound - first)
            for pixel in 0..<size {
                pixels[pixel].load(images, others, at: first * size + pixel, step: size, used: used)
            }
            filterColumns(pixels, into: &columns)
            let sums = totalSimilarity(columns)
            for lane in 0..<used {
                scores.append(sums[lane] / Double(outputHeight * outputWidth))
            }
        }
        return scores
    }

    private func filterColumns(_ pixels: [LocalMoments], into columns: inout [LocalMoments]) {
        for index in columns.indices {
            var moments = LocalMoments()
            for tap in 0..<Self.windowSize {
                moments.add(pixels[index + tap * shape.width], weight: window[tap])
            }
            columns[index] = moments
        }
    }

    /// Sum over the output's pixels of the similarity of eight pairs of planes.
    private func totalSimilarity(_ columns: [LocalMoments]) -> LocalMoments.Lanes {
        var total = LocalMoments.Lanes.zero
        for row in 0..<outputHeight {
            for column in 0..<outputWidth {
                var moments = LocalMoments()
                for tap in 0..<Self.windowSize {
                    moments.add(columns[row * shape.width + column + tap], weight: window[tap])
                }
                total += moments.similarity
            }
        }
        return total
    }
}

/// Moments of a pair of pixels or of a window round them, for eight pairs of planes.
private struct LocalMoments {
    typealias Lanes = SIMD8<Double>

    static let lanes = 8
    private static let luminanceConstant = 0.01 * 0.01
    private static let contrastConstant = 0.03 * 0.03

    private var first = Lanes.zero
    private var second = Lanes.zero
    private var squares = Lanes.zero
    private var product = Lanes.zero

    /// Takes the pixel at `index` of a plane, at `index + step` of the next one, and so on.
    mutating func load(
        _ images: [Float], _ others: [Float], at index: Int, step: Int, used: Int
    ) {
        for lane in 0..<used {
            first[lane] = Double(images[index + lane * step])
            second[lane] = Double(others[index + lane * step])
        }
        squares = first * first + second * second
        product = first * second
    }

    mutating func add(_ other: LocalMoments, weight: Double) {
        first += other.first * weight
        second += other.second * weight
        squares += other.squares * weight
        product += other.product * weight
    }

    /// Wang et al. 2004, eq. 13.
    var similarity: Lanes {
        let means = first * second
        let meanSquares = first * first + second * second
        let luminance =
            (means * 2 + Self.luminanceConstant)
            / (meanSquares + Self.luminanceConstant)
        let contrast =
            ((product - means) * 2 + Self.contrastConstant)
            / (squares - meanSquares + Self.contrastConstant)
        return luminance * contrast
    }
}
