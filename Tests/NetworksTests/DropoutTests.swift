import Networks
import Tensors
import TestSupport
import Testing

/// What dropout drops, from the random numbers that `TrainingPlan.drawDropout` promises.
@Suite struct DropoutTests {
    private static let batch = 6
    private static let source = RandomSource(seed: 9)

    /// Two dropout layers around a ReLU, one of numbers and one of channels.
    private static let network = NetworkDescription(
        input: FeatureShape(channels: 5, height: 3, width: 4),
        layers: [
            ("first", .dropout(Dropout(rate: 0.25))), ("relu", .relu),
            ("second", .dropout(Dropout(rate: 0.5, dropsChannels: true))),
        ])

    private func plan() throws -> any TrainingPlan {
        let plan = try Plans.training(
            Self.network, batch: Self.batch, needsInputGradient: true)
        try plan.load(NamedTensors())
        plan.input.fill(1)
        plan.outputGradient.fill(1)
        return plan
    }

    /// Factor of every number after the layers' draws at `step`, `firstLayer` layers coming before.
    private func factors(step: UInt64, firstLayer: UInt64) -> [Float] {
        let shape = Self.network.input
        let (count, rows) = (Self.batch * shape.count, Self.batch * shape.channels)
        let numbers = Self.source.uniform(
            count, for: .dropout, step: step * 64 + firstLayer)
        let channels = Self.source.uniform(
            rows, for: .dropout, step: step * 64 + firstLayer + 1)
        return numbers.enumerated().map { index, number in
            let kept = number >= 0.25 && channels[index / (count / rows)] >= 0.5
            return kept ? Float(1 / 0.75) * 2 : 0
        }
    }

    @Test("before the first draw nothing is dropped")
    func nothing() throws {
        let plan = try plan()
        try plan.forward()
        try plan.backward()
        #expect(plan.output.read(plan.output.count).allSatisfy { $0 == 1 })
        #expect(plan.inputGradient?.read(plan.input.count).allSatisfy { $0 == 1 } ?? false)
    }

    @Test(
        "numbers below the rate are dropped, the others grow, and gradients go the same way",
        arguments: [0, 1, 77] as [UInt64], [0, 3])
    func dropped(step: UInt64, firstLayer: Int) throws {
        let plan = try plan()
        plan.drawDropout(from: Self.source, step: 12, firstLayer: 0)
        plan.drawDropout(from: Self.source, step: step, firstLayer: firstLayer)
        try plan.forward()
        try plan.backward()
        let expected = factors(step: step, firstLayer: UInt64(firstLayer))
        #expect(plan.output.read(expected.count) == expected)
        #expect(plan.inputGradient?.read(expected.count) == expected)
        #expect(expected.contains(0) && expected.contains { $0 > 0 })
    }

    @Test("at inference nothing is dropped")
    func inference() throws {
        let plan = try Plans.inference(Self.network, batch: 2, tensors: NamedTensors())
        plan.input.fill(0.5)
        try plan.forward()
        #expect(plan.output.read(plan.output.count).allSatisfy { $0 == 0.5 })
    }
}
