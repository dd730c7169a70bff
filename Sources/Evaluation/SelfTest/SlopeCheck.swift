import Networks
import Tensors
import VAEModels

/// Backpropagation against finite differences: the slope of the −ELBO along a random direction of all
/// weights of a small model, on the kernels that training uses.
enum SlopeCheck {
    private static let batch = 8
    /// Of several lengths the best counts: a long one may cross a ReLU's kink, a short one drowns in
    /// rounding.
    private static let lengths: [Float] = [1e-3, 3e-3, 1e-2]

    static func line() throws -> SelfCheck {
        let model = VAEDescription.convolutional(
            image: FeatureShape(channels: 1, height: 12, width: 12), base: 4, latentSize: 3)
        let plan = try VAETrainingPlan(model, batch: batch)
        try plan.load(model.initialParameters(seed: 1))
        plan.images.write(RandomSource(seed: 3).uniform(plan.images.count, for: .drawing))
        plan.prepare(RandomSource(seed: 4), step: 0)
        _ = try plan.step(beta: 1)
        let halves = [plan.encoder, plan.decoder]
        let starts = halves.map { $0.parameters.read($0.parameters.count) }
        let directions = halves.enumerated().map { number, half in
            direction(half, number: UInt64(number))
        }
        let slopes = zip(halves, directions).map { half, signs in
            zip(half.gradients.read(half.gradients.count), signs)
                .reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        }
        let errors = try lengths.map { length -> Double in
            let values = try [length, -length].map { step -> Double in
                for ((half, start), signs) in zip(zip(halves, starts), directions) {
                    half.parameters.write(zip(start, signs).map { $0 + step * $1 })
                }
                return try plan.step(beta: 1).objective
            }
            let found = (values[0] - values[1]) / (2 * Double(length))
            return abs(found - slopes.reduce(0, +)) / abs(slopes.reduce(0, +))
        }
        return SelfCheck(
            "slope of the −ELBO: backpropagation against differences, relative",
            errors.min() ?? .infinity, atMost: 1e-2)
    }

    /// The gradient's own direction with some of its numbers turned round, of unit length: a slope that
    /// does not drown, and where a wrong number shows.
    private static func direction(_ half: any TrainingPlan, number: UInt64) -> [Float] {
        let gradient = half.gradients.read(half.gradients.count)
        let uniform = RandomSource(seed: 6).uniform(
            gradient.count, for: .selection, step: number)
        let norm = gradient.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        return zip(gradient, uniform).map { value, chance in
            (chance < 0.2 ? -value : value) / Float(norm)
        }
    }
}
