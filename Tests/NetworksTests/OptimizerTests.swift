import Networks
import Tensors
import TestSupport
import Testing

/// AdamW and the one-cycle rate against PyTorch's.
@Suite struct OptimizerTests {
    private struct File: Decodable {
        let adamW: [AdamWCase]
        let oneCycle: [OneCycleCase]
    }

    struct AdamWCase: Decodable, Sendable {
        let count: Int
        let steps: Int
        let rate: Double
        let weightDecay: Double
        let beta1: Double
        let beta2: Double
        let epsilon: Double
        let values: Probe
        let first: Probe
        let second: Probe
    }

    struct OneCycleCase: Decodable, Sendable {
        let peak: Double
        let totalSteps: Int
        let rates: [Double]
    }

    private let file: File

    init() throws {
        file = try OracleFile.load("optimizers.json")
    }

    @Test("AdamW takes torch.optim.AdamW's steps")
    func adamW() throws {
        #expect(file.adamW.count == 3)
        for entry in file.adamW {
            let (values, optimizer) = OptimizerTests.run(entry, steps: 0..<entry.steps)
            #expect(entry.values.deviation(of: values.read(entry.count)) < 1e-5)
            #expect(
                entry.first.deviation(of: optimizer.firstMoments.read(entry.count)) < 3e-5)
            #expect(
                entry.second.deviation(of: optimizer.secondMoments.read(entry.count)) < 3e-5)
        }
    }

    @Test("AdamW continues from its moments as if it had not stopped")
    func resumes() throws {
        let entry = try #require(file.adamW.first)
        let (whole, _) = OptimizerTests.run(entry, steps: 0..<entry.steps)
        let (half, before) = OptimizerTests.run(entry, steps: 0..<11)
        var after = OptimizerTests.optimizer(entry)
        after.firstMoments.write(before.firstMoments.read(entry.count))
        after.secondMoments.write(before.secondMoments.read(entry.count))
        after.resume(after: 11)
        OptimizerTests.take(entry, steps: 11..<entry.steps, &after, half)
        #expect(half.read(entry.count) == whole.read(entry.count))
    }

    @Test("a number without gradient only decays")
    func decay() throws {
        let entry = try #require(file.adamW.first)
        let (values, optimizer) = OptimizerTests.run(entry, steps: 0..<entry.steps)
        let start = Double(Wave.values(1, phase: 1)[0])
        let expected = (0..<entry.steps).reduce(start) { value, step in
            value * (1 - entry.rate / Double(1 + step) * entry.weightDecay)
        }
        #expect(abs(Double(values[0]) - expected) < 1e-6)
        #expect(optimizer.firstMoments[0] == 0)
        #expect(optimizer.secondMoments[0] == 0)
    }

    @Test("the one-cycle rate is OneCycleLR's at every step")
    func oneCycle() {
        #expect(file.oneCycle.count == 4)
        for entry in file.oneCycle {
            let schedule = LearningRateSchedule.oneCycle(
                peak: entry.peak, totalSteps: entry.totalSteps)
            for (step, expected) in entry.rates.enumerated() {
                #expect(abs(schedule.rate(at: step) - expected) < 1e-9 * entry.peak, "\(step)")
            }
        }
    }

    @Test("the one-cycle rate is a number whatever the length", arguments: 1...8)
    func shortCycle(totalSteps: Int) {
        let schedule = LearningRateSchedule.oneCycle(peak: 1, totalSteps: totalSteps)
        for step in 0..<totalSteps + 2 {
            #expect((0...1).contains(schedule.rate(at: step)))
        }
    }

    @Test("a constant rate is constant")
    func constant() {
        let schedule = LearningRateSchedule.constant(rate: 0.25)
        #expect([0, 1, 1_000_000].allSatisfy { schedule.rate(at: $0) == 0.25 })
    }

    private static func optimizer(_ entry: AdamWCase) -> AdamW {
        AdamW(
            count: entry.count, weightDecay: entry.weightDecay, beta1: entry.beta1,
            beta2: entry.beta2, epsilon: entry.epsilon)
    }

    private static func run(_ entry: AdamWCase, steps: Range<Int>) -> (Buffer, AdamW) {
        let values = Buffer(count: entry.count)
        values.write(Wave.values(entry.count, phase: 1))
        var optimizer = optimizer(entry)
        take(entry, steps: steps, &optimizer, values)
        return (values, optimizer)
    }

    private static func take(
        _ entry: AdamWCase, steps: Range<Int>, _ optimizer: inout AdamW, _ values: Buffer
    ) {
        let gradients = Buffer(count: entry.count)
        let scales: [Float] = [0.01, 0.1, 1, 10]
        for step in steps {
            gradients.write(
                Wave.values(entry.count, phase: Double(2 + step), scale: scales[step % 4]))
            gradients[0] = 0
            optimizer.beginStep()
            optimizer.update(
                values, gradients: gradients, learningRate: entry.rate / Double(1 + step))
        }
    }
}
