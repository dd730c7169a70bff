import Glibc
import Tensors

/// A mixture of Gaussians with full covariances in the space of codes, fitted after training: a prior
/// that follows where codes really lie (Ghosh et al. 2020, §4).
///
/// Numbers are kept as float32 and every density is that of the kept ones, so a mixture read from the
/// cache gives the numbers of the fresh one.
public struct MixturePrior: Sendable, Hashable, Codable {
    /// Numbers in a code.
    public let latentSize: Int
    /// Share of each component; they add up to 1.
    public let weights: [Double]
    /// Centre of each component, `[weights.count, latentSize]`.
    public let means: CompactFloats
    /// Lower triangle L of each covariance L Lᵀ, `[weights.count, latentSize, latentSize]`.
    public let factors: CompactFloats
    /// Codes that it was fitted to.
    public let fittedCount: Int
    /// Steps of expectation and maximisation that were taken.
    public let iterations: Int

    /// Components.
    public var count: Int { weights.count }

    /// The mixture with these parameters. Throws `LinearAlgebraError` for a covariance that is none.
    init(_ parameters: MixtureParameters, fittedCount: Int, iterations: Int) throws {
        latentSize = parameters.means.columns
        weights = parameters.weights
        means = CompactFloats(parameters.means.values)
        factors = CompactFloats(try parameters.factors().flatMap(\.values))
        self.fittedCount = fittedCount
        self.iterations = iterations
    }

    /// log density of codes `[any, latentSize]`, nats each.
    public func logDensities(_ codes: [Float]) throws -> [Double] {
        try MixtureDensity(self).logDensities(codes)
    }

    /// Codes `[uniform.count, latentSize]`: `uniform` numbers in 0 … 1 choose components, normal `noise`
    /// places the codes, `temperature` scales their distance from the component's centre.
    public func draw(uniform: [Float], noise: [Float], temperature: Float = 1) -> [Float] {
        precondition(
            noise.count == uniform.count * latentSize,
            "\(noise.count) normal numbers for \(uniform.count) codes of \(latentSize)")
        var codes: [Float] = []
        codes.reserveCapacity(noise.count)
        for (index, chance) in uniform.enumerated() {
            let component = component(at: Double(chance))
            let start = component * latentSize
            for row in 0..<latentSize {
                let line = (start + row) * latentSize
                var sum: Float = 0
                for column in 0...row {
                    sum += factors.values[line + column] * noise[index * latentSize + column]
                }
                codes.append(means.values[start + row] + temperature * sum)
            }
        }
        return codes
    }

    /// The component whose part of the line 0 … 1 holds `place`.
    private func component(at place: Double) -> Int {
        var end = 0.0
        for (index, weight) in weights.enumerated() {
            end += weight
            if place < end { return index }
        }
        return weights.count - 1
    }
}

extension MixtureDensity {
    /// The densities of a kept mixture.
    init(_ mixture: MixturePrior) throws {
        let size = mixture.latentSize
        let parts = (0..<mixture.count).map { component -> LinearAlgebra.Matrix in
            let range = component * size * size..<(component + 1) * size * size
            return LinearAlgebra.Matrix(
                rows: size, columns: size, values: mixture.factors.values[range].map { Double($0) })
        }
        try self.init(
            weights: mixture.weights,
            means: LinearAlgebra.Matrix(
                rows: mixture.count, columns: size,
                values: mixture.means.values.map { Double($0) }),
            factors: parts)
    }
}
