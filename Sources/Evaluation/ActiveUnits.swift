import VAEModels

/// Dimensions whose posterior mean varies with the image: Var_x(E_q[z_j]) > 0.01 (Burda et al. 2016,
/// §5.2), over every image of the split.
public struct ActiveUnits: Sendable, Hashable, Codable {
    /// Above this variance a dimension is active.
    public static let threshold = 0.01

    /// Population variance over images of each dimension's posterior mean.
    public let variances: [Double]

    /// From the posteriors of `count` images.
    public init(_ posterior: Posterior, count: Int, latentSize: Int) {
        precondition(
            count > 0 && posterior.mean.count == count * latentSize,
            "\(posterior.mean.count) numbers are no \(count) codes of \(latentSize)")
        variances = (0..<latentSize).map { dimension in
            let column = (0..<count).lazy.map {
                Double(posterior.mean[$0 * latentSize + dimension])
            }
            let mean = column.reduce(0, +) / Double(count)
            return column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
        }
    }

    /// Indices of the active dimensions.
    public var active: [Int] { variances.indices.filter { variances[$0] > Self.threshold } }
}
