import Tensors

/// Expectation and maximisation (Dempster et al. 1977) of a mixture of Gaussians with full covariances,
/// begun from k-means; scikit-learn's `GaussianMixture` takes the same steps.
package struct MixtureFit {
    /// Most steps.
    package static let mostIterations = 100
    /// Gain of the mean log density, nats, below which the fit has settled.
    package static let tolerance = 1e-3
    /// Steps of k-means before it begins.
    private static let clusterIterations = 10

    /// What was found.
    package private(set) var parameters: MixtureParameters
    /// Steps taken.
    package private(set) var iterations = 0
    private let codes: [Float]
    private let size: Int

    /// A fit to codes `[any, size]` that begins at `start`.
    package init(_ codes: [Float], size: Int, start: MixtureParameters) {
        precondition(codes.count % size == 0, "\(codes.count) numbers, codes of \(size)")
        self.codes = codes
        self.size = size
        parameters = start
    }

    /// A fit of `components` that begins where k-means ends, whose first centres `source` draws.
    package init(_ codes: [Float], size: Int, components: Int, source: RandomSource) {
        let clusters = CodeClusters(
            codes, size: size, count: components, iterations: Self.clusterIterations,
            source: source)
        var sums = MixtureSums(around: clusters.centres)
        for block in MixtureDensity.blocks(count: codes.count / size) {
            sums.add(
                LinearAlgebra.Matrix(codes, rows: block, size: size), clusters.shares(of: block))
        }
        self.init(codes, size: size, start: sums.parameters)
    }

    /// Steps until a step gains less than `tolerance`, or `most` of them are taken.
    package mutating func run(
        most: Int = Self.mostIterations, tolerance: Double = Self.tolerance,
        progress: EvaluationProgress.Report = { _ in }
    ) throws {
        var before = -Double.infinity
        for step in 0..<most {
            progress(
                EvaluationProgress(
                    stage: "fitting the mixture", completed: step, total: most, unit: "steps"))
            let now = try self.step()
            iterations += 1
            if now - before < tolerance { return }
            before = now
        }
    }

    /// One step; the mean log density of the codes before it, nats.
    private mutating func step() throws -> Double {
        let density = try MixtureDensity(
            weights: parameters.weights, means: parameters.means, factors: parameters.factors())
        var sums = MixtureSums(around: parameters.means)
        var total = 0.0
        let count = codes.count / size
        for block in MixtureDensity.blocks(count: count) {
            let rows = LinearAlgebra.Matrix(codes, rows: block, size: size)
            let (logs, shares) = MixtureDensity.normalised(density.joint(rows))
            sums.add(rows, shares)
            total += logs.reduce(0, +)
        }
        parameters = sums.parameters
        return total / Double(count)
    }

    /// The mixture as it is kept.
    package func prior() throws -> MixturePrior {
        try MixturePrior(parameters, fittedCount: codes.count / size, iterations: iterations)
    }
}
