import Tensors

/// k-means of codes (Lloyd 1982), its first centres drawn far from each other (k-means++, Arthur &
/// Vassilvitskii 2007); the same numbers and seed give the same clusters.
struct CodeClusters {
    /// `[count, size]`.
    private(set) var centres: LinearAlgebra.Matrix
    /// The cluster of each code.
    private(set) var members: [Int] = []
    private let codes: [Float]
    private let size: Int

    /// At most `count` clusters of codes `[any, size]`.
    init(_ codes: [Float], size: Int, count: Int, iterations: Int, source: RandomSource) {
        precondition(
            count > 0 && codes.count >= size, "\(count) clusters of \(codes.count) numbers")
        self.codes = codes
        self.size = size
        centres = Self.firstCentres(codes, size: size, count: count, source: source)
        for _ in 0..<iterations {
            assign()
            moveCentres()
        }
        assign()
    }

    /// 1 for the cluster of each code of a block, 0 for the others, `[block.count, clusters]`.
    func shares(of block: Range<Int>) -> LinearAlgebra.Matrix {
        var shares = LinearAlgebra.Matrix(rows: block.count, columns: centres.rows)
        for (row, code) in block.enumerated() { shares[row, members[code]] = 1 }
        return shares
    }

    /// Each next centre is a code drawn in proportion to its squared distance from the nearest centre.
    private static func firstCentres(
        _ codes: [Float], size: Int, count: Int, source: RandomSource
    ) -> LinearAlgebra.Matrix {
        let total = codes.count / size
        let chances = source.uniform(count, for: .selection, step: 1)
        var centres: [Float] = []
        var distances = [Double](repeating: .infinity, count: total)
        for chance in chances {
            let weights = centres.isEmpty ? distances.map { _ in 1 } : distances
            let chosen = place(Double(chance) * weights.reduce(0, +), in: weights)
            let centre = codes[chosen * size..<(chosen + 1) * size]
            centres += centre
            for code in 0..<total {
                let distance = zip(codes[code * size..<(code + 1) * size], centre).reduce(0.0) {
                    $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1))
                }
                distances[code] = min(distances[code], distance)
            }
        }
        return LinearAlgebra.Matrix(
            rows: count, columns: size, values: centres.map { Double($0) })
    }

    /// The index at which the running sum of `weights` passes `target`.
    private static func place(_ target: Double, in weights: [Double]) -> Int {
        var sum = 0.0
        for (index, weight) in weights.enumerated() {
            sum += weight
            if sum > target { return index }
        }
        return weights.count - 1
    }

    private mutating func assign() {
        let squares = (0..<centres.rows).map { centres.row($0).reduce(0) { $0 + $1 * $1 } }
        members = MixtureDensity.blocks(count: codes.count / size).flatMap { block -> [Int] in
            let rows = LinearAlgebra.Matrix(codes, rows: block, size: size)
            let products = LinearAlgebra.product(rows, transposed: centres)
            return (0..<rows.rows).map { row in
                squares.indices.min {
                    squares[$0] - 2 * products[row, $0] < squares[$1] - 2 * products[row, $1]
                } ?? 0
            }
        }
    }

    /// To the mean of their codes; a centre without codes stays.
    private mutating func moveCentres() {
        var sums = LinearAlgebra.Matrix(rows: centres.rows, columns: size)
        var counts = [Double](repeating: 0, count: centres.rows)
        for (code, member) in members.enumerated() {
            counts[member] += 1
            for column in 0..<size { sums[member, column] += Double(codes[code * size + column]) }
        }
        for row in counts.indices where counts[row] > 0 {
            for column in 0..<size { centres[row, column] = sums[row, column] / counts[row] }
        }
    }
}
