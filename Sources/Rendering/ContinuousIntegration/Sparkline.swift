/// A series of numbers as one line of text: "█▅▃▂▁".
enum Sparkline {
    private static let bars = Array("▁▂▃▄▅▆▇█")

    /// The bars, at most `width` of them; neighbours are averaged when there are more numbers. What is
    /// not finite is a gap.
    static func text(_ series: [Double], width: Int = 48) -> String {
        let points = thinned(series, to: width)
        let finite = points.filter(\.isFinite)
        guard let low = finite.min(), let high = finite.max() else { return "" }
        let span = high - low
        return String(
            points.map { point -> Character in
                guard point.isFinite else { return " " }
                let share = span > 0 ? (point - low) / span : 0
                return bars[min(bars.count - 1, Int(share * Double(bars.count)))]
            })
    }

    private static func thinned(_ series: [Double], to width: Int) -> [Double] {
        guard series.count > width else { return series }
        return (0..<width).map { index in
            let range = index * series.count / width..<(index + 1) * series.count / width
            return series[range].reduce(0, +) / Double(range.count)
        }
    }
}
