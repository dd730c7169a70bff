import Networks
import Tensors
import VAEModels

/// The kernels of this CPU against oneDNN's, the reference, on a model like a report's.
enum KernelChecks {
    private static let batch = 16

    static func lines() throws -> [SelfCheck] {
        guard Plans.hasGatherGEMM else {
            return [
                SelfCheck(
                    "kernels of this CPU", expected: "oneDNN's where there is no AVX-512",
                    found: Plans.kernelsDescription, holds: true)
            ]
        }
        let model = VAEDescription.convolutional(
            image: FeatureShape(channels: 1, height: 28, width: 28), base: 16, latentSize: 8)
        var lines = [try gradients(model), try logits(model, .float32, within: 1e-5)]
        if Plans.hasGatherGEMM(in: .bfloat16) {
            lines.append(try logits(model, .bfloat16, within: 3e-2))
        }
        return lines
    }

    private static func gradients(_ model: VAEDescription) throws -> SelfCheck {
        let plans = try [KernelChoice.oneDNN, .gatherGEMM].map { kernels in
            let plan = try VAETrainingPlan(model, batch: batch, kernels: kernels)
            try plan.load(model.initialParameters(seed: 1))
            plan.images.write(uniform(plan.images.count))
            plan.prepare(RandomSource(seed: 4), step: 0)
            _ = try plan.step(beta: 1)
            return plan
        }
        var largest = 0.0
        for half in [\VAETrainingPlan.encoder, \VAETrainingPlan.decoder] {
            let found = try plans.map { try $0[keyPath: half].named($0[keyPath: half].gradients) }
            for (name, expected) in found[0].entries {
                let distance = distance(found[1][name]?.values ?? [], expected.values)
                largest = max(largest, distance)
            }
        }
        return SelfCheck(
            "gradients of our kernels against oneDNN's, relative", largest, atMost: 1e-3)
    }

    private static func logits(
        _ model: VAEDescription, _ precision: Precision, within limit: Double
    ) throws -> SelfCheck {
        let tensors = model.initialParameters(seed: 2)
        let codes = RandomSource(seed: 5).normal(batch * model.latentSize, for: .prior)
        let expected = try CompiledVAE(model, tensors: tensors, batch: batch, kernels: .oneDNN)
            .decode(codes)
        let found = try CompiledVAE(
            model, tensors: tensors, batch: batch, kernels: .gatherGEMM, precision: precision
        ).decode(codes)
        return SelfCheck(
            "logits of our \(precision.rawValue) kernels against oneDNN's, relative",
            distance(found, expected), atMost: limit)
    }

    private static func uniform(_ count: Int) -> [Float] {
        RandomSource(seed: 3).uniform(count, for: .drawing)
    }

    /// ‖a − b‖ / ‖b‖; infinite for lists of different lengths, or with a number that is none.
    private static func distance(_ a: [Float], _ b: [Float]) -> Double {
        guard a.count == b.count else { return .infinity }
        let squares = zip(a, b).reduce((difference: 0.0, size: 0.0)) { sum, pair in
            let difference = Double(pair.0) - Double(pair.1)
            return (
                sum.difference + difference * difference,
                sum.size + Double(pair.1) * Double(pair.1)
            )
        }
        let result = (squares.difference / max(squares.size, 1e-30)).squareRoot()
        return result.isNaN ? .infinity : result
    }
}
