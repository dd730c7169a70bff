/// Channels, height and width of one image or feature map; a plain vector is `[size, 1, 1]`.
public struct FeatureShape: Sendable, Hashable, CustomStringConvertible {
    /// Feature maps.
    public let channels: Int
    /// Rows.
    public let height: Int
    /// Columns.
    public let width: Int

    /// Sizes, each at least 1.
    public init(channels: Int, height: Int = 1, width: Int = 1) {
        precondition(
            channels > 0 && height > 0 && width > 0,
            "a feature shape has positive sizes: \(channels)×\(height)×\(width)")
        self.channels = channels
        self.height = height
        self.width = width
    }

    /// Numbers in one image.
    public var count: Int { channels * height * width }

    /// "channels×height×width".
    public var description: String { "\(channels)×\(height)×\(width)" }
}

/// One layer of a network, as a value: what it computes, not how.
public enum Layer: Sendable, Hashable {
    /// 2-D convolution, weight `[out, in, kernel, kernel]`.
    case convolution(Convolution)
    /// 2-D transposed convolution, weight `[in, out, kernel, kernel]` (PyTorch's ConvTranspose2d).
    case transposedConvolution(Convolution)
    /// Matrix product over the flattened input, weight `[out, in]`.
    case linear(Linear)
    /// Batch normalisation over images and positions (Ioffe & Szegedy 2015), ε = 1e-5, momentum 0.1.
    case batchNormalization
    /// Normalisation over positions and `groups` runs of channels of each image (Wu & He 2018),
    /// ε = 1e-5; needs no statistics at inference.
    case groupNormalization(groups: Int)
    /// max(x, 0).
    case relu
    /// 1 / (1 + e⁻ˣ).
    case sigmoid
    /// Zeros at random in training (Srivastava et al. 2014); nothing at inference.
    case dropout(Dropout)
    /// Bilinear resize of each channel, corners not aligned (PyTorch's `align_corners=False`).
    case bilinearResize(height: Int, width: Int)
    /// The sum of two ways from the same input (He et al. 2016).
    case residual(Residual)

    /// ε of both normalisations.
    package static var epsilon: Float { NormalizationOperation.epsilon }
}

/// A layer with its name in the state dictionary.
public struct NamedLayer: Sendable, Hashable {
    /// Prefix of its parameters, below that of what holds it.
    public let name: String
    /// What it computes.
    public let layer: Layer

    /// A layer under a name.
    public init(_ name: String, _ layer: Layer) {
        self.name = name
        self.layer = layer
    }
}

/// What a dropout layer sets to zero; what stays is divided by 1 − rate.
public struct Dropout: Sendable, Hashable {
    /// Probability of a zero, below 1.
    public let rate: Float
    /// Whether whole feature maps are dropped (PyTorch's Dropout2d) or single numbers.
    public let dropsChannels: Bool

    /// A rate from 0 up to, not including, 1.
    public init(rate: Float, dropsChannels: Bool = false) {
        precondition(rate >= 0 && rate < 1, "a dropout rate lies in 0 ..< 1: \(rate)")
        self.rate = rate
        self.dropsChannels = dropsChannels
    }
}

/// Two chains of layers on the same input whose outputs are added.
public struct Residual: Sendable, Hashable {
    /// The way that learns the difference.
    public let branch: [NamedLayer]
    /// The short way; empty for the input itself.
    public let shortcut: [NamedLayer]

    /// Both ways; their outputs must have one shape.
    public init(branch: [NamedLayer], shortcut: [NamedLayer] = []) {
        self.branch = branch
        self.shortcut = shortcut
    }
}

/// Geometry of a square convolution or of its transpose.
public struct Convolution: Sendable, Hashable {
    /// Channels that come out.
    public let outChannels: Int
    /// Rows and columns of the kernel.
    public let kernel: Int
    /// Step of the kernel over the larger image.
    public let stride: Int
    /// Zeros before the first row and column.
    public let padding: Int
    /// Rows and columns that come out.
    public let outputHeight: Int
    /// Columns that come out.
    public let outputWidth: Int
    /// Where the bias is.
    public let bias: Bias

    /// A convolution whose output size is stated, so that its transpose is unambiguous.
    public init(
        outChannels: Int, kernel: Int, stride: Int, padding: Int, outputHeight: Int,
        outputWidth: Int, bias: Bias
    ) {
        self.outChannels = outChannels
        self.kernel = kernel
        self.stride = stride
        self.padding = padding
        self.outputHeight = outputHeight
        self.outputWidth = outputWidth
        self.bias = bias
    }

    /// What becomes of a layer's bias.
    public enum Bias: Sendable, Hashable {
        /// Added and trained.
        case trained
        /// A normalisation follows and would subtract it again: never computed, saved as zeros so that
        /// PyTorch's layer finds it.
        case absorbed
        /// There is none, in the file neither (PyTorch's `bias=False`).
        case none
    }
}

/// A matrix product with bias whose output rows may belong to several named parts.
public struct Linear: Sendable, Hashable {
    /// Shape of what comes out; its count is the number of rows.
    public let output: FeatureShape
    /// Name and rows of each part, in order; one part with an empty name for an ordinary layer.
    public let parts: [Part]
    /// Where the bias is.
    public let bias: Convolution.Bias

    /// An ordinary linear layer.
    public init(output: FeatureShape, bias: Convolution.Bias = .trained) {
        self.output = output
        self.bias = bias
        parts = [Part(name: "", rows: output.count)]
    }

    /// Several layers on the same input, computed as one.
    public init(parts: [Part]) {
        self.parts = parts
        output = FeatureShape(channels: parts.reduce(0) { $0 + $1.rows })
        bias = .trained
    }

    /// Some rows of the matrix under a name of their own.
    public struct Part: Sendable, Hashable {
        /// Replaces the layer's name when not empty.
        public let name: String
        /// Rows.
        public let rows: Int

        /// Rows under a name.
        public init(name: String, rows: Int) {
            self.name = name
            self.rows = rows
        }
    }
}
