import VAEModels

/// The closed-form KL of each latent dimension, mean over images, nats: how much a dimension is used.
public struct KLPerDimension: Sendable, Hashable, Codable {
    /// KL by the dimension's own index.
    public let values: [Double]
    /// Dimensions from the most to the least used; equal ones by index.
    public let order: [Int]

    /// From the KL of each dimension.
    public init(values: [Double]) {
        self.values = values
        order = values.indices.sorted { (values[$1], $0) < (values[$0], $1) }
    }

    /// From the posteriors of `count` images.
    public init(_ posterior: Posterior, count: Int, latentSize: Int) {
        precondition(
            count > 0 && posterior.mean.count == count * latentSize,
            "\(posterior.mean.count) numbers are no \(count) codes of \(latentSize)")
        var sums = [Double](repeating: 0, count: latentSize)
        for image in 0..<count {
            for dimension in 0..<latentSize {
                sums[dimension] += posterior.divergence(at: image * latentSize + dimension)
            }
        }
        self.init(values: sums.map { $0 / Double(count) })
    }

    /// KL in `order`, descending.
    public var sorted: [Double] { order.map { values[$0] } }

    /// Running sum of `sorted`; the last is the whole KL.
    public var cumulative: [Double] {
        var total = 0.0
        return sorted.map { value in
            total += value
            return total
        }
    }
}
