/// Bins of equal width between the least and the greatest of some numbers, as `numpy.histogram` cuts
/// them and `numpy.digitize` fills them.
struct EqualBins {
    /// How many.
    let count: Int
    private let edges: [Double]

    /// Bins of these numbers; of a constant they reach half a unit either way.
    init(_ numbers: [Double], count: Int) {
        var (low, high) = (numbers.min() ?? 0, numbers.max() ?? 1)
        if low == high { (low, high) = (low - 0.5, high + 0.5) }
        let step = (high - low) / Double(count)
        self.count = count
        edges = (0..<count).map { Double($0) * step + low }
    }

    /// The bin of a number, 0 ..< `count`; what lies outside falls into the bin at that end.
    func bin(of number: Double) -> Int {
        var (low, high) = (0, edges.count)
        while low < high {
            let middle = (low + high) / 2
            if edges[middle] <= number { low = middle + 1 } else { high = middle }
        }
        return max(low - 1, 0)
    }
}
