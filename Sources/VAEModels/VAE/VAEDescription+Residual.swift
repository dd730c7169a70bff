import Networks

extension VAEDescription {
    /// The residual VAE (He et al. 2016): the convolutional one's pyramid, each stage a residual block.
    ///
    /// A block's branch is a convolution that halves or doubles the map, normalisation, ReLU, a 3×3
    /// convolution that keeps its size, and normalisation; its shortcut is one strided convolution with
    /// normalisation; after the sum comes a ReLU. The decoder ends as the convolutional one's does.
    /// `benchmarks/torch_resnet.py` is the same model in PyTorch.
    public static func residual(
        image: FeatureShape, base: Int, latentSize: Int, pixels: PixelModel = PixelModel()
    ) -> VAEDescription {
        let pyramid = Pyramid(image: image, base: base)
        var encoder: [(String, Layer)] = []
        for level in 1...pyramid.depth {
            let block = pyramid.block(from: level - 1, to: level)
            encoder.append(("encoder.block\(level)", .residual(block)))
            encoder.append(("encoder.relu\(level)", .relu))
        }
        encoder.append(heads(latentSize: latentSize))

        var decoder: [(String, Layer)] = [
            ("decoder.project", .linear(Linear(output: pyramid.top)))
        ]
        for level in stride(from: pyramid.depth, to: 1, by: -1) {
            let index = pyramid.depth + 1 - level
            let block = pyramid.block(from: level, to: level - 1)
            decoder.append(("decoder.block\(index)", .residual(block)))
            decoder.append(("decoder.relu\(index)", .relu))
        }
        let last = pyramid.convolution(from: 1, to: 0, bias: .trained)
        decoder.append(("decoder.deconv\(pyramid.depth)", .transposedConvolution(last)))
        return VAEDescription(
            name: "vae_resnet",
            encoder: NetworkDescription(input: image, layers: encoder),
            decoder: NetworkDescription(input: FeatureShape(channels: latentSize), layers: decoder),
            pixels: pixels)
    }
}

extension Pyramid {
    /// The residual block between two neighbouring levels.
    fileprivate func block(from: Int, to: Int) -> Residual {
        let goesDown = to < from
        let resizing = convolution(from: from, to: to)
        let keeping = Convolution(
            outChannels: shapes[to].channels, kernel: 3, stride: 1, padding: 1,
            outputHeight: shapes[to].height, outputWidth: shapes[to].width, bias: .absorbed)
        let short = shortcut(from: from, to: to)
        return Residual(
            branch: [
                NamedLayer(
                    "conv1", goesDown ? .transposedConvolution(resizing) : .convolution(resizing)),
                NamedLayer("norm1", .batchNormalization),
                NamedLayer("relu1", .relu),
                NamedLayer("conv2", .convolution(keeping)),
                NamedLayer("norm2", .batchNormalization),
            ],
            shortcut: [
                NamedLayer(
                    "shortcut", goesDown ? .transposedConvolution(short) : .convolution(short)),
                NamedLayer("shortcut_norm", .batchNormalization),
            ])
    }

    /// 1×1 with stride 2 on the way up, which takes every other position; on the way down the smallest
    /// kernel that reaches every position of the larger map: 2 when its size is even, else 3 with padding 1.
    private func shortcut(from: Int, to: Int) -> Convolution {
        let target = shapes[to]
        let isEven = shapes[min(from, to)].height % 2 == 0
        let (kernel, padding) = to > from ? (1, 0) : isEven ? (2, 0) : (3, 1)
        return Convolution(
            outChannels: target.channels, kernel: kernel, stride: 2, padding: padding,
            outputHeight: target.height, outputWidth: target.width, bias: .absorbed)
    }
}
