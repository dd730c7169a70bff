import Dispatch
import Files
import Tensors

/// A set of feature vectors, each with the ball that reaches its k-th nearest neighbour in the set: the
/// region that the set covers (Kynkäänniemi et al. 2019, eq. 1).
struct FeatureNeighbourhoods {
    /// Rows of a block of distances: a block of 5,000 columns takes 10 MB.
    static let rowsAtOnce = 250

    /// The vectors, `[count, size]`.
    let vectors: LinearAlgebra.Matrix
    /// ‖v‖² of each vector.
    let squares: [Double]
    /// Squared distance of each vector to its k-th nearest other one.
    let radii: [Double]

    /// The neighbourhoods of `features` `[count, size]`, more than `neighbours` of them.
    init(_ features: [Float], size: Int, neighbours: Int) {
        precondition(
            neighbours > 0 && features.count > neighbours * size,
            "\(features.count / max(size, 1)) vectors have no \(neighbours) neighbours each")
        let vectors = LinearAlgebra.Matrix(
            rows: features.count / size, columns: size, values: features.map { Double($0) })
        let squares = (0..<vectors.rows).map { vectors.row($0).reduce(0) { $0 + $1 * $1 } }
        let radii = Guarded([Double](repeating: 0, count: vectors.rows))
        Self.eachBlock(vectors, squares, vectors, squares) { first, distances in
            let found = (0..<distances.rows).map {
                Self.reach(distances.row($0), besides: first + $0, neighbours: neighbours)
            }
            radii.withLock { $0.replaceSubrange(first..<first + found.count, with: found) }
        }
        self.vectors = vectors
        self.squares = squares
        self.radii = radii.withLock { $0 }
    }

    /// Which vectors of either set lie inside a ball of the other one; one pass over all pairs.
    func overlap(_ other: FeatureNeighbourhoods) -> (own: [Bool], other: [Bool]) {
        let result = Guarded(
            (
                own: [Bool](repeating: false, count: radii.count),
                other: [Bool](repeating: false, count: other.radii.count)
            ))
        Self.eachBlock(vectors, squares, other.vectors, other.squares) { first, distances in
            var own = [Bool](repeating: false, count: distances.rows)
            var others = [Bool](repeating: false, count: distances.columns)
            for row in own.indices {
                let radius = radii[first + row]
                for (column, distance) in distances.row(row).enumerated() {
                    if distance <= other.radii[column] { own[row] = true }
                    if distance <= radius { others[column] = true }
                }
            }
            result.withLock { found in
                found.own.replaceSubrange(first..<first + own.count, with: own)
                for column in others.indices where others[column] { found.other[column] = true }
            }
        }
        return result.withLock { $0 }
    }

    /// Squared distances of all pairs, a block of rows of `left` at a time. Products are BLAS's on the
    /// calling thread; blocks are looked through on all cores.
    private static func eachBlock(
        _ left: LinearAlgebra.Matrix, _ leftSquares: [Double], _ right: LinearAlgebra.Matrix,
        _ rightSquares: [Double],
        _ use: @Sendable (_ firstRow: Int, _ distances: LinearAlgebra.Matrix) -> Void
    ) {
        let starts = Array(stride(from: 0, to: left.rows, by: rowsAtOnce))
        for pair in stride(from: 0, to: starts.count, by: 2) {
            let firsts = starts[pair..<min(pair + 2, starts.count)]
            let blocks = firsts.map { first in
                let end = min(left.rows, first + rowsAtOnce)
                let rows = LinearAlgebra.Matrix(
                    rows: end - first, columns: left.columns,
                    values: Array(left.values[first * left.columns..<end * left.columns]))
                return LinearAlgebra.product(rows, transposed: right)
            }
            DispatchQueue.concurrentPerform(iterations: blocks.count) { index in
                let first = firsts[firsts.startIndex + index]
                var distances = blocks[index]
                for row in 0..<distances.rows {
                    for column in 0..<distances.columns {
                        let place = row * distances.columns + column
                        let sum = leftSquares[first + row] + rightSquares[column]
                        distances.values[place] = max(0, sum - 2 * distances.values[place])
                    }
                }
                use(first, distances)
            }
        }
    }

    /// The k-th smallest of `distances`, that of the vector itself left out.
    private static func reach(
        _ distances: ArraySlice<Double>, besides own: Int, neighbours: Int
    ) -> Double {
        var nearest = [Double](repeating: .infinity, count: neighbours)
        for (index, distance) in distances.enumerated()
        where distance < nearest[neighbours - 1] && index != own {
            var place = neighbours - 1
            while place > 0, nearest[place - 1] > distance {
                nearest[place] = nearest[place - 1]
                place -= 1
            }
            nearest[place] = distance
        }
        return nearest[neighbours - 1]
    }
}
