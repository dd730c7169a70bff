#if arch(x86_64)
    import CKernels
    import Tensors

    /// A convolution, transposed convolution or linear layer between two maps in blocks.
    final class InnerLayer: GatherOperation {
        let name: String
        let multiplications: Int
        private let kernels: vk_gather_kernels
        private let toSmall: TermTable
        private let toBig: TermTable
        private let pairStarts: Table<UInt32>
        private let pairPositions: Table<UInt32>
        private let leadsToBig: Bool
        private let needsInputGradient: Bool
        private let input: GatherActivation
        private let output: GatherActivation
        private let link: PositionLink
        private let weights: (value: Buffer, gradient: Buffer)
        /// The weights for products from big to small; in float32 the parameters themselves.
        private let packed: Buffer
        /// The weights for products from small to big.
        private let transposed: Buffer
        private var forwardJob = vk_gather_job()
        private var weightJob = vk_weight_gradient_job()
        private var dataJob = vk_gather_job()

        /// `epilogue` is what the forward pass does with its tiles; `inputGradient` which part of its input's
        /// gradient the layer makes, nil for none.
        init(
            _ group: LayerGroup, kernels: vk_gather_kernels, input: GatherActivation,
            output: GatherActivation, weights: (value: Buffer, gradient: Buffer),
            epilogue: vk_epilogue, inputGradient: GatherActivation.GradientPart?
        ) {
            self.kernels = kernels
            needsInputGradient = inputGradient != nil
            self.input = input
            self.output = output
            self.weights = weights
            leadsToBig = group.leadsToBig
            link = group.link
            name = group.stage.name
            multiplications = link.pairs.count * input.map.channels * output.map.channels
            toSmall = TermTable(link.terms(toSmall: true))
            toBig = TermTable(link.terms(toSmall: false))
            let pairs = link.pairsByTap
            pairStarts = .starts(ofGroups: pairs.map(\.count))
            pairPositions = Table(pairs.flatMap { $0.flatMap { [$0.0, $0.1] } })
            let words = weights.value.count / BlockMap.block * kernels.row_words
            transposed = Buffer(count: words)
            packed = words < weights.value.count ? Buffer(count: words) : weights.value
            forwardJob = gather(
                from: input.value, input.map, to: output.map, toBig: leadsToBig, epilogue)
            dataJob = gather(
                from: output.gradient, output.map, to: input.map, toBig: !leadsToBig,
                input.gradientEpilogue(inputGradient ?? .whole))
            weightJob = weightGradient()
        }

        private func gather(
            from source: Buffer, _ sourceMap: BlockMap, to map: BlockMap, toBig: Bool,
            _ epilogue: vk_epilogue
        ) -> vk_gather_job {
            vk_gather_job(
                map: map.map, table: (toBig ? self.toBig : toSmall).table,
                input_blocks: sourceMap.blocks, taps: link.taps,
                input: UnsafePointer(source.pointer),
                weights: UnsafePointer((toBig ? transposed : packed).pointer),
                epilogue: epilogue)
        }

        private func weightGradient() -> vk_weight_gradient_job {
            let (big, small) = leadsToBig ? (output, input) : (input, output)
            let (bigValues, smallValues) =
                leadsToBig
                ? (output.gradientPairs, input.valuePairs)
                : (input.valuePairs, output.gradientPairs)
            return vk_weight_gradient_job(
                rows: big.map.rows, big_blocks: big.map.blocks, small_blocks: small.map.blocks,
                taps: link.taps, starts: UnsafePointer(pairStarts.pointer),
                positions: UnsafePointer(pairPositions.pointer),
                big: UnsafePointer(bigValues.pointer), small: UnsafePointer(smallValues.pointer),
                gradient: weights.gradient.pointer)
        }

        func forward() {
            prepareWeights(toBig: leadsToBig)
            kernels.gather(&forwardJob)
        }

        func parameterGradients() { kernels.weight_gradient(&weightJob) }

        func inputGradient() {
            guard needsInputGradient else { return }
            prepareWeights(toBig: !leadsToBig)
            kernels.gather(&dataJob)
        }

        /// Brings the parameters into the form that products in that direction read.
        private func prepareWeights(toBig: Bool) {
            let (small, big) = (weightJob.small_blocks, weightJob.big_blocks)
            if toBig {
                kernels.transpose_weights(
                    weights.value.pointer, transposed.pointer, small, link.taps, big)
            } else if packed !== weights.value {
                kernels.pack_weights(
                    weights.value.pointer, packed.pointer, small, link.taps, big)
            }
        }
    }
#endif
