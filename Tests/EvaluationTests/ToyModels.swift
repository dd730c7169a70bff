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
