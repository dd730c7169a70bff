import Networks
import Tensors
import TestSupport
import Testing

/// One way to compile a network; every test of a plan runs for each.
struct PlanMaker: Sendable, CustomTestStringConvertible {
    let name: String
    /// Network, batch, whether the input's gradient is needed.
    let training: @Sendable (NetworkDescription, Int, Bool) throws -> any TrainingPlan
    let inference: @Sendable (NetworkDescription, Int, NamedTensors) throws -> any InferencePlan

    var testDescription: String { name }

    static let all = Plans.hasGatherGEMM ? [oneDNN, gatherGEMM] : [oneDNN]

    private static let oneDNN = PlanMaker(name: "oneDNN", kernels: .oneDNN)

    /// Gather-GEMM kernels, and oneDNN for the few networks that `KernelChoiceTests` names.
    private static let gatherGEMM = PlanMaker(name: "gather-GEMM", kernels: .automatic)

    private init(name: String, kernels: KernelChoice) {
        self.name = name
        training = {
            try Plans.training($0, batch: $1, needsInputGradient: $2, kernels: kernels)
        }
        inference = { try Plans.inference($0, batch: $1, tensors: $2, kernels: kernels) }
    }
}

extension ParameterDescription {
    /// The tests' initial numbers, from the same formula as in `Oracles/layers.py`; `index` counts
    /// over the whole network.
    func testValues(index: Int) -> Tensor {
        let (scale, offset): (Float, Float) =
            switch role {
            case .weight: (0.4, 0)
            case .bias: (0.2, 0)
            case .absorbedBias: (0, 0)
            case .scale: (0.3, 1)
            case .shift: (0.2, 0)
            case .runningMean: (0.5, 0)
            case .runningVariance: (0.5, 1)
            }
        let phase = Double(1 + index)
        return Tensor(
            shape, Wave.values(shape.count, phase: phase, scale: scale, offset: offset))
    }
}

extension NetworkDescription {
    /// The tests' numbers for every parameter and statistic.
    var testTensors: NamedTensors {
        var tensors = NamedTensors()
        for (index, parameter) in parameters.enumerated() {
            tensors[parameter.name] = parameter.testValues(index: index)
        }
        return tensors
    }
}
