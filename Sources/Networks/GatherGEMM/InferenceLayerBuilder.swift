#if arch(x86_64)
    import CKernels
    import Tensors

    /// Makes the kernel calls of one group.
    struct InferenceLayerBuilder {
        let group: LayerGroup
        let folded: FoldedLayer
        let kernels: vk_gather_kernels
        let images: Int
        let isLast: Bool

        private var weights: Buffer {
            laid(folded.weight.values, group.weightPlaces(images: images))
        }

        private var bias: Buffer {
            let map = group.outputMap(images: images)
            let channels = group.place == .toBorder ? folded.bias.count : map.paddedChannels
            let isLinear = if case .linear = group.stage.layer { true } else { false }
            return laid(
                folded.bias,
                .vector(
                    channels: isLinear ? map.channels : folded.bias.count,
                    positions: isLinear ? map.positions : 1, padded: channels))
        }

        private func laid(_ plain: [Float], _ places: ParameterPlaces) -> Buffer {
            let buffer = Buffer(count: places.room)
            places.write(plain, to: buffer)
            return buffer
        }

        /// The calls, and in `current` the map they end with; nil at the border.
        func layers(
            reading current: inout InferenceMap?, border: (input: Buffer, output: Buffer)
        ) -> [any GatherInferenceLayer] {
            var layers: [any GatherInferenceLayer] = []
            if group.place != .fromBorder, current == nil {
                let packed = InferenceMap(group.inputMap(images: images), kernels: kernels)
                layers.append(
                    ValuesToBlocks(kernels: kernels, values: border.input, map: packed))
                current = packed
            }
            let output =
                group.place == .toBorder
                ? nil
                : InferenceMap(group.outputMap(images: images), kernels: kernels, isLast: isLast)
            layers.append(layer(from: current, to: output, border: border))
            current = output
            return layers
        }

        private func layer(
            from input: InferenceMap?, to output: InferenceMap?,
            border: (input: Buffer, output: Buffer)
        ) -> any GatherInferenceLayer {
            switch (input, output) {
            case (let input?, let output?):
                InferenceInner(
                    group, kernels: kernels, input: input, output: output, weights: weights,
                    bias: bias)
            case (let input?, nil):
                InferenceToBorder(
                    group, kernels: kernels, input: input, values: border.output, weights: weights,
                    bias: bias)
            case (nil, let output?):
                InferenceFromBorder(
                    group, kernels: kernels, values: border.input, output: output, weights: weights,
                    bias: bias)
            case (nil, nil):
                preconditionFailure("\(group.stage.name) reads and writes the border")
            }
        }
    }
#endif
