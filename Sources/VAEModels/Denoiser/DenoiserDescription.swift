import Networks
import Tensors

/// A denoising autoencoder (Vincent et al. 2008) as a value: spoiled image in, clean image out.
public struct DenoiserDescription: Sendable, Hashable {
    /// The name that reports use, such as `dae_conv`.
    public let name: String
    /// Image to image, both in 0 … 1.
    public let network: NetworkDescription
    /// Stages up to and including the bottleneck, whose output is the code.
    public let encoderDepth: Int

    /// Shape of an image.
    public var image: FeatureShape { network.input }
    /// Image to code.
    public var encoder: NetworkDescription { network.part(0..<encoderDepth) }
    /// Code to image.
    public var decoder: NetworkDescription { network.part(encoderDepth..<network.stages.count) }
    /// Numbers in a code.
    public var codeSize: Int { encoder.output.count }
    /// Every parameter in the order of PyTorch's state dictionary.
    public var parameters: [ParameterDescription] { network.parameters }
    /// Numbers that training changes.
    public var trainedCount: Int { network.trainedCount }

    /// A network that gives images of its input's shape.
    public init(name: String, network: NetworkDescription, encoderDepth: Int) {
        precondition(
            network.output == network.input,
            "a denoiser of \(network.input) gives \(network.output)")
        precondition(
            (1..<network.stages.count).contains(encoderDepth), "no code after \(encoderDepth)")
        self.name = name
        self.network = network
        self.encoderDepth = encoderDepth
    }

    /// Fresh parameters for a seed.
    public func initialParameters(seed: UInt64) -> NamedTensors {
        network.initialParameters(RandomSource(seed: seed))
    }
}
