import Glibc
import VAEModels

/// Posterior means and standard deviations of the scored images, as many as a cache should hold.
public struct LatentCodes: Sendable, Hashable, Codable {
    /// Most numbers kept of each kind; 10,000 codes of 32 fit.
    public static let capacity = 320_000

    /// Numbers in a code.
    public let latentSize: Int
    /// Images in the whole split.
    public let totalCount: Int
    /// Posterior means of the first `count` images, `[count, latentSize]`.
    public let means: CompactFloats
    /// Posterior standard deviations of the first `count` images, `[count, latentSize]`.
    public let deviations: CompactFloats

    /// Images whose codes are kept: the first ones.
    public var count: Int { latentSize == 0 ? 0 : means.values.count / latentSize }

    /// Keeps the codes of the first images of `posterior`, which holds `totalCount`.
    public init(_ posterior: Posterior, totalCount: Int, latentSize: Int) {
        precondition(posterior.mean.count == totalCount * latentSize)
        self.latentSize = latentSize
        self.totalCount = totalCount
        let kept = min(totalCount, max(1, Self.capacity / max(latentSize, 1))) * latentSize
        means = CompactFloats(Array(posterior.mean.prefix(kept)))
        deviations = CompactFloats(posterior.logVariance.prefix(kept).map { exp($0 / 2) })
    }

    /// The posterior mean of one kept image.
    public func mean(of image: Int) -> ArraySlice<Float> {
        means.values[image * latentSize..<(image + 1) * latentSize]
    }
}
