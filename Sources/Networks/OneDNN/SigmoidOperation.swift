import CKernels
import Tensors

/// The logistic function of a row-major map, in training.
struct SigmoidOperation: TrainingOperation {
    let output: Activation
    private let input: Activation

    init(input: Activation) {
        self.input = input
        output = Activation(input.value.layout)
    }

    func forward() {
        vk_sigmoid(input.value.buffer.pointer, 1, output.value.buffer.pointer, input.count)
    }

    func backward() {
        vk_logistic_backward(
            output.value.buffer.pointer, output.gradient.buffer.pointer,
            input.gradient.buffer.pointer, input.count)
    }

    var implementations: [String] { ["sigmoid"] }
}
