/// The standard error of a statistic of many images that is no mean over them: it is computed again
/// without each block of neighbours in turn (Efron & Tibshirani 1993, eq. 11.5).
///
/// Nothing is random, and the order of the images must not depend on what is measured.
enum BlockJackknife {
    /// Blocks.
    static let blockCount = 10

    /// The standard error; nil for fewer than two images a block.
    static func standardError(
        count: Int, of statistic: (_ leftOut: Range<Int>) -> Double
    ) -> Double? {
        guard count >= 2 * blockCount else { return nil }
        let values = (0..<blockCount).map { block in
            statistic(block * count / blockCount..<(block + 1) * count / blockCount)
        }
        let mean = values.reduce(0, +) / Double(blockCount)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares * Double(blockCount - 1) / Double(blockCount)).squareRoot()
    }
}
