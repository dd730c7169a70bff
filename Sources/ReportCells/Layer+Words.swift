import Networks

extension Layer {
    /// What a reader calls the layer.
    var spoken: String {
        switch self {
        case .convolution(let c): "convolution \(c.kernel)×\(c.kernel), stride \(c.stride)"
        case .transposedConvolution(let c):
            "transposed convolution \(c.kernel)×\(c.kernel), stride \(c.stride)"
        case .linear(let linear):
            linear.parts.count > 1
                ? "linear: " + linear.parts.map(\.name).joined(separator: ", ") : "linear"
        case .batchNormalization: "batch normalisation"
        case .groupNormalization(let groups): "group normalisation, \(groups) groups"
        case .relu: "ReLU"
        case .sigmoid: "sigmoid"
        case .dropout(let dropout):
            "dropout \(dropout.rate)" + (dropout.dropsChannels ? ", whole channels" : "")
        case .bilinearResize(let height, let width): "bilinear resize to \(height)×\(width)"
        case .residual(let residual):
            "residual: "
                + residual.branch.filter { $0.layer != .relu }.map(\.layer.spoken)
                .joined(separator: "; ")
        }
    }
}
