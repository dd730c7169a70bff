import Datasets
import Tensors

/// The training images closest to given ones by squared error: whether samples are copies.
public struct NearestImages: Sendable, Hashable, Codable {
    /// A training image found.
    public struct Match: Sendable, Hashable, Codable {
        /// Its index in the training split.
        public let index: Int
        /// Mean squared error a pixel.
        public let squaredError: Double
    }

    /// For each image the nearest ones, nearest first; equal ones by index.
    public let matches: [[Match]]

    /// Finds the `count` nearest of `training` for each of `images` `[any, pixelCount]` in 0 … 1, a
    /// block of training images at a time.
    public init(
        to images: [Float], in training: ImageSet, count: Int = 1,
        progress: EvaluationProgress.Report = { _ in }
    ) {
        let size = training.shape.pixelCount
        precondition(images.count % size == 0, "\(images.count) numbers, images of \(size)")
        precondition(count > 0, "\(count) nearest images")
        let queries = LinearAlgebra.Matrix(
            rows: images.count / size, columns: size, values: images.map { Double($0) })
        let scored = EvaluationImages(training)
        var found = [[Match]](repeating: [], count: queries.rows)
        for block in scored.blocks {
            let rows = LinearAlgebra.Matrix(
                rows: block.count, columns: size,
                values: scored.values(of: block).map { Double($0) })
            let squares = (0..<block.count).map { rows.row($0).reduce(0) { $0 + $1 * $1 } }
            let products = LinearAlgebra.product(queries, transposed: rows)
            for query in found.indices {
                let own = queries.row(query).reduce(0) { $0 + $1 * $1 }
                for row in 0..<block.count {
                    let distance = own + squares[row] - 2 * products[query, row]
                    Self.insert(
                        Match(
                            index: block.lowerBound + row,
                            squaredError: max(distance, 0) / Double(size)),
                        into: &found[query], atMost: count)
                }
            }
            progress(
                EvaluationProgress(
                    stage: "nearest training images", completed: block.upperBound,
                    total: training.count))
        }
        matches = found
    }

    private static func insert(_ match: Match, into best: inout [Match], atMost count: Int) {
        if best.count == count, match.squaredError >= best[count - 1].squaredError { return }
        let place = best.firstIndex { match.squaredError < $0.squaredError } ?? best.count
        best.insert(match, at: place)
        if best.count > count { best.removeLast() }
    }
}
