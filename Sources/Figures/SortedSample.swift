/// The finite values of a sample in rising order, for quantiles and moments.
struct SortedSample: Sendable {
    /// Rising.
    let values: [Double]

    init(_ values: [Double]) { self.values = values.filter(\.isFinite).sorted() }

    /// The value below which `share` of the sample lies, between neighbours in proportion; not a
    /// number for an empty sample.
    func quantile(_ share: Double) -> Double {
        guard !values.isEmpty else { return .nan }
        let place = min(max(share, 0), 1) * Double(values.count - 1)
        let lower = Int(place)
        let upper = min(lower + 1, values.count - 1)
        return values[lower] + (values[upper] - values[lower]) * (place - Double(lower))
    }

    var median: Double { quantile(0.5) }

    var mean: Double {
        values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
    }

    /// Population standard deviation.
    var deviation: Double {
        guard !values.isEmpty else { return .nan }
        let mean = mean
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(values.count)).squareRoot()
    }
}
