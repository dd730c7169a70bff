import Tensors

/// Everything that an epoch leaves behind and the next one needs.
public struct TrainingState: Sendable {
    /// Parameters and running statistics, PyTorch's names and layouts.
    public var tensors: NamedTensors
    /// The running average of the parameters by name; nil when none is kept.
    public var average: NamedTensors?
    /// The optimiser's moments by parameter name, under the optimiser's name for each.
    public var moments: [String: NamedTensors]
    /// Optimiser steps taken; steps that were not applied are none.
    public var steps: Int
    /// Steps that were not applied.
    public var skipped: SkippedSteps
    /// Where the controller of β stands; nil for a β that follows its schedule.
    public var klController: KLController?
    /// Epochs so far.
    public var history: TrainingHistory

    /// A state of known parts.
    public init(
        tensors: NamedTensors, average: NamedTensors? = nil,
        moments: [String: NamedTensors] = [:], steps: Int, skipped: SkippedSteps = SkippedSteps(),
        klController: KLController? = nil, history: TrainingHistory
    ) {
        self.tensors = tensors
        self.average = average
        self.moments = moments
        self.steps = steps
        self.skipped = skipped
        self.klController = klController
        self.history = history
    }

    /// The weights that are validated and evaluated: the averaged parameters with the running
    /// statistics as they are, or the weights themselves where no average is kept.
    public var evaluated: NamedTensors {
        var all = tensors
        for (name, tensor) in average?.entries ?? [] { all[name] = tensor }
        return all
    }
}

/// Steps whose loss or gradient was not finite, so that they were not applied.
public struct SkippedSteps: Sendable, Hashable, Codable {
    /// In the whole run.
    public private(set) var total = 0
    /// Since the last applied step.
    public private(set) var inARow = 0

    /// None.
    public init() {}

    /// Reads counts.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        total = try values.decodeCount(forKey: .total)
        inARow = try values.decodeCount(forKey: .inARow)
    }

    /// Where training gives up: so many in a row, or so many in all.
    static let limit = (inARow: 20, total: 100)

    var isTooMany: Bool { inARow >= Self.limit.inARow || total >= Self.limit.total }

    mutating func countSkipped() {
        total += 1
        inARow += 1
    }

    mutating func countApplied() { inARow = 0 }
}
