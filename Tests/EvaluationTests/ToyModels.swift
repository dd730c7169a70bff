import Glibc
import Tensors
import VAEModels

/// A linear encoder and a linear decoder of Bernoulli logits; PyTorch computes the same in
/// Oracles/make_oracles.py.
final class LinearBernoulliModel: VAEInference {
    let latentSize = 3
    let pixelCount = 12
    private let decoder: [Double]
    private let offset: [Double]
    private let toMean: [Double]
    private let toLogVariance: [Double]
    /// The pixels that make_oracles.py draws after the weights.
    let remaining: SharedGenerator

    init() {
        var generator = SharedGenerator(seed: 9)
        decoder = generator.signed(36).map { $0 * 2 }
        offset = generator.signed(12)
        toMean = generator.signed(36)
        toLogVariance = generator.signed(36)
        remaining = generator
    }

    func encode(_ images: [Float]) -> Posterior {
        Posterior(
            mean: linear(images, toMean, from: 12, offset: [0, 0, 0]),
            logVariance: linear(images, toLogVariance, from: 12, offset: [-1, -1, -1]))
    }

    func decode(_ codes: [Float]) -> [Float] {
        linear(codes, decoder, from: 3, offset: offset)
    }

    func logLikelihood(of images: [Float], codes: [Float], perImage: Int) -> [Float] {
        Kernels.bernoulliNats(
            logits: decode(codes), targets: images, size: pixelCount, perTarget: perImage
        ).map { -$0 }
    }

    func reconstruct(_ codes: [Float]) -> [Float] {
        Kernels.sigmoid(decode(codes))
    }
}

/// p(z) = N(0, I), p(x|z) = N(Wz, s²I) with orthogonal columns of W, so that the posterior is a diagonal
/// Gaussian and log p(x) has a closed form. `spread` = 1 gives the exact posterior, anything else a
/// worse one.
final class LinearGaussianModel: VAEInference {
    let latentSize = 2
    let pixelCount = 4
    private static let noiseVariance = 0.25
    // Orthogonal columns of squared length 4 and 1.
    private static let weights: [Double] = [1, 0.5, 1, -0.5, 1, 0.5, 1, -0.5]
    private static let columnSquares = [4.0, 1.0]
    private let spread: Double

    init(spread: Double) {
        self.spread = spread
    }

    func encode(_ images: [Float]) -> Posterior {
        var mean: [Float] = []
        var logVariance: [Float] = []
        for start in stride(from: 0, to: images.count, by: pixelCount) {
            for column in 0..<latentSize {
                let precision = 1 + Self.columnSquares[column] / Self.noiseVariance
                let product = (0..<pixelCount).reduce(0.0) {
                    $0 + Self.weights[$1 * 2 + column] * Double(images[start + $1])
                }
                mean.append(Float(product / Self.noiseVariance / precision))
                logVariance.append(Float(log(spread * spread / precision)))
            }
        }
        return Posterior(mean: mean, logVariance: logVariance)
    }

    func decode(_ codes: [Float]) -> [Float] {
        linear(codes, Self.weights, from: 2, offset: [0, 0, 0, 0])
    }

    func logLikelihood(of images: [Float], codes: [Float], perImage: Int) -> [Float] {
        let means = decode(codes)
        return (0..<means.count / pixelCount).map { row in
            let image = row / perImage
            let squares = (0..<pixelCount).reduce(0.0) { sum, pixel in
                let error =
                    Double(images[image * pixelCount + pixel])
                    - Double(means[row * pixelCount + pixel])
                return sum + error * error
            }
            let normaliser = log(2 * .pi * Self.noiseVariance) * Double(pixelCount)
            return Float(-(squares / Self.noiseVariance + normaliser) / 2)
        }
    }

    func reconstruct(_ codes: [Float]) -> [Float] {
        decode(codes)
    }

    /// log N(x; 0, WWᵀ + s²I), by the eigenvectors that W's columns are.
    func logMarginal(_ image: [Float]) -> Double {
        let squares = image.reduce(0.0) { $0 + Double($1) * Double($1) }
        var along = 0.0
        var sum = 0.0
        for column in 0..<latentSize {
            let product = (0..<pixelCount).reduce(0.0) {
                $0 + Self.weights[$1 * 2 + column] * Double(image[$1])
            }
            let energy = product * product / Self.columnSquares[column]
            let variance = Self.columnSquares[column] + Self.noiseVariance
            along += energy
            sum += energy / variance + log(2 * .pi * variance)
        }
        let others = Double(pixelCount - latentSize)
        sum += (squares - along) / Self.noiseVariance
        sum += others * log(2 * .pi * Self.noiseVariance)
        return -sum / 2
    }
}

/// Rows of `values` times a matrix `[outputs, from]`, plus an offset.
private func linear(
    _ values: [Float], _ matrix: [Double], from inputs: Int, offset: [Double]
) -> [Float] {
    stride(from: 0, to: values.count, by: inputs).flatMap { start in
        offset.indices.map { output in
            Float(
                (0..<inputs).reduce(offset[output]) {
                    $0 + matrix[output * inputs + $1] * Double(values[start + $1])
                })
        }
    }
}
