import Datasets
import Glibc
import Networks
import Tensors
import VAEModels
import Words

/// A network on this machine's kernels with a code of one number, so that log p(x) is an integral over a
/// line: the trapezoidal rule against the bounds.
struct QuadratureChecks {
    private static let imageCount = 6
    private static let samples = 4_000
    /// The line is cut off at ±`reach` and has so many points.
    private static let reach = 9.0
    private static let points = 6_001
    /// The decoder's first weights.
    private static let entrance = "decoder.project.weight"

    let lines: [SelfCheck]

    init() throws {
        let shape = ImageShape(channels: 1, height: 8, width: 8)
        let network = VAEDescription.convolutional(
            image: FeatureShape(channels: 1, height: 8, width: 8), base: 4, latentSize: 1)
        var tensors = network.initialParameters(seed: 1)
        // Fresh weights hardly listen to the code, and then every bound is tight.
        if let weight = tensors[Self.entrance] {
            tensors[Self.entrance] = Tensor(weight.shape, weight.values.map { 8 * $0 })
        }
        let model = try CompiledVAE(network, tensors: tensors)
        let words = RandomSource(seed: 2).words(Self.imageCount * 64, for: .drawing)
        let images = EvaluationImages(
            ImageSet(pixels: words.map { $0 & 1 == 0 ? 0 : 255 }, labels: [], shape: shape))
        let truth = try Self.integrals(images.values(of: 0..<Self.imageCount), model)
        let posterior = try Posterior.encoding(images, with: model)
        let source = RandomSource(seed: 3)
        let bound = try ImportanceWeightedBound(
            model: model, images: images, posterior: posterior, samples: [Self.samples],
            source: source
        ).estimates.flatMap(\.bounds)
        let elbo = try ElboEvaluation(
            model: model, images: images, posterior: posterior, draws: 100, source: source
        ).bound
        let excess = SampleStatistics(zip(elbo, truth).map(-)).mean
        let largest = zip(bound, truth).reduce(0) { max($0, abs($1.0 - $1.1)) }
        lines = [
            SelfCheck(
                "a network's ELBO − log p(x) by the trapezoidal rule, nats", excess, atMost: 0.01),
            SelfCheck(
                "|IWAE-\(Quantity.text(Self.samples)) − log p(x)| of any image, nats", largest,
                atMost: 0.05),
        ]
    }

    /// log ∫ p(x|z) p(z) dz of each image.
    private static func integrals(_ images: [Float], _ model: CompiledVAE) throws -> [Double] {
        let step = 2 * reach / Double(points - 1)
        let line = (0..<points).map { Double($0) * step - reach }
        let codes = (0..<imageCount).flatMap { _ in line.map { Float($0) } }
        let logs = try model.logLikelihood(of: images, codes: codes, perImage: points)
        return (0..<imageCount).map { image in
            let joint = line.indices.map {
                Double(logs[image * points + $0]) - (line[$0] * line[$0] + log(2 * .pi)) / 2
            }
            let largest = joint.max() ?? 0
            return largest + log(joint.reduce(0) { $0 + exp($1 - largest) } * step)
        }
    }
}
