import Networks
import Tensors

/// A classifier of images as a value, with a layer of features before its last one.
public struct ClassifierDescription: Sendable, Hashable {
    /// The name that reports use, such as `classifier_conv`.
    public let name: String
    /// Image in 0 … 1 to one logit a class.
    public let network: NetworkDescription
    /// Stages up to and including the features.
    public let featureDepth: Int

    /// Shape of an image.
    public var image: FeatureShape { network.input }
    /// Image to features.
    public var trunk: NetworkDescription { network.part(0..<featureDepth) }
    /// Features to logits.
    public var head: NetworkDescription { network.part(featureDepth..<network.stages.count) }
    /// Numbers in the features of an image.
    public var featureSize: Int { trunk.output.count }
    /// Classes.
    public var classCount: Int { network.output.count }
    /// Numbers that training changes.
    public var trainedCount: Int { network.trainedCount }

    /// A network whose stages after `featureDepth` tell classes from features.
    public init(name: String, network: NetworkDescription, featureDepth: Int) {
        precondition(
            (1..<network.stages.count).contains(featureDepth), "no features after \(featureDepth)")
        self.name = name
        self.network = network
        self.featureDepth = featureDepth
    }

    /// Three strided convolutions of 32, 64 and 128 channels with batch normalisation and ReLU, then
    /// `featureSize` numbers with ReLU, then one logit a class.
    public static func convolutional(
        image: FeatureShape, classes: Int, featureSize: Int = 64
    ) -> ClassifierDescription {
        let pyramid = Pyramid(image: image, base: 32, depth: 3)
        var layers: [(String, Layer)] = []
        for level in 1...pyramid.depth {
            let c = pyramid.convolution(from: level - 1, to: level)
            layers.append(("conv\(level)", .convolution(c)))
            layers.append(("norm\(level)", .batchNormalization))
            layers.append(("relu\(level)", .relu))
        }
        layers.append(
            ("features", .linear(Linear(output: FeatureShape(channels: featureSize)))))
        layers.append(("relu\(pyramid.depth + 1)", .relu))
        let depth = layers.count
        layers.append(("classes", .linear(Linear(output: FeatureShape(channels: classes)))))
        return ClassifierDescription(
            name: "classifier_conv", network: NetworkDescription(input: image, layers: layers),
            featureDepth: depth)
    }

    /// Fresh parameters for a seed.
    public func initialParameters(seed: UInt64) -> NamedTensors {
        network.initialParameters(RandomSource(seed: seed))
    }
}
