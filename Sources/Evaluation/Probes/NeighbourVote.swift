import Dispatch
import Files
import Tensors

/// The class that most of the nearest training codes have: how well distances tell the classes apart.
///
/// Codes are standardised as for the linear probe, distances are Euclidean, votes count the same and a
/// tie goes to the lower class.
public struct NeighbourVote: Sendable {
    /// Distances held at once, 16 MB.
    private static let distancesAtOnce = 2_000_000

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

    /// The class of each of the codes `[any, size]`. Products are BLAS's on the calling thread; rows
    /// are looked through on all cores.
    public func classes(
        of codes: [Float], progress: EvaluationProgress.Report = { _ in }
    ) -> [UInt8] {
        let size = self.codes.columns
        let count = codes.count / size
        let rowsAtOnce = max(1, Self.distancesAtOnce / self.codes.rows)
        var classes: [UInt8] = []
        for start in stride(from: 0, to: count, by: rowsAtOnce) {
            let end = min(count, start + rowsAtOnce)
            let rows = scaling.scaled(Array(codes[start * size..<end * size]))
            let products = LinearAlgebra.product(rows, transposed: self.codes)
            let votes = Guarded([UInt8](repeating: 0, count: rows.rows))
            DispatchQueue.concurrentPerform(iterations: rows.rows) { row in
                let winner = vote(products.row(row))
                votes.withLock { $0[row] = winner }
            }
            classes += votes.withLock { $0 }
            progress(
                EvaluationProgress(stage: "nearest neighbours", completed: end, total: count))
        }
        return classes
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
