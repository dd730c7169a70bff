import Drawing

/// Rows of images as one plain PNG: nothing but pixels, each a square, thin gaps between images.
package struct ImageSheet: Sendable {
    /// Rows from top to bottom; nil leaves a gap.
    package var rows: [[Bitmap?]]

    /// A sheet of rows.
    package init(rows: [[Bitmap?]]) { self.rows = rows }

    /// A sheet of images, `columns` in a row.
    package init(tiles: [ImageTile], columns: Int) {
        rows = stride(from: 0, to: tiles.count, by: max(1, columns)).map { start in
            tiles[start..<min(start + columns, tiles.count)].map(\.bitmap)
        }
    }

    /// The sheet as a PNG file; each pixel becomes a square of `scale` pixels.
    package func png(scale: Int = 3) throws -> [UInt8] { try bitmap().scaled(by: scale).png() }

    private func bitmap() -> Bitmap {
        let tiles = rows.joined().compactMap { $0 }
        let width = tiles.map(\.width).max() ?? 1
        let height = tiles.map(\.height).max() ?? 1
        let gap = max(1, width / 14)
        let columns = max(1, rows.map(\.count).max() ?? 1)
        var sheet = Bitmap(
            width: columns * (width + gap) + gap, height: max(1, rows.count) * (height + gap) + gap)
        sheet.fill(x: 0, y: 0, width: sheet.width, height: sheet.height, .white)
        for (row, tiles) in rows.enumerated() {
            for (column, tile) in tiles.enumerated() {
                guard let tile else { continue }
                sheet.paste(tile, x: gap + column * (width + gap), y: gap + row * (height + gap))
            }
        }
        return sheet
    }
}
