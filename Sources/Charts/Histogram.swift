import Drawing

/// Counts of values in bins of equal width.
package struct Histogram: Sendable, Hashable {
    /// Bin edges, one more than there are bins.
    package let edges: [Double]
    /// Values in each bin; the last bin includes its upper edge.
    package let counts: [Int]

    /// Counts the finite values in `range` into `binCount` bins; values outside are left out.
    package init(_ values: [Double], binCount: Int, range: ClosedRange<Double>) {
        self.init(counting: values, binCount: binCount, range: range)
    }

    /// Counts the finite values in `range`, one after the other: a million of them take no room.
    package init(
        counting values: some Sequence<Double>, binCount: Int, range: ClosedRange<Double>
    ) {
        precondition(binCount > 0, "a histogram needs at least one bin, not \(binCount)")
        let width = (range.upperBound - range.lowerBound) / Double(binCount)
        var counts = [Int](repeating: 0, count: binCount)
        for value in values where value.isFinite && range.contains(value) {
            let bin = width > 0 ? Int((value - range.lowerBound) / width) : 0
            counts[min(bin, binCount - 1)] += 1
        }
        self.counts = counts
        edges = (0...binCount).map { range.lowerBound + Double($0) * width }
    }

    /// Counts all finite values into a number of bins that suits them (square root, 5 … 60).
    package init(_ values: [Double]) {
        let finite = values.filter(\.isFinite)
        let low = finite.min() ?? 0
        let high = finite.max() ?? 1
        self.init(
            finite, binCount: min(60, max(5, Int(Double(finite.count).squareRoot()))),
            range: low < high ? low...high : (low - 0.5)...(low + 0.5))
    }

    /// A mark with one bar per bin; bar width is the bins'.
    package func bars(_ ink: Ink) -> Mark {
        let width = edges[1] - edges[0]
        return .bars(
            counts.indices.map { Datum((edges[$0] + edges[$0 + 1]) / 2, Double(counts[$0])) }, ink,
            width: width * 0.94)
    }
}
