import Datasets
import Evaluation
import Glibc
import Tensors
import VAEModels

/// Images of 16 pixels that two hidden numbers light, eight each, along a curve that no linear code
/// follows; with models of them that are right, or wrong in one way each.
struct CurvedWorld {
    /// How the two hidden numbers of an image go together.
    enum Pairing {
        /// Independent standard normal numbers: the prior's own shape.
        case independent
        /// Of equal size, so that half of the prior's plane holds no image.
        case diagonal
    }

    static let noise = 0.05

    /// What the pixels of one hidden number are.
    static func pixels(_ hidden: Double) -> [Double] {
        (0..<8).map { 0.5 + 0.4 * tanh(1.5 * (hidden + 2 - 4 * Double($0) / 7)) }
    }

    /// `count` images.
    static func images(_ count: Int, seed: UInt64, _ pairing: Pairing = .independent) -> ImageSet {
        let random = RandomSource(seed: seed)
        let hidden = random.normal(2 * count, for: .prior)
        let grain = random.normal(16 * count, for: .evaluation)
        let pixels = (0..<count).flatMap { image -> [UInt8] in
            let first = Double(hidden[2 * image])
            var second = Double(hidden[2 * image + 1])
            if pairing == .diagonal { second = second < 0 ? -first : first }
            return zip(
                Self.pixels(first) + Self.pixels(second), grain[16 * image..<16 * image + 16]
            )
            .map { UInt8(min(max(($0 + noise * Double($1)) * 255, 0), 255)) }
        }
        return ImageSet(
            pixels: pixels, labels: [], shape: ImageShape(channels: 1, height: 4, width: 4))
    }
}

/// A model of the curved world.
final class CurvedModel: VAEInference {
    /// What is wrong with it.
    enum Fault {
        /// Nothing: posteriors are right, and the codes look like the prior.
        case none
        /// Codes four times as far out as the prior expects.
        case spread
        /// Posteriors equal to the prior, and one image for all.
        case collapsed
        /// Wide posteriors, and a decoder that hardly moves.
        case timid
        /// Noise for codes off the diagonals, where no image is.
        case holes
    }

    let latentSize = 2
    let pixelCount = 16
    private let fault: Fault
    private let scale: Double
    private let spread: Double
    private let grid = stride(from: -4.0, through: 4, by: 0.02).map { ($0, CurvedWorld.pixels($0)) }

    init(_ fault: Fault) {
        self.fault = fault
        scale = fault == .spread ? 4 : 1
        spread = fault == .timid ? 0.3 : CurvedWorld.noise
    }

    func encode(_ images: [Float]) -> Posterior {
        var posterior = Posterior(mean: [], logVariance: [])
        for start in stride(from: 0, to: images.count, by: 8) {
            let (mean, variance) = code(images[start..<start + 8].map { Double($0) })
            posterior.mean.append(Float(mean))
            posterior.logVariance.append(Float(log(variance)))
        }
        return posterior
    }

    private func code(_ pixels: [Double]) -> (mean: Double, variance: Double) {
        if fault == .collapsed { return (0, 1) }
        let (hidden, variance) = likeliest(pixels)
        return fault == .timid
            ? (0.75.squareRoot() * hidden, 0.25) : (scale * hidden, scale * scale * variance)
    }

    /// The hidden number that explains the pixels best under the prior of its codes, and Laplace's
    /// variance around it.
    private func likeliest(_ pixels: [Double]) -> (Double, Double) {
        let variance = CurvedWorld.noise * CurvedWorld.noise
        func cost(_ hidden: Double, _ found: [Double]) -> Double {
            let squares = zip(pixels, found).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
            return squares / variance + scale * scale * hidden * hidden
        }
        var hidden = grid.min { cost($0.0, $0.1) < cost($1.0, $1.1) }?.0 ?? 0
        var precision = 1.0
        for _ in 0..<3 {
            let found = CurvedWorld.pixels(hidden)
            let slopes = CurvedWorld.pixels(hidden + 1e-4).indices.map {
                (CurvedWorld.pixels(hidden + 1e-4)[$0] - found[$0]) / 1e-4
            }
            precision = scale * scale + slopes.reduce(0) { $0 + $1 * $1 } / variance
            let pull = zip(zip(pixels, found), slopes).reduce(0) { $0 + ($1.0.0 - $1.0.1) * $1.1 }
            hidden += (pull / variance - scale * scale * hidden) / precision
        }
        return (hidden, 1 / precision)
    }

    func decode(_ codes: [Float]) -> [Float] {
        stride(from: 0, to: codes.count, by: 2).flatMap { start -> [Float] in
            let (first, second) = (Double(codes[start]) / scale, Double(codes[start + 1]) / scale)
            let image = CurvedWorld.pixels(first) + CurvedWorld.pixels(second)
            switch fault {
            case .none, .spread: return image.map { Float($0) }
            case .collapsed: return image.map { _ in 0.5 }
            case .timid: return image.map { Float(0.5 + 0.08 * ($0 - 0.5)) }
            case .holes:
                let sizes = [abs(first), abs(second)].sorted()
                let isOff = sizes[1] > 0.4 && sizes[0] < 0.3 * sizes[1]
                return image.map { isOff ? 0.95 : Float($0) }
            }
        }
    }

    func reconstruct(_ codes: [Float]) -> [Float] { decode(codes) }

    func logLikelihood(of images: [Float], codes: [Float], perImage: Int) -> [Float] {
        let means = decode(codes)
        let constant = log(2 * Double.pi * spread * spread) * Double(pixelCount)
        return (0..<means.count / pixelCount).map { row in
            let image = row / perImage * pixelCount
            let squares = (0..<pixelCount).reduce(0.0) { sum, pixel in
                let error = Double(images[image + pixel]) - Double(means[row * pixelCount + pixel])
                return sum + error * error
            }
            return Float(-(squares / (spread * spread) + constant) / 2)
        }
    }
}

/// Four numbers of each image of 16 pixels: the means of its rows.
final class RowsExtractor: FeatureExtractor {
    let featureSize = 4
    let featureTitle = "means of rows"

    func features(_ images: [Float]) -> [Float] {
        stride(from: 0, to: images.count, by: 4).map { images[$0..<$0 + 4].reduce(0, +) / 4 }
    }
}
