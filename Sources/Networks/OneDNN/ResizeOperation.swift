import CKernels
import Tensors

/// Bilinear resize of row-major maps, in training.
final class ResizeOperation: TrainingOperation {
    let output: Activation
    private let input: Activation
    private var resize: vk_bilinear

    /// `layout` is the new size's, row-major.
    init(_ stage: NetworkDescription.Stage, input: Activation, layout: Layout, batch: Int) {
        self.input = input
        output = Activation(layout)
        resize = vk_bilinear(stage, batch: batch)
    }

    func forward() {
        vk_bilinear_resize(&resize, input.value.buffer.pointer, output.value.buffer.pointer)
    }

    func backward() {
        vk_bilinear_spread(&resize, output.gradient.buffer.pointer, input.gradient.buffer.pointer)
    }

    var implementations: [String] { ["bilinear resize"] }
}

extension vk_bilinear {
    /// From the stage's input to its output.
    init(_ stage: NetworkDescription.Stage, batch: Int) {
        self.init(
            planes: batch * stage.input.channels, height: stage.input.height,
            width: stage.input.width, new_height: stage.output.height,
            new_width: stage.output.width)
    }
}
