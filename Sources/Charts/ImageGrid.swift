import Drawing

/// Rows of equally large images with names for rows, columns and single images.
package struct ImageGrid: ChartBlock {
    /// Neighbouring columns that belong together.
    package struct Group: Sendable {
        /// What they have in common; stands above them.
        package var title: String?
        /// How many columns.
        package var columns: Int
        /// Stands in the space before the columns, in each row that has an image there.
        package var sign: String?

        /// Neighbouring columns with a title and a sign before them.
        package init(title: String? = nil, columns: Int, sign: String? = nil) {
            self.title = title
            self.columns = columns
            self.sign = sign
        }
    }

    /// One row of images.
    package struct Line: Sendable {
        /// Stands to the left of the images.
        package var label: String?
        /// Stands under the label, lighter.
        package var detail: String?
        /// One image per column; nil leaves a gap.
        package var tiles: [Bitmap?]
        /// Stands under each image; nil leaves no room for it.
        package var captions: [String]?
        /// Stands under the captions.
        package var secondCaptions: [String]?
        /// Columns whose image is framed.
        package var framed: Set<Int>
        /// Extra space above.
        package var spaceBefore: Double

        /// One row of images.
        package init(
            label: String? = nil, detail: String? = nil, tiles: [Bitmap?],
            captions: [String]? = nil, secondCaptions: [String]? = nil, framed: Set<Int> = [],
            spaceBefore: Double = 0
        ) {
            self.label = label
            self.detail = detail
            self.tiles = tiles
            self.captions = captions
            self.secondCaptions = secondCaptions
            self.framed = framed
            self.spaceBefore = spaceBefore
        }

        /// What stands under the images, from top to bottom.
        var captionRows: [[String]] { [captions, secondCaptions].compactMap { $0 } }
    }

    /// Stands above on the left.
    package var title: String?
    /// Stands beside the title, lighter.
    package var subtitle: String?
    /// Columns, in groups with some space between them.
    package var groups: [Group]
    /// Stands above each column; empty for none.
    package var headers: [String]
    /// Rows from top to bottom.
    package var lines: [Line]
    /// Images are at most this wide, in points.
    package var largestTile: Double

    /// A grid.
    package init(
        title: String? = nil, subtitle: String? = nil, groups: [Group], headers: [String] = [],
        lines: [Line], largestTile: Double = 64
    ) {
        self.title = title
        self.subtitle = subtitle
        self.groups = groups
        self.headers = headers
        self.lines = lines
        self.largestTile = largestTile
    }

    /// A plain grid of images, `columns` in a row.
    package init(
        title: String? = nil, subtitle: String? = nil, tiles: [Bitmap], columns: Int,
        largestTile: Double = 64
    ) {
        let lines = stride(from: 0, to: tiles.count, by: max(1, columns)).map { start in
            Line(tiles: Array(tiles[start..<min(start + columns, tiles.count)]))
        }
        self.init(
            title: title, subtitle: subtitle, groups: [Group(columns: columns)], lines: lines,
            largestTile: largestTile)
    }

    package func height(forWidth width: Double, _ typesetter: Typesetter) -> Double {
        ImageGridLayout(self, width: width, typesetter).height
    }

    package func draw(on canvas: Canvas, in area: Rectangle) throws {
        let layout = ImageGridLayout(self, width: area.width, canvas.typesetter)
        drawHeadings(on: canvas, in: area, layout)
        for (index, line) in lines.enumerated() {
            try draw(line, top: area.y + layout.tops[index], on: canvas, in: area, layout)
        }
    }

    private func drawHeadings(on canvas: Canvas, in area: Rectangle, _ layout: ImageGridLayout) {
        if let title {
            canvas.text(title, at: Point(area.x, area.y + 11), Theme.title)
        }
        if let subtitle {
            let start = title.map { canvas.typesetter.size(of: $0, Theme.title).width + 7 } ?? 0
            canvas.text(subtitle, at: Point(area.x + start, area.y + 11), Theme.subtitle)
        }
        var column = 0
        for group in groups {
            if let title = group.title {
                canvas.text(
                    title,
                    at: Point(area.x + layout.left(of: column), area.y + layout.groupBaseline),
                    Theme.title)
            }
            column += group.columns
        }
        for (column, header) in headers.enumerated() {
            canvas.text(
                header,
                at: Point(
                    area.x + layout.left(of: column) + layout.tile.width / 2,
                    area.y + layout.headerBaseline),
                Theme.tick, anchor: TextAnchor(.middle, .baseline))
        }
    }

    private func draw(
        _ line: Line, top: Double, on canvas: Canvas, in area: Rectangle, _ layout: ImageGridLayout
    ) throws {
        let middle = top + layout.tile.height / 2
        let shift = line.detail == nil ? 0 : 6.5
        if let label = line.label {
            canvas.text(
                label, at: Point(area.x + layout.labelWidth - 10, middle - shift), Theme.label,
                anchor: TextAnchor(.end, .middle))
        }
        if let detail = line.detail {
            canvas.text(
                detail, at: Point(area.x + layout.labelWidth - 10, middle + shift), Theme.caption,
                anchor: TextAnchor(.end, .middle))
        }
        try drawStrips(line, top: top, on: canvas, in: area, layout)
        drawSigns(line, middle: middle, on: canvas, in: area, layout)
        for column in line.framed {
            let frame = Rectangle(
                x: area.x + layout.left(of: column), y: top, width: layout.tile.width,
                height: layout.tile.height)
            canvas.stroke(
                .rectangle(frame.grown(by: 0.75), radius: 1), Stroke(Theme.accent, width: 1.5))
        }
        for (row, captions) in line.captionRows.enumerated() {
            for (column, caption) in captions.enumerated() {
                let place = Point(
                    area.x + layout.left(of: column) + layout.tile.width / 2,
                    top + layout.tile.height + 12 + Double(row) * ImageGridLayout.captionHeight)
                canvas.text(
                    caption, at: place, Theme.caption, anchor: TextAnchor(.middle, .baseline))
            }
        }
    }

    /// The signs in the spaces between groups.
    private func drawSigns(
        _ line: Line, middle: Double, on canvas: Canvas, in area: Rectangle,
        _ layout: ImageGridLayout
    ) {
        var first = 0
        for group in groups {
            defer { first += group.columns }
            guard let sign = group.sign, first < line.tiles.count, line.tiles[first] != nil else {
                continue
            }
            let place = area.x + layout.left(of: first) - ImageGridLayout.groupSpace / 2
            canvas.text(
                sign, at: Point(place, middle), Theme.sign, anchor: TextAnchor(.middle, .middle))
        }
    }

    /// The images of each group as one block of pixels, the gaps painted over it: a PNG without
    /// opacity is an eighth smaller.
    private func drawStrips(
        _ line: Line, top: Double, on canvas: Canvas, in area: Rectangle, _ layout: ImageGridLayout
    ) throws {
        var first = 0
        for group in groups {
            let last = min(first + group.columns, line.tiles.count)
            defer { first += group.columns }
            guard first < last, layout.pixels.width > 0,
                line.tiles[first..<last].contains(where: { $0 != nil })
            else { continue }
            let pitch = layout.pixels.width + layout.gapPixels
            var strip = Bitmap(
                width: (last - first) * pitch - layout.gapPixels, height: layout.pixels.height)
            strip.fill(x: 0, y: 0, width: strip.width, height: strip.height, .black)
            for column in first..<last {
                guard let tile = line.tiles[column] else { continue }
                let x = (column - first) * pitch
                // Edges repeated into the gaps, so that no gap shows at an image's border.
                for shift in (1...layout.gapPixels).reversed() {
                    strip.paste(tile, x: x + shift, y: 0)
                }
                if layout.gapPixels > 1 { strip.paste(tile, x: x - 1, y: 0) }
                strip.paste(tile, x: x, y: 0)
            }
            try canvas.draw(
                strip.roundedIfColored(bits: 6),
                in: Rectangle(
                    x: area.x + layout.left(of: first), y: top,
                    width: Double(strip.width) * layout.pixelSize, height: layout.tile.height))
            paintGaps(line, first..<last, top: top, on: canvas, in: area, layout)
        }
    }

    /// The page's colour between images and where one is missing.
    private func paintGaps(
        _ line: Line, _ columns: Range<Int>, top: Double, on canvas: Canvas, in area: Rectangle,
        _ layout: ImageGridLayout
    ) {
        var gaps = Path()
        // A hair beyond the images' edges, where a renderer may blend.
        let (y, height) = (top - 0.25, layout.tile.height + 0.5)
        for column in columns {
            let left = area.x + layout.left(of: column)
            if line.tiles[column] == nil {
                gaps.addRectangle(
                    Rectangle(x: left - 0.1, y: y, width: layout.tile.width + 0.2, height: height))
            }
            guard column + 1 < columns.upperBound else { continue }
            let width = Double(layout.gapPixels) * layout.pixelSize
            gaps.addRectangle(
                Rectangle(x: left + layout.tile.width, y: y, width: width, height: height))
        }
        if !gaps.elements.isEmpty { canvas.fill(gaps, Theme.surface) }
    }
}
