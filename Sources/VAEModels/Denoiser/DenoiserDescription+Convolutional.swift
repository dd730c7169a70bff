import Networks
import Tensors

extension DenoiserDescription {
    /// Groups of a normalisation at most.
    private static let mostGroups = 32

    /// Whether `base` channels, and 2, 4 and 8 times as many, fall into min(32, channels) equal groups:
    /// 1 to 4, 8, 16 and multiples of 32.
    public static func allows(base: Int) -> Bool {
        base > 0
            && [base, 2 * base, 4 * base, 8 * base].allSatisfy { $0 % min(mostGroups, $0) == 0 }
    }

    /// The convolutional denoising autoencoder that many PyTorch users have: three halvings, group
    /// normalisation, ReLU and dropout of a tenth of the feature maps after every convolution but the last;
    /// three doublings, a sigmoid, and a bilinear resize where the doublings overshoot the image.
    ///
    /// `base` must be one that `allows(base:)`.
    public static func convolutional(
        image: FeatureShape, base: Int = 64
    ) -> DenoiserDescription {
        precondition(allows(base: base), "\(base) channels do not fall into equal groups")
        var chain = Chain(shape: image)
        chain.addBlock("encoder.0.block", channels: base, stride: 1)
        for index in 1...3 {
            chain.addBlock("encoder.\(index).block", channels: base << index, stride: 2)
        }
        chain.addBlock("bottleneck.block", channels: base << 3, stride: 1)
        let depth = chain.layers.count
        for index in 0..<3 {
            chain.addDoubling(firstIndex: 4 * index, channels: base << (2 - index))
        }
        let (height, width) = (chain.shape.height, chain.shape.width)
        let last = Convolution(
            outChannels: image.channels, kernel: 3, stride: 1, padding: 1, outputHeight: height,
            outputWidth: width, bias: .trained)
        chain.layers += [
            ("decoder.12", .convolution(last)), ("decoder.13", .sigmoid),
        ]
        if (height, width) != (image.height, image.width) {
            chain.layers.append(
                ("resize", .bilinearResize(height: image.height, width: image.width)))
        }
        return DenoiserDescription(
            name: "dae_conv", network: NetworkDescription(input: image, layers: chain.layers),
            encoderDepth: depth)
    }

    /// The convolutional autoencoder whose state dictionary `tensors` are, for images of `height` ×
    /// `width`. Throws `ParameterMismatch` when they are another model's.
    public init(matching tensors: NamedTensors, height: Int, width: Int) throws {
        let first = "encoder.0.block.0.weight"
        let sizes = tensors[first]?.shape.sizes ?? []
        guard sizes.count == 4, sizes[2] == 3, sizes[3] == 3, sizes[1] > 0,
            Self.allows(base: sizes[0])
        else {
            throw ParameterMismatch(
                name: first, expected: [64, 1, 3, 3], found: tensors[first]?.shape)
        }
        self = .convolutional(
            image: FeatureShape(channels: sizes[1], height: height, width: width), base: sizes[0])
        for parameter in parameters { _ = try tensors.tensor(for: parameter) }
    }

    /// Layers so far and the shape they lead to.
    private struct Chain {
        var shape: FeatureShape
        var layers: [(name: String, layer: Layer)] = []

        /// A 3×3 convolution without bias that keeps or halves the size, then what always follows.
        mutating func addBlock(_ name: String, channels: Int, stride: Int) {
            shape = FeatureShape(
                channels: channels, height: (shape.height + stride - 1) / stride,
                width: (shape.width + stride - 1) / stride)
            let c = convolution(kernel: 3, stride: stride)
            addActivated((0..<4).map { "\(name).\($0)" }, .convolution(c))
        }

        /// A transposed convolution without bias that doubles the size, then what always follows.
        mutating func addDoubling(firstIndex: Int, channels: Int) {
            shape = FeatureShape(
                channels: channels, height: 2 * shape.height, width: 2 * shape.width)
            let c = convolution(kernel: 4, stride: 2)
            addActivated(
                (firstIndex..<firstIndex + 4).map { "decoder.\($0)" }, .transposedConvolution(c))
        }

        private func convolution(kernel: Int, stride: Int) -> Convolution {
            Convolution(
                outChannels: shape.channels, kernel: kernel, stride: stride, padding: 1,
                outputHeight: shape.height, outputWidth: shape.width, bias: .none)
        }

        private mutating func addActivated(_ names: [String], _ layer: Layer) {
            let groups = min(DenoiserDescription.mostGroups, shape.channels)
            let dropout = Dropout(rate: 0.1, dropsChannels: true)
            let all = [layer, .groupNormalization(groups: groups), .relu, .dropout(dropout)]
            layers += zip(names, all).map { (name: $0, layer: $1) }
        }
    }
}
