import Networks
import Tensors
import TestSupport
import Testing
import Training

/// β, learning rate and clipping, step by step, against numbers that Python and PyTorch derived.
@Suite("Schedules") struct ScheduleTests {
    struct Oracle: Decodable {
        struct Cyclical: Decodable {
            let total: Int
            let cycles: Int
            let ramp: Double
            let weights: [Double]
        }
        struct Controller: Decodable {
            let target: Double
            let start: Double
            let kls: [Double]
            let weights: [Double]
        }
        struct Clipping: Decodable {
            let gradients: [[Float]]
            let limit: Double
            let norm: Double
            let scale: Double
        }
        let cyclical: [Cyclical]
        let controller: Controller
        let clipping: [Clipping]
    }

    private let oracle: Oracle

    init() throws { oracle = try OracleFile.load("schedules.json") }

    @Test("cyclical β rises over the ramp and stays, in equal cycles, as Fu et al. write it")
    func cyclical() {
        for entry in oracle.cyclical {
            let schedule = KLSchedule(
                beta: 3, shape: .cyclical(cycles: entry.cycles, ramp: entry.ramp))
            for (step, weight) in entry.weights.enumerated() {
                let found = schedule.weight(
                    at: step, stepsPerEpoch: 1, totalSteps: entry.total)
                #expect(abs(found - 3 * weight) < 1e-12, "step \(step) of \(entry.total)")
            }
        }
    }

    @Test("cyclical β ends at its full value, whatever number of steps its cycles have")
    func cyclicalEnd() {
        for total in 8...60 {
            for cycles in 1...4 {
                let schedule = KLSchedule(beta: 2, shape: .cyclical(cycles: cycles, ramp: 0.99))
                #expect(
                    schedule.weight(at: total - 1, stepsPerEpoch: 1, totalSteps: total) == 2)
                #expect(schedule.weight(at: 0, stepsPerEpoch: 1, totalSteps: total) == 0)
            }
        }
    }

    @Test("linear β is 0 at the first step and full after the warm-up; without one it is full")
    func linear() {
        let schedule = KLSchedule(beta: 4, shape: .linear(epochs: 1.5))
        let found = (0..<8).map { schedule.weight(at: $0, stepsPerEpoch: 4, totalSteps: 8) }
        let expected: [Double] = [0, 1, 2, 3, 4, 5, 6, 6]
        #expect(zip(found, expected).allSatisfy { abs($0 - $1 * 4 / 6) < 1e-12 })
        for shape in [KLSchedule.Shape.constant, .linear(epochs: 0)] {
            let full = KLSchedule(beta: 4, shape: shape)
            #expect(full.weight(at: 0, stepsPerEpoch: 4, totalSteps: 8) == 4)
        }
    }

    @Test("the controller of β moves as its formula says, and not at all for what is no number")
    func controller() {
        let entry = oracle.controller
        var controller = KLController(target: entry.target, start: entry.start)
        for (kl, weight) in zip(entry.kls, entry.weights) {
            controller.observe(kl: kl)
            #expect(abs(controller.weight / weight - 1) < 1e-12)
        }
        let before = controller
        controller.observe(kl: .nan)
        controller.observe(kl: .infinity)
        #expect(controller == before)
    }

    @Test("the controller keeps β within its bounds")
    func controllerBounds() {
        for (kl, bound) in [(1000.0, 1e4), (0, 1e-4)] {
            var controller = KLController(target: 5, start: 1)
            for _ in 0..<3000 { controller.observe(kl: kl) }
            #expect(controller.weight == bound)
        }
    }

    @Test("gradients are clipped by their length over all parameters, as PyTorch does it")
    func clipping() {
        for entry in oracle.clipping {
            let buffers = entry.gradients.map { values in
                let buffer = Buffer(count: values.count)
                buffer.write(values[...])
                return buffer
            }
            let norm = GradientNorm.euclidean(buffers)
            #expect(abs(norm / entry.norm - 1) < 1e-6)
            let scale = GradientNorm.clippingScale(norm: norm, limit: entry.limit)
            #expect(abs(scale / entry.scale - 1) < 1e-6)
        }
    }

    @Test("a run's learning rates have so many arcs as restarts and one, each from the top")
    func restarts() throws {
        let run = try Run(
            BarImages.options(
                epochs: 4, learningRate: 1e-3, shape: .cosineRestarts(restarts: 3)))
        let rates = run.witness.steps.map(\.learningRate)
        let tops = rates.indices.filter { rates[$0] == 1e-3 }
        #expect(tops == [0, 7, 14, 21])
        #expect(rates.allSatisfy { $0 > 0 && $0 <= 1e-3 })
    }
}
