#if arch(x86_64)
    import Tensors

    /// Numbers and their gradient, row-major; no gradient at inference.
    struct RowMajorValues {
        let values: Buffer
        let gradient: Buffer?

        init(count: Int, trains: Bool) {
            values = Buffer(count: count)
            gradient = trains ? Buffer(count: count) : nil
        }
    }

    /// Layers after the last product, from its row-major output to the network's.
    struct RowMajorEnding {
        typealias Operation = GatherOperation & GatherInferenceLayer

        /// Where the last product writes.
        let input: RowMajorValues
        /// The network's output.
        let output: RowMajorValues
        let operations: [any Operation]

        /// `lastCount` numbers an image come from the last product.
        init(
            _ stages: [NetworkDescription.Stage], lastCount: Int, batch: Int, trains: Bool
        ) {
            input = RowMajorValues(count: batch * lastCount, trains: trains)
            var current = input
            var operations: [any Operation] = []
            for stage in stages {
                let next = RowMajorValues(count: batch * stage.output.count, trains: trains)
                if stage.layer == .sigmoid {
                    operations.append(SigmoidEnding(stage, from: current, to: next))
                } else {
                    operations.append(ResizeEnding(stage, batch: batch, from: current, to: next))
                }
                current = next
            }
            output = current
            self.operations = operations
        }
    }
#endif
