import CKernels
import Tensors

/// Dropout of numbers or channels of row-major maps; before the first draw nothing is dropped.
final class DropoutOperation: TrainingOperation {
    let output: Activation
    private let input: Activation
    private let rate: Float
    private let number: Int
    /// 0 or 1 / (1 − rate), one a number or one a channel.
    private let factors: Buffer

    /// Layer `number` of the network's dropout layers; `rows` are images × channels.
    init(_ dropout: Dropout, number: Int, rows: Int, input: Activation) {
        self.input = input
        self.number = number
        rate = dropout.rate
        output = Activation(input.value.layout)
        factors = Buffer(count: dropout.dropsChannels ? rows : input.count)
        factors.fill(1)
    }

    /// Chooses anew, as `TrainingPlan.drawDropout` promises.
    func draw(from source: RandomSource, step: UInt64, firstLayer: Int) {
        vk_dropout_factors(
            source.stream(.dropout, step * 64 + UInt64(firstLayer + number)), rate,
            factors.pointer, factors.count)
    }

    func forward() { multiply(input.value, to: output.value) }
    func backward() { multiply(output.gradient, to: input.gradient) }

    private func multiply(_ from: Laid, to: Laid) {
        vk_multiply_rows(
            from.buffer.pointer, factors.pointer, factors.count, input.count / factors.count,
            to.buffer.pointer)
    }

    var implementations: [String] { ["dropout"] }
}
