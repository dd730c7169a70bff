#if arch(x86_64)
    extension LayerGroup {
        /// Where the weights lie.
        func weightPlaces(images: Int) -> ParameterPlaces {
            let (input, output) = (inputMap(images: images), outputMap(images: images))
            let (big, small) = leadsToBig ? (output, input) : (input, output)
            switch (place, stage.layer) {
            case (.inner, .linear):
                return .linear(small: small, big: big)
            case (.inner, _):
                return .convolution(small: small, big: big, taps: link.taps)
            case (.fromBorder, .convolution(let c)):
                return .border(inner: output, taps: stage.input.channels * c.kernel * c.kernel)
            case (_, .transposedConvolution(let c)):
                return .border(inner: input, taps: stage.output.channels * c.kernel * c.kernel)
            case (_, .convolution(let c)):
                return .mirroredBorder(
                    border: stage.output.channels, inner: input, area: c.kernel * c.kernel)
            default:
                preconditionFailure("\(stage.name) has no weights at the border")
            }
        }

        /// Where the bias lies; nil where there is none to train.
        func biasPlaces(images: Int) -> ParameterPlaces? {
            guard hasTrainedBias else { return nil }
            let map = outputMap(images: images)
            switch (place, stage.layer) {
            case (.toBorder, _):
                let channels = stage.output.channels
                return .vector(channels: channels, padded: channels)
            case (_, .linear):
                return .vector(
                    channels: map.channels, positions: map.positions, padded: map.paddedChannels)
            default:
                return .vector(channels: map.channels, padded: map.paddedChannels)
            }
        }

        /// Numbers that the group's parameters take.
        func parameterRoom(images: Int) -> Int {
            let channels = outputMap(images: images).paddedChannels
            let vector = ParameterPlaces.vector(channels: 0, padded: channels)
            let places =
                [weightPlaces(images: images), biasPlaces(images: images)].compactMap { $0 }
                + (normalization == nil ? [] : [vector, vector])
            return places.reduce(0) { $0 + GatherParameters.room(for: $1) }
        }
    }
#endif
