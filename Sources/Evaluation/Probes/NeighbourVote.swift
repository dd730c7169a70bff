import Tensors

/// The class that most of the nearest training codes have: how well distances tell the classes apart.
///
/// Codes are standardised as for the linear probe, distances are Euclidean, votes count the same and a
/// tie goes to the lower class.
public struct NeighbourVote: Sendable {
    private static let rowsAtOnce = 500

    /// Neighbours that vote.
    public let neighbours: Int
    private let scaling: CodeScaling
    private let codes: LinearAlgebra.Matrix
    private let squares: [Double]
    private let labels: [UInt8]

    /// Votes of codes `[labels.count, any]`.
    public init(_ codes: [Float], labels: [UInt8], neighbours: Int) {
        precondition(!labels.isEmpty && codes.count % labels.count == 0, "\(codes.count) numbers")
        precondition(neighbours > 0, "\(neighbours) neighbours")
        scaling = CodeScaling(codes, size: codes.count / labels.count)
        let scaled = scaling.scaled(codes)
        self.codes = scaled
        self.labels = labels
        self.neighbours = min(neighbours, labels.count)
        squares = (0..<scaled.rows).map { scaled.row($0).reduce(0) { $0 + $1 * $1 } }
    }

    /// The class of each of the codes `[any, size]`.
    public func classes(of codes: [Float]) -> [UInt8] {
        let size = self.codes.columns
        return stride(from: 0, to: codes.count, by: Self.rowsAtOnce * size).flatMap { start in
            let end = min(codes.count, start + Self.rowsAtOnce * size)
            let rows = scaling.scaled(Array(codes[start..<end]))
            let products = LinearAlgebra.product(rows, transposed: self.codes)
            return (0..<rows.rows).map { vote(products.row($0)) }
        }
    }

    /// The winner, from the products of one code with every training code.
    private func vote(_ products: ArraySlice<Double>) -> UInt8 {
        var nearest: [(distance: Double, index: Int)] = []
        for (index, product) in products.enumerated() {
            let distance = squares[index] - 2 * product
            if nearest.count == neighbours, distance >= nearest[neighbours - 1].distance {
                continue
            }
            let place = nearest.firstIndex { distance < $0.distance } ?? nearest.count
            nearest.insert((distance, index), at: place)
            if nearest.count > neighbours { nearest.removeLast() }
        }
        var votes = [Int](repeating: 0, count: 256)
        for found in nearest { votes[Int(labels[found.index])] += 1 }
        let most = votes.max() ?? 0
        return UInt8(votes.firstIndex(of: most) ?? 0)
    }
}
