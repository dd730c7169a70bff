import CKernels
import Tensors

/// The start of two ways from one map: their gradients are added to its own.
struct ForkOperation: TrainingOperation {
    let branch: Activation
    let shortcut: Activation
    private let input: Activation

    init(input: Activation) {
        self.input = input
        branch = Activation(sharing: input.value)
        shortcut = Activation(sharing: input.value)
    }

    func forward() {}

    func backward() {
        vk_sum(
            branch.gradient.buffer.pointer, shortcut.gradient.buffer.pointer, false,
            input.gradient.buffer.pointer, input.count)
    }

    var implementations: [String] { [] }
}

/// The end of two ways: their sum, perhaps with a ReLU, in the layout that both have.
struct SumOperation: TrainingOperation {
    let output: Activation
    private let branch: Activation
    private let shortcut: Activation
    private let relu: Bool

    init(_ branch: Activation, _ shortcut: Activation, relu: Bool) {
        self.branch = branch
        self.shortcut = shortcut
        self.relu = relu
        output = Activation(branch.value.layout)
    }

    func forward() {
        vk_sum(
            branch.value.buffer.pointer, shortcut.value.buffer.pointer, relu,
            output.value.buffer.pointer, output.count)
    }

    func backward() {
        vk_sum_backward(
            output.value.buffer.pointer, output.gradient.buffer.pointer, relu,
            branch.gradient.buffer.pointer, shortcut.gradient.buffer.pointer, output.count)
    }

    var implementations: [String] { ["sum"] }
}
