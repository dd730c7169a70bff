extension NetworkDescription {
    /// About how many bytes of feature maps one image takes on its way through: those of layers that
    /// compute new ones, in blocks of 16 channels as kernels lay them out.
    public var featureBytes: Int {
        stagesInDepth.reduce(0) { bytes, stage in
            switch stage.layer {
            case .batchNormalization, .groupNormalization, .relu, .sigmoid, .dropout: bytes
            case .convolution, .transposedConvolution, .linear, .bilinearResize, .residual:
                bytes + stage.output.blockedBytes
            }
        }
    }
}

extension FeatureShape {
    /// Bytes as float32; a map of more than one place is padded to blocks of 16 channels.
    fileprivate var blockedBytes: Int {
        let places = height * width
        return 4 * places * (places == 1 ? channels : (channels + 15) / 16 * 16)
    }
}
