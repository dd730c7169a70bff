import Foundation
import Networks
import Tensors

/// The scale that a likelihood's densities share (σ, b or s), learned with the weights and kept in
/// checkpoints beside them.
///
/// After each step it moves towards the scale that fits the step's batch best, as Rybkin et al. 2021
/// recommend: σ² and b towards their optimum in closed form, the mean squared and the mean absolute error,
/// s, which has no closed form, by Fisher scoring. With G = ∂nats/∂log scale and I its Fisher
/// information, sums over the batch, and ρ the larger of 1/20 and 1/(step + 2), steps counted from 0:
///
///     σ² ← σ²·(1 − 2ρ·G/I),    b ← b·(1 − ρ·G/I),    s ← s·(1 − ρ·G/I)
///
/// So the scale is an average over the last twenty batches or so, in which the value at first counts as
/// one, and evaluation has a density that does not depend on the image it scores.
public struct PixelScale: Sendable, Hashable {
    /// The logarithm's name in checkpoints, a tensor of one number.
    public static let tensorName = "pixels.log_scale"

    /// Of what.
    public let pixels: PixelModel
    /// log of the scale in the pixels' own range.
    public private(set) var logarithm: Float

    private static let rate = 1.0 / 20

    /// ¼ of the range's unit, about the deviation of pixels; 0 as logarithm where none is learned.
    public init(_ pixels: PixelModel) {
        self.pixels = pixels
        logarithm = pixels.likelihood.learnsScale ? log(0.25 * Self.unit(pixels)) : 0
    }

    /// Reads it from a checkpoint's tensors; throws `ParameterMismatch`.
    public init(_ pixels: PixelModel, tensors: NamedTensors) throws {
        self.init(pixels)
        guard pixels.likelihood.learnsScale else { return }
        let found = tensors[Self.tensorName]
        guard let found, found.shape == [1], let value = found.values.first else {
            throw ParameterMismatch(
                name: Self.tensorName, expected: [1], found: found?.shape)
        }
        logarithm = value
    }

    /// The scale itself in the pixels' own range; nil where none is learned.
    public var value: Double? {
        pixels.likelihood.learnsScale ? exp(Double(logarithm)) : nil
    }

    /// What belongs in a checkpoint; nil where no scale is learned.
    var tensor: Tensor? {
        pixels.likelihood.learnsScale ? Tensor([1], [logarithm]) : nil
    }

    /// Moves after step `step`, counted from 0, with sums over its batch; what is no number moves
    /// nothing.
    mutating func learn(slope: Double, information: Double, step: UInt64) {
        guard information > 0, slope.isFinite, information.isFinite else { return }
        let share = max(Self.rate, 1 / Double(step + 2)) * slope / information
        let isSquare = pixels.likelihood == .gaussian
        let factor = max(1 - (isSquare ? 2 : 1) * share, 0.01)
        let moved = Double(logarithm) + log(factor) / (isSquare ? 2 : 1)
        let unit = Double(log(Self.unit(pixels)))
        logarithm = Float(min(max(moved, unit + lowest), unit + 2))
    }

    /// Of log scale on 0 … 1: pixels that are met exactly would let a density grow without end, which
    /// a probability does not.
    private var lowest: Double { pixels.likelihood == .discretizedLogistic ? -8 : -6 }

    private static func unit(_ pixels: PixelModel) -> Float {
        pixels.range == .zeroOne ? 1 : 2
    }
}

extension NamedTensors {
    /// The learned scale of the pixels' likelihood; nil where a checkpoint has none.
    public var pixelScale: Double? {
        self[PixelScale.tensorName]?.values.first.map { exp(Double($0)) }
    }
}
