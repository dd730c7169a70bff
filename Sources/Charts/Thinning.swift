import Drawing

/// Leaves out points of a line that nobody could see.
enum Thinning {
    /// The first, lowest, highest and last point of each column one point wide: the line looks the
    /// same, and a thousand epochs take no more bytes than the plot has columns.
    static func thinned(_ points: [Point]) -> [Point] {
        guard points.count > 400 else { return points }
        var result: [Point] = []
        var start = 0
        while start < points.count {
            let column = points[start].x.rounded(.down)
            var end = start + 1
            while end < points.count, points[end].x.rounded(.down) == column { end += 1 }
            let range = start..<end
            let lowest = range.min { points[$0].y < points[$1].y } ?? start
            let highest = range.max { points[$0].y < points[$1].y } ?? start
            let kept = Set([start, lowest, highest, end - 1]).sorted()
            result.append(contentsOf: kept.map { points[$0] })
            start = end
        }
        return result
    }
}
