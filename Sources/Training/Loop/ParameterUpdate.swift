import Networks
import Tensors

/// Moves the parameters of all of a model's networks after a step: clipping, optimiser, average.
struct ParameterUpdate {
    private let plans: [any TrainingPlan]
    private let gradients: [Buffer]
    private var optimizers: [any Optimizer]
    private let averages: [WeightAverage]
    private let clip: Double?
    private let averageDecay: Double?
    /// Updates so far.
    private(set) var steps = 0

    /// Optimisers with moments at zero; the averages start from the parameters as they are.
    init(_ plans: [any TrainingPlan], options: FittingOptions) {
        self.plans = plans
        gradients = plans.map(\.gradients)
        clip = options.gradientClip
        averageDecay = options.averageDecay
        optimizers = plans.map {
            options.optimizer.optimizer(
                count: $0.parameters.count, weightDecay: options.weightDecay)
        }
        averages =
            averageDecay.map { decay in
                plans.map { WeightAverage(of: $0.parameters, decay: decay) }
            } ?? []
    }

    /// Length of the gradient over all networks together; not finite when one of its numbers is not.
    func gradientNorm() -> Double {
        GradientNorm.euclidean(gradients)
    }

    /// One step of the optimisers with gradients whose length is `norm`.
    mutating func apply(learningRate: Double, norm: Double) {
        steps += 1
        let scale = clip.map { GradientNorm.clippingScale(norm: norm, limit: $0) } ?? 1
        for index in optimizers.indices {
            optimizers[index].beginStep()
            optimizers[index].update(
                plans[index].parameters, gradients: plans[index].gradients,
                learningRate: learningRate, gradientScale: scale)
        }
        guard let averageDecay else { return }
        let decay = min(averageDecay, Double(1 + steps) / Double(10 + steps))
        for (plan, average) in zip(plans, averages) {
            average.update(plan.parameters, decay: decay)
        }
    }
}

extension ParameterUpdate {
    /// Moments by the optimiser's name for each, then by parameter.
    func moments() throws -> [String: NamedTensors] {
        var all: [String: NamedTensors] = [:]
        for (plan, optimizer) in zip(plans, optimizers) {
            for (name, buffer) in optimizer.moments {
                for (parameter, tensor) in try plan.named(buffer).entries {
                    all[name, default: NamedTensors()][parameter] = tensor
                }
            }
        }
        return all
    }

    /// The averaged parameters by name; nil when none are kept.
    func average() throws -> NamedTensors? {
        guard averageDecay != nil else { return nil }
        var all = NamedTensors()
        for (plan, average) in zip(plans, averages) {
            for (name, tensor) in try plan.named(average.values).entries { all[name] = tensor }
        }
        return all
    }

    /// Goes on where `state` stands. Throws `ParameterMismatch` when it belongs to another model or
    /// to other options.
    mutating func restore(_ state: TrainingState) throws {
        steps = state.steps
        for index in optimizers.indices {
            for (name, buffer) in optimizers[index].moments {
                try plans[index].load(state.moments[name] ?? NamedTensors(), into: buffer)
            }
            optimizers[index].resume(after: state.steps)
        }
        for (plan, average) in zip(plans, averages) {
            try plan.load(state.average ?? NamedTensors(), into: average.values)
        }
    }
}

extension OptimizerChoice {
    /// The optimiser for a flat buffer of `count` numbers.
    fileprivate func optimizer(count: Int, weightDecay: Double) -> any Optimizer {
        switch self {
        case .adamW: AdamW(count: count, weightDecay: weightDecay)
        case .adam: Adam(count: count, weightDecay: weightDecay)
        case .sgd(let momentum):
            SGD(count: count, momentum: momentum, weightDecay: weightDecay)
        }
    }
}
