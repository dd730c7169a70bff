#if arch(x86_64)
    import CKernels
    import Tensors

    /// The logistic function on row-major numbers.
    final class SigmoidEnding: GatherOperation, GatherInferenceLayer {
        let name: String
        private let input: RowMajorValues
        private let output: RowMajorValues

        init(
            _ stage: NetworkDescription.Stage, from input: RowMajorValues, to output: RowMajorValues
        ) {
            name = stage.name
            self.input = input
            self.output = output
        }

        func forward() {
            vk_sigmoid(input.values.pointer, 1, output.values.pointer, input.values.count)
        }

        func inputGradient() {
            guard let from = output.gradient, let to = input.gradient else { return }
            vk_logistic_backward(output.values.pointer, from.pointer, to.pointer, to.count)
        }
    }
#endif
