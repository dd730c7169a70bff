import Tensors

extension PrincipalComponents {
    /// Vectors of more numbers, such as colour images of 64 × 64 pixels, have a covariance too large to be
    /// taken apart: the directions are then those of the vectors' products with each other.
    static let longestCovariance = 4_096
    /// Numbers that are then held at once; of more vectors every n-th is taken.
    private static let mostNumbers = 1 << 24

    /// Fits directions to long vectors by way of the products of at most a few thousand of them, evenly
    /// spaced, which have the same directions and variances (Sirovich 1987). The mean is over all.
    ///
    /// Directions beyond those in which these vectors differ are zeros.
    static func ofLongVectors(
        count: Int, size: Int, leading: Int, ranges: [Range<Int>],
        rows: (Range<Int>) throws -> [Float]
    ) throws -> PrincipalComponents {
        let step = (count + mostNumbers / size - 1) / max(1, mostNumbers / size)
        var sums = [Double](repeating: 0, count: size)
        var kept: [Double] = []
        for range in ranges {
            let values = try rows(range)
            for (row, vector) in range.enumerated() {
                let part = values[row * size..<(row + 1) * size]
                for (column, value) in part.enumerated() { sums[column] += Double(value) }
                if vector % step == 0 { kept += part.map(Double.init) }
            }
        }
        let mean = sums.map { $0 / Double(count) }
        for place in kept.indices { kept[place] -= mean[place % size] }
        let centred = LinearAlgebra.Matrix(rows: kept.count / size, columns: size, values: kept)
        return try PrincipalComponents(centred, mean: mean, leading: leading)
    }

    private init(_ centred: LinearAlgebra.Matrix, mean: [Double], leading: Int) throws {
        let divisor = Double(max(1, centred.rows - 1))
        var products = LinearAlgebra.product(centred, transposed: centred)
        for place in products.values.indices { products.values[place] /= divisor }
        let system = try LinearAlgebra.symmetricEigensystem(
            products, leading: min(leading, centred.rows))
        let total = (0..<centred.rows).reduce(0) { $0 + products[$1, $1] }
        let size = mean.count
        var directions = LinearAlgebra.product(system.vectors, centred)
        var variances = [Double](repeating: 0, count: leading)
        for (row, value) in system.values.enumerated() {
            let isThere = value > 1e-10 * total
            variances[row] = isThere ? value : 0
            let direction = directions.row(row)
            let largest = direction.max { abs($0) < abs($1) } ?? 0
            let length = (value * divisor).squareRoot()
            let scale = isThere ? (largest < 0 ? -1 : 1) / length : 0
            for column in 0..<size { directions[row, column] *= scale }
        }
        let missing = [Double](repeating: 0, count: (leading - system.values.count) * size)
        self.init(
            mean: mean.map { Float($0) },
            components: LinearAlgebra.Matrix(
                rows: leading, columns: size, values: directions.values + missing),
            variances: variances, totalVariance: total, fittedCount: centred.rows)
    }
}
