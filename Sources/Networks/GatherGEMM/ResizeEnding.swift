#if arch(x86_64)
    import CKernels
    import Tensors

    /// Bilinear resize of row-major planes.
    final class ResizeEnding: GatherOperation, GatherInferenceLayer {
        let name: String
        private let input: RowMajorValues
        private let output: RowMajorValues
        private var job: vk_bilinear

        init(
            _ stage: NetworkDescription.Stage, batch: Int, from input: RowMajorValues,
            to output: RowMajorValues
        ) {
            name = stage.name
            self.input = input
            self.output = output
            job = vk_bilinear(
                planes: batch * stage.input.channels, height: stage.input.height,
                width: stage.input.width, new_height: stage.output.height,
                new_width: stage.output.width)
        }

        func forward() { vk_bilinear_resize(&job, input.values.pointer, output.values.pointer) }

        func inputGradient() {
            guard let from = output.gradient, let to = input.gradient else { return }
            vk_bilinear_spread(&job, from.pointer, to.pointer)
        }
    }
#endif
