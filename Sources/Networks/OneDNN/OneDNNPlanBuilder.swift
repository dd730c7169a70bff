import Tensors

/// Turns stages into operations, one after the other; layouts between them are oneDNN's choice where its
/// primitives run, and row-major where our own kernels do.
struct OneDNNPlanBuilder {
    let batch: Int
    let arena: ParameterArena
    let input: Activation
    private(set) var current: Activation
    private(set) var operations: [any TrainingOperation] = []
    private var features: FeatureShape
    private var needsGradient: Bool
    private var dropoutCount = 0

    init(
        _ network: NetworkDescription, batch: Int, arena: ParameterArena, needsInputGradient: Bool
    ) throws {
        self.batch = batch
        self.arena = arena
        features = network.input
        needsGradient = needsInputGradient
        input = Activation(try Layout(Self.shape(features, batch)))
        current = input
    }

    private static func shape(_ features: FeatureShape, _ batch: Int) -> Shape {
        [batch, features.channels, features.height, features.width]
    }

    mutating func add(_ stages: [NetworkDescription.Stage]) throws {
        var rest = stages[...]
        while let stage = rest.popFirst() {
            let isFused = rest.first?.layer == .relu && stage.canFuseReLU
            if isFused { rest.removeFirst() }
            try add(stage, relu: isFused)
            features = stage.output
        }
    }

    private mutating func add(_ stage: NetworkDescription.Stage, relu: Bool) throws {
        switch stage.layer {
        case .convolution, .transposedConvolution, .linear:
            try addWeighted(stage)
        case .batchNormalization:
            let operation = try NormalizationOperation(
                stage, relu: relu, input: current, batch: batch, arena: arena)
            append(operation, operation.output)
        case .groupNormalization(let groups):
            try makePlain()
            let operation = try GroupNormalizationOperation(
                stage, groups: groups, input: current, batch: batch, arena: arena)
            append(operation, operation.output)
        case .relu:
            let operation = try ReLUOperation(input: current)
            append(operation, operation.output)
        case .residual(let residual):
            try addResidual(residual, stage, relu: relu)
        case .sigmoid, .dropout, .bilinearResize:
            try makePlain()
            try addElementwise(stage)
        }
    }

    private mutating func addElementwise(_ stage: NetworkDescription.Stage) throws {
        switch stage.layer {
        case .dropout(let dropout):
            let operation = DropoutOperation(
                dropout, number: dropoutCount, rows: batch * features.channels, input: current)
            dropoutCount += 1
            append(operation, operation.output)
        case .bilinearResize:
            let layout = try Layout(Self.shape(stage.output, batch))
            let operation = ResizeOperation(stage, input: current, layout: layout, batch: batch)
            append(operation, operation.output)
        default:
            let operation = SigmoidOperation(input: current)
            append(operation, operation.output)
        }
    }

    /// A linear layer gives `[batch, rows]`, which is then seen as `[batch, channels, height, width]`.
    private mutating func addWeighted(_ stage: NetworkDescription.Stage) throws {
        let operation = try WeightedOperation(
            stage, input: current, batch: batch, arena: arena, needsInputGradient: needsGradient)
        append(operation, operation.output)
        if case .linear(let linear) = stage.layer {
            let reshape = try ReshapeOperation(
                input: current, from: [batch, linear.output.count],
                to: Self.shape(stage.output, batch))
            append(reshape, reshape.output)
        }
    }

    /// Both ways read the same map and have a gradient of it each.
    private mutating func addResidual(
        _ residual: Residual, _ stage: NetworkDescription.Stage, relu: Bool
    ) throws {
        let ways = residual.ways(from: stage.input, name: stage.name)
        let fork = ForkOperation(input: current)
        let needed = needsGradient
        if needed { operations.append(fork) }
        let branch = try end(of: ways.branch, from: fork.branch, needsGradient: needed)
        var shortcut = try end(of: ways.shortcut, from: fork.shortcut, needsGradient: needed)
        if shortcut.value.layout != branch.value.layout {
            let reorder = try ReshapeOperation(input: shortcut, layout: branch.value.layout)
            operations.append(reorder)
            shortcut = reorder.output
        }
        let sum = SumOperation(branch, shortcut, relu: relu)
        append(sum, sum.output)
    }

    private mutating func end(
        of way: NetworkDescription, from start: Activation, needsGradient: Bool
    ) throws -> Activation {
        current = start
        features = way.input
        self.needsGradient = needsGradient
        try add(way.stages)
        return current
    }

    private mutating func append(_ operation: any TrainingOperation, _ output: Activation) {
        operations.append(operation)
        current = output
        needsGradient = true
    }

    /// Makes the current map row-major, as it is at the border.
    mutating func makePlain() throws {
        let plain = try Layout(Self.shape(features, batch))
        guard current.value.layout != plain else { return }
        let reshape = try ReshapeOperation(input: current, layout: plain)
        append(reshape, reshape.output)
    }
}

extension NetworkDescription.Stage {
    /// Whether a ReLU behind the layer is part of its operation.
    fileprivate var canFuseReLU: Bool {
        switch layer {
        case .batchNormalization, .residual: true
        default: false
        }
    }
}
