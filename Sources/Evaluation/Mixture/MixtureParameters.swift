import Tensors

/// Weights, centres and covariances of a mixture while it is fitted, in float64.
package struct MixtureParameters: Sendable {
    /// Added to every variance, so that a component on few codes does not collapse on them.
    static let floor = 1e-6

    /// Share of each component.
    package var weights: [Double]
    /// `[components, size]`.
    package var means: LinearAlgebra.Matrix
    /// `[size, size]` each.
    package var covariances: [LinearAlgebra.Matrix]

    /// Parameters to begin a fit at.
    package init(
        weights: [Double], means: LinearAlgebra.Matrix, covariances: [LinearAlgebra.Matrix]
    ) {
        self.weights = weights
        self.means = means
        self.covariances = covariances
    }

    /// The lower triangles L of the covariances L Lᵀ.
    func factors() throws -> [LinearAlgebra.Matrix] {
        try covariances.map { covariance in
            guard let factor = LinearAlgebra.choleskyFactor(covariance) else {
                throw LinearAlgebraError.failed(routine: "dpotrf", code: 1)
            }
            return factor
        }
    }
}

/// What the maximisation needs of the codes: a block at a time is added to it.
struct MixtureSums {
    private var counts: [Double]
    private var sums: LinearAlgebra.Matrix
    private var products: [LinearAlgebra.Matrix]
    /// Centres that products are taken about, so that nothing cancels.
    private let centres: LinearAlgebra.Matrix

    init(around centres: LinearAlgebra.Matrix) {
        self.centres = centres
        let size = centres.columns
        counts = Array(repeating: 0, count: centres.rows)
        sums = LinearAlgebra.Matrix(rows: centres.rows, columns: size)
        products = Array(
            repeating: LinearAlgebra.Matrix(rows: size, columns: size), count: centres.rows)
    }

    /// Adds codes `[rows, size]` with their shares `[rows, components]`.
    mutating func add(_ codes: LinearAlgebra.Matrix, _ shares: LinearAlgebra.Matrix) {
        for component in counts.indices {
            let centred = codes.centred(on: centres.row(component))
            var weighted = centred
            for row in 0..<codes.rows {
                let share = shares[row, component]
                counts[component] += share
                for column in 0..<codes.columns {
                    weighted[row, column] *= share
                    sums[component, column] += weighted[row, column]
                }
            }
            let product = LinearAlgebra.product(transposed: weighted, centred)
            for index in product.values.indices {
                products[component].values[index] += product.values[index]
            }
        }
    }

    /// The likeliest parameters given the shares.
    var parameters: MixtureParameters {
        let size = centres.columns
        let total = counts.reduce(0, +)
        var means = centres
        var covariances = products
        for component in counts.indices {
            // A component that nothing belongs to stays where it is with the floor's variance.
            let count = max(counts[component], 1e-10)
            let shift = (0..<size).map { sums[component, $0] / count }
            for row in 0..<size {
                means[component, row] += shift[row]
                for column in 0..<size {
                    covariances[component][row, column] =
                        products[component][row, column] / count - shift[row] * shift[column]
                        + (row == column ? MixtureParameters.floor : 0)
                }
            }
        }
        return MixtureParameters(
            weights: counts.map { max($0, 1e-10) / total }, means: means, covariances: covariances)
    }
}
