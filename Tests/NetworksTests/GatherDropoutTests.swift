import Networks
import Tensors
import TestSupport
import Testing

/// What dropout drops on gather-GEMM kernels: the numbers that `TrainingPlan.drawDropout` promises.
@Suite(.enabled(if: Plans.hasGatherGEMM, "needs a CPU with AVX-512"))
struct GatherDropoutTests {
    private let source = RandomSource(seed: 11)

    /// A 1×1 convolution that changes nothing, then dropout.
    private func kept(
        channels: Int, side: Int, batch: Int, _ dropout: Dropout, before: Int = 0,
        draws: Bool = true
    ) throws -> [Float] {
        let shape = FeatureShape(channels: channels, height: side, width: side)
        let copy = Layer.convolution(
            Convolution(
                outChannels: channels, kernel: 1, stride: 1, padding: 0, outputHeight: side,
                outputWidth: side, bias: .none))
        let network = NetworkDescription(
            input: shape, layers: [("copy", copy), ("dropout", .dropout(dropout))])
        let plan = try Plans.training(
            network, batch: batch, needsInputGradient: true, kernels: .gatherGEMM)
        let identity = (0..<channels * channels).map { Float($0 % (channels + 1) == 0 ? 1 : 0) }
        var tensors = NamedTensors()
        tensors["copy.weight"] = Tensor([channels, channels, 1, 1], identity)
        try plan.load(tensors)
        if draws { plan.drawDropout(from: source, step: 9, firstLayer: before) }
        plan.input.fill(1)
        plan.outputGradient.fill(1)
        try plan.forward()
        try plan.backward()
        let output = plan.output.read(batch * shape.count)
        #expect(try #require(plan.inputGradient).read(output.count) == output)
        return output
    }

    @Test(
        "number i, row-major, is dropped where uniform number i is below the rate",
        arguments: [(1, 1, 1), (3, 5, 7), (33, 3, 17), (70, 1, 130), (256, 2, 20)], [0, 3])
    func numbers(shape: (Int, Int, Int), before: Int) throws {
        let (channels, side, batch) = shape
        let found = try kept(
            channels: channels, side: side, batch: batch, Dropout(rate: 0.3), before: before)
        let uniform = source.uniform(
            found.count, for: .dropout, step: UInt64(9 * 64 + before))
        let scale: Float = 1 / (1 - 0.3)
        #expect(found == uniform.map { $0 < 0.3 ? 0 : scale })
    }

    @Test(
        "a whole map is dropped by one number of [batch, channels]",
        arguments: [(1, 3, 1), (5, 4, 18), (40, 2, 33)])
    func channels(shape: (Int, Int, Int)) throws {
        let (channels, side, batch) = shape
        let found = try kept(
            channels: channels, side: side, batch: batch,
            Dropout(rate: 0.5, dropsChannels: true))
        let uniform = source.uniform(batch * channels, for: .dropout, step: 9 * 64)
        #expect(
            found == uniform.flatMap { [Float](repeating: $0 < 0.5 ? 0 : 2, count: side * side) })
    }

    @Test("nothing is dropped at rate 0 or before the first draw")
    func nothing() throws {
        #expect(
            try kept(channels: 3, side: 4, batch: 5, Dropout(rate: 0)).allSatisfy { $0 == 1 })
        #expect(
            try kept(channels: 3, side: 4, batch: 5, Dropout(rate: 0.9), draws: false)
                .allSatisfy { $0 == 1 })
    }
}
