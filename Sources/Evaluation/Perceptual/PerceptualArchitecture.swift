/// The trunks of the learned perceptual distance, as layers of torchvision's `features`; widths come from
/// the file's tensors.
///
/// Raw values are the `lpips` package's names.
public enum PerceptualArchitecture: String, Sendable, CaseIterable {
    /// AlexNet (Krizhevsky 2014), five taps.
    case alexNet = "alex"
    /// SqueezeNet 1.1 (Iandola et al. 2016), seven taps.
    case squeezeNet = "squeeze"

    /// One layer of `features`.
    enum Layer {
        /// A convolution and its ReLU.
        case convolution(index: Int, kernel: Int, stride: Int, padding: Int)
        /// The largest of 3×3, stride 2; `ceil` keeps a last window that is cut off by the border.
        case pool(ceil: Bool)
        /// Squeeze to few channels, expand by 1×1 and 3×3, both joined; a ReLU after each.
        case fire(index: Int)
        /// What is compared.
        case tap
    }

    /// What a reader calls it.
    public var title: String {
        switch self {
        case .alexNet: "AlexNet"
        case .squeezeNet: "SqueezeNet 1.1"
        }
    }

    /// The architecture whose names the tensors have; nil when they have neither's.
    init?(_ weights: PerceptualWeights) {
        let names = Set(weights.tensors.names)
        if names.contains(where: { $0.hasSuffix(".squeeze.weight") }) {
            self = .squeezeNet
        } else if names.contains("features.3.weight") || names.contains("features.0.weight") {
            self = .alexNet
        } else {
            return nil
        }
    }

    /// Layers in order.
    var layers: [Layer] {
        switch self {
        case .alexNet:
            [
                .convolution(index: 0, kernel: 11, stride: 4, padding: 2), .tap,
                .pool(ceil: false), .convolution(index: 3, kernel: 5, stride: 1, padding: 2), .tap,
                .pool(ceil: false), .convolution(index: 6, kernel: 3, stride: 1, padding: 1), .tap,
                .convolution(index: 8, kernel: 3, stride: 1, padding: 1), .tap,
                .convolution(index: 10, kernel: 3, stride: 1, padding: 1), .tap,
            ]
        case .squeezeNet:
            [
                .convolution(index: 0, kernel: 3, stride: 2, padding: 0), .tap,
                .pool(ceil: true), .fire(index: 3), .fire(index: 4), .tap,
                .pool(ceil: true), .fire(index: 6), .fire(index: 7), .tap,
                .pool(ceil: true), .fire(index: 9), .tap, .fire(index: 10), .tap,
                .fire(index: 11), .tap, .fire(index: 12), .tap,
            ]
        }
    }
}
