import Foundation

/// The density of one dimension of the aggregate posterior, (1/N) Σ N(μ_i, σ_i²), on a grid.
struct AggregateDensity: Sendable {
    /// Values of the dimension, evenly spaced.
    let grid: [Double]
    /// q(z_j) at each.
    let density: [Double]

    /// - Parameters:
    ///   - dimension: which column of `means` and `deviations`, both `[images, latentSize]`.
    ///   - reach: the grid goes from −reach to reach.
    init(
        means: [Float], deviations: [Float], latentSize: Int, dimension: Int, reach: Double,
        gridCount: Int = 161
    ) {
        let step = 2 * reach / Double(gridCount - 1)
        let grid = (0..<gridCount).map { Double($0) * step - reach }
        var sums = [Double](repeating: 0, count: gridCount)
        var count = 0.0
        for index in stride(from: dimension, to: means.count, by: latentSize) {
            // A posterior narrower than the grid would fall between its points.
            let (mean, deviation) = (Double(means[index]), max(Double(deviations[index]), step / 2))
            guard mean.isFinite, deviation.isFinite else { continue }
            count += 1
            let first = max(0, Int(((mean - 6 * deviation + reach) / step).clamped.rounded(.up)))
            let last = min(
                gridCount - 1, Int(((mean + 6 * deviation + reach) / step).clamped.rounded(.down)))
            guard first <= last else { continue }
            for place in first...last {
                let distance = (grid[place] - mean) / deviation
                sums[place] += exp(-distance * distance / 2) / deviation
            }
        }
        let scale = 1 / (max(count, 1) * (2 * Double.pi).squareRoot())
        self.grid = grid
        density = sums.map { $0 * scale }
    }

    /// The density of N(0, 1).
    static func prior(_ value: Double) -> Double {
        exp(-value * value / 2) / (2 * Double.pi).squareRoot()
    }

    /// The share of N(0, 1) below a value.
    static func priorShare(below value: Double) -> Double { erfc(-value / 2.0.squareRoot()) / 2 }

    /// The share of the aggregate posterior below each value of the grid.
    var shares: [Double] {
        guard let first = density.first, grid.count > 1 else { return [] }
        let step = grid[1] - grid[0]
        var sum = first * step / 2
        var shares = [sum]
        for (left, right) in zip(density, density.dropFirst()) {
            sum += (left + right) / 2 * step
            shares.append(sum)
        }
        return shares
    }

    /// The largest |F(z) − Φ(z)| on the grid: 0 for the prior itself.
    var distance: Double {
        zip(grid, shares).map { abs($1 - Self.priorShare(below: $0)) }.max() ?? .nan
    }

    /// The value below which `share` lies; nil outside the grid.
    func quantile(_ share: Double) -> Double? {
        let shares = shares
        guard let upper = shares.firstIndex(where: { $0 >= share }), upper > 0 else { return nil }
        let part = (share - shares[upper - 1]) / (shares[upper] - shares[upper - 1])
        return grid[upper - 1] + part * (grid[upper] - grid[upper - 1])
    }
}

extension Double {
    /// Kept small enough for a whole number.
    fileprivate var clamped: Double { Swift.min(Swift.max(self, -1e6), 1e6) }
}
