import Drawing

/// The places of an image grid's parts, from its upper left corner.
struct ImageGridLayout {
    /// Columns and rows of pixels of one image.
    let pixels: (width: Int, height: Int)
    /// Pixels left clear between images.
    let gapPixels: Int
    /// Points per pixel.
    let pixelSize: Double
    /// One image in points.
    let tile: Size
    /// Room for row labels, with the space behind them.
    let labelWidth: Double
    /// Baseline of group titles.
    let groupBaseline: Double
    /// Baseline of column headers.
    let headerBaseline: Double
    /// Upper edge of each row of images.
    let tops: [Double]
    /// The whole height.
    let height: Double
    private let groupStarts: [Int]

    /// Room between neighbouring groups.
    static let groupSpace = 20.0
    /// Distance between lines of captions.
    static let captionHeight = 13.0

    init(_ grid: ImageGrid, width: Double, _ typesetter: Typesetter) {
        let first = grid.lines.lazy.flatMap(\.tiles).compactMap { $0 }.first
        pixels = (first?.width ?? 1, first?.height ?? 1)
        gapPixels = max(1, Int((Double(pixels.width) / 14).rounded()))
        let labels = grid.lines.flatMap { line in
            [
                typesetter.size(of: line.label ?? "", Theme.label).width,
                typesetter.size(of: line.detail ?? "", Theme.caption).width,
            ]
        }
        let widest = labels.max() ?? 0
        labelWidth = widest > 0 ? widest + 10 : 0
        let columns = grid.groups.map(\.columns).reduce(0, +)
        var starts: [Int] = []
        for group in grid.groups { starts.append((starts.last ?? 0) + group.columns) }
        groupStarts = Array(starts.dropLast())
        let space = Self.groupSpace * Double(grid.groups.count - 1)
        let across = columns * pixels.width + max(0, columns - grid.groups.count) * gapPixels
        let fitting = (width - labelWidth - space) / Double(max(across, 1))
        let largest = grid.largestTile / Double(pixels.width)
        pixelSize = Self.crisp(min(fitting, largest))
        tile = Size(Double(pixels.width) * pixelSize, Double(pixels.height) * pixelSize)

        let titleHeight = grid.title == nil && grid.subtitle == nil ? 0.0 : 22
        let hasGroupTitles = grid.groups.contains { $0.title != nil }
        groupBaseline = titleHeight + 11
        let groupHeight = hasGroupTitles ? 20.0 : 0
        headerBaseline = titleHeight + groupHeight + 10
        var y = titleHeight + groupHeight + (grid.headers.isEmpty ? 0 : 16)
        var tops: [Double] = []
        for line in grid.lines {
            y += line.spaceBefore
            tops.append(y)
            let words = 7 + Double(line.captionRows.count) * Self.captionHeight
            y += tile.height + (line.captionRows.isEmpty ? Double(gapPixels) * pixelSize : words)
        }
        self.tops = tops
        let hasCaptions = grid.lines.last.map { !$0.captionRows.isEmpty } ?? false
        height = max(
            0, y - (hasCaptions || grid.lines.isEmpty ? 3 : Double(gapPixels) * pixelSize - 2))
    }

    /// The left edge of a column.
    func left(of column: Int) -> Double {
        let group = groupStarts.filter { $0 <= column }.count
        let pitch = Double(pixels.width + gapPixels) * pixelSize
        let gap = Double(gapPixels) * pixelSize
        return labelWidth + Double(column) * pitch + Double(group) * (Self.groupSpace - gap)
    }

    /// Half steps of a point per pixel where that costs little, so that pixels are equally large.
    private static func crisp(_ size: Double) -> Double {
        let halves = (size * 2).rounded(.down) / 2
        return halves >= 0.93 * size ? halves : size
    }
}
