import Networks
import Tensors
import TestSupport
import Testing

/// Adam, gradient descent, clipping, averages and warm restarts against PyTorch's and numpy's.
@Suite struct OtherOptimizerTests {
    private struct File: Decodable {
        let others: [Case]
        let averages: [Average]
        let cosineRestarts: [Restarts]
    }

    private struct Case: Decodable {
        let kind: String
        let count: Int
        let steps: Int
        let rate: Double
        let momentum: Double?
        let weightDecay: Double
        let limit: Double
        let values: Probe
        let norms: [Double]

        var optimizer: any Optimizer {
            kind == "adam"
                ? Adam(count: count, weightDecay: weightDecay)
                : SGD(count: count, momentum: momentum ?? 0, weightDecay: weightDecay)
        }

        func gradient(_ step: Int) -> [Float] {
            let scales: [Float] = [0.01, 0.1, 1, 10]
            return Wave.values(count, phase: Double(2 + step), scale: scales[step % 4])
        }
    }

    private struct Average: Decodable {
        let count: Int
        let steps: Int
        let decay: Double
        let values: Probe
    }

    private struct Restarts: Decodable {
        let peak: Double
        let firstCycle: Int
        let factor: Int
        let minimum: Double
        let rates: [Double]
    }

    private let file: File

    init() throws {
        file = try OracleFile.load("optimizers.json")
    }

    /// Takes steps with clipped gradients.
    private func take(
        _ entry: Case, _ steps: Range<Int>, _ optimizer: inout any Optimizer, _ values: Buffer
    ) {
        let gradients = Buffer(count: entry.count)
        for step in steps {
            gradients.write(entry.gradient(step))
            let norm = GradientNorm.euclidean([gradients])
            #expect(abs(norm / entry.norms[step] - 1) < 1e-6)
            optimizer.beginStep()
            optimizer.update(
                values, gradients: gradients, learningRate: entry.rate,
                gradientScale: GradientNorm.clippingScale(norm: norm, limit: entry.limit))
        }
    }

    @Test("Adam and SGD take torch.optim's steps, gradients clipped as clip_grad_norm_ does")
    func steps() {
        #expect(file.others.count == 5)
        for entry in file.others {
            let values = Buffer(count: entry.count)
            values.write(Wave.values(entry.count, phase: 1))
            var optimizer = entry.optimizer
            take(entry, 0..<entry.steps, &optimizer, values)
            #expect(entry.values.deviation(of: values.read(entry.count)) < 2e-5, "\(entry.kind)")
            #expect(optimizer.step == entry.steps)
        }
    }

    @Test("every optimiser continues from its moments as if it had not stopped")
    func resumes() {
        for entry in file.others {
            let (whole, half) = (Buffer(count: entry.count), Buffer(count: entry.count))
            for values in [whole, half] { values.write(Wave.values(entry.count, phase: 1)) }
            var first = entry.optimizer
            take(entry, 0..<entry.steps, &first, whole)
            var before = entry.optimizer
            take(entry, 0..<3, &before, half)
            var after = entry.optimizer
            for (to, from) in zip(after.moments, before.moments) {
                #expect(to.name == from.name)
                to.values.write(from.values.read(entry.count))
            }
            after.resume(after: 3)
            take(entry, 3..<entry.steps, &after, half)
            #expect(half.read(entry.count) == whole.read(entry.count))
        }
    }

    @Test("a gradient in two buffers is as long as in one, on any number of threads")
    func norm() {
        let values = Wave.values(200_003, phase: 1)
        func buffer(_ part: ArraySlice<Float>) -> Buffer {
            let buffer = Buffer(count: part.count)
            buffer.write(part)
            return buffer
        }
        let expected = values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        let whole = GradientNorm.euclidean([buffer(values[...])])
        let parts = GradientNorm.euclidean([buffer(values[..<70_000]), buffer(values[70_000...])])
        #expect(abs(whole / expected - 1) < 1e-6)
        #expect(abs(parts / expected - 1) < 1e-6)
        #expect(GradientNorm.clippingScale(norm: 0, limit: 1) == 1)
    }

    @Test("an average is numpy's")
    func averages() {
        for entry in file.averages {
            let parameters = Buffer(count: entry.count)
            parameters.write(Wave.values(entry.count, phase: 1))
            let average = WeightAverage(of: parameters, decay: entry.decay)
            for step in 0..<entry.steps {
                parameters.write(Wave.values(entry.count, phase: Double(2 + step)))
                average.update(parameters)
            }
            #expect(entry.values.deviation(of: average.values.read(entry.count)) < 1e-5)
        }
    }

    @Test("warm restarts are CosineAnnealingWarmRestarts' at every step")
    func restarts() {
        #expect(file.cosineRestarts.count == 3)
        for entry in file.cosineRestarts {
            let schedule = LearningRateSchedule.cosineRestarts(
                peak: entry.peak, firstCycle: entry.firstCycle, factor: entry.factor,
                minimum: entry.minimum)
            for (step, expected) in entry.rates.enumerated() {
                #expect(abs(schedule.rate(at: step) - expected) < 1e-9 * entry.peak, "\(step)")
            }
        }
    }
}
