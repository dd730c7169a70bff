extension TensorBoardHistogram {
    /// Counts numbers in the buckets that TensorBoard's own writers use.
    ///
    /// Limits grow by a tenth from 10⁻¹² to 10²⁰ on either side of zero. A bucket holds what is below
    /// its limit and not below the one before; a run of empty buckets is written as one. Numbers that
    /// are not finite have no place on the axis and are left out.
    init(counting values: [Float]) {
        self.init()
        var counts = [Double](repeating: 0, count: Self.limits.count)
        var (lowest, highest) = (Double.infinity, -Double.infinity)
        for value in values where value.isFinite {
            let value = Double(value)
            counts[Self.bucket(of: value)] += 1
            lowest = Swift.min(lowest, value)
            highest = Swift.max(highest, value)
            sum += value
            sumSquares += value * value
            num += 1
        }
        if num > 0 { (min, max) = (lowest, highest) }
        merge(counts)
    }

    /// Writes the counts, a run of empty buckets as one that reaches to the run's last limit.
    private mutating func merge(_ counts: [Double]) {
        for index in counts.indices {
            let isInsideRun =
                counts[index] == 0 && index + 1 < counts.count && counts[index + 1] == 0
            if isInsideRun { continue }
            bucketLimit.append(Self.limits[index])
            bucket.append(counts[index])
        }
    }

    /// The index of the first limit above `value`.
    private static func bucket(of value: Double) -> Int {
        var (low, high) = (0, limits.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if limits[middle] > value { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private static let limits: [Double] = {
        var positive: [Double] = []
        var limit = 1e-12
        while limit < 1e20 {
            positive.append(limit)
            limit *= 1.1
        }
        positive.append(.greatestFiniteMagnitude)
        return positive.reversed().map { -$0 } + [0] + positive
    }()
}
