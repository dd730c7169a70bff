/// Codes as the bins that boosted trees look for thresholds between.
struct BinnedCodes {
    /// Thresholds of each dimension, ascending, at most 255.
    let thresholds: [[Double]]
    /// The bin of each code, `[latentSize][count]`: how many thresholds are below it.
    let bins: [[UInt8]]

    /// Thresholds between neighbouring values: between all of them where there are at most 256
    /// different ones, else at quantiles.
    init(fitting columns: [[Double]]) {
        self.init(columns, thresholds: columns.map(Self.thresholds))
    }

    /// Codes cut at given thresholds.
    init(_ columns: [[Double]], thresholds: [[Double]]) {
        self.thresholds = thresholds
        bins = zip(columns, thresholds).map { column, thresholds in
            column.map { Self.bin(of: $0, thresholds) }
        }
    }

    private static func thresholds(_ column: [Double]) -> [Double] {
        let sorted = column.sorted()
        var distinct: [Double] = []
        for value in sorted where value != distinct.last { distinct.append(value) }
        guard distinct.count > 256 else {
            return zip(distinct, distinct.dropFirst()).map { ($0 + $1) / 2 }
        }
        var found: [Double] = []
        for part in 1..<256 {
            let place = part * sorted.count / 256
            let middle = (sorted[place - 1] + sorted[place]) / 2
            if sorted[place - 1] < sorted[place], found.last.map({ $0 < middle }) ?? true {
                found.append(middle)
            }
        }
        return found
    }

    private static func bin(of value: Double, _ thresholds: [Double]) -> UInt8 {
        var (low, high) = (0, thresholds.count)
        while low < high {
            let middle = (low + high) / 2
            if thresholds[middle] < value { low = middle + 1 } else { high = middle }
        }
        return UInt8(low)
    }
}
