import Drawing

/// The key to a chart: symbols with names, in as many rows as they need.
package struct Legend: ChartBlock {
    /// What stands before a name.
    package enum Symbol: Sendable {
        case line(Stroke)
        case swatch(Ink)
        case dot(Ink)
        case ring(Stroke)
        /// A strip of a colour map with the numbers at its ends.
        case ramp(ColorMap, low: String, high: String)
    }

    /// A symbol with its name.
    package struct Entry: Sendable {
        let symbol: Symbol
        let label: String

        /// A symbol with its name.
        package init(_ symbol: Symbol, _ label: String) {
            self.symbol = symbol
            self.label = label
        }
    }

    /// The entries in reading order.
    package var entries: [Entry]
    /// How entries follow each other.
    package enum Arrangement: Sendable {
        /// Like words.
        case flow
        /// One below the other.
        case list
        /// In equal columns, read downwards: many entries are found so.
        case table
    }

    /// How entries follow each other.
    package var arrangement: Arrangement

    /// A key that flows like words, or stands in columns from 16 entries.
    package init(_ entries: [Entry]) {
        self.entries = entries
        arrangement = entries.count >= 16 ? .table : .flow
    }

    private static let rowHeight = 17.0

    private var style: TextStyle {
        var style = Theme.label
        if arrangement == .table { style.size = 10 }
        return style
    }

    private func symbolWidth(_ symbol: Symbol, _ typesetter: Typesetter) -> Double {
        switch symbol {
        case .line: 18
        case .swatch, .dot, .ring: 10
        case .ramp(_, let low, let high):
            108 + typesetter.size(of: low, Theme.tick).width
                + typesetter.size(of: high, Theme.tick).width
        }
    }

    /// Where each entry's symbol starts, from the upper left corner.
    private func places(width: Double, _ typesetter: Typesetter) -> [Point] {
        let widths = entries.map {
            symbolWidth($0.symbol, typesetter) + 6 + typesetter.size(of: $0.label, style).width
        }
        if arrangement == .list {
            return entries.indices.map { Point(0, Double($0) * Self.rowHeight) }
        }
        if arrangement == .table {
            let widest = min((widths.max() ?? 0) + 14, width)
            let columns = max(1, Int(width / widest))
            let rows = (entries.count + columns - 1) / columns
            return entries.indices.map {
                Point(Double($0 / rows) * widest, Double($0 % rows) * Self.rowHeight)
            }
        }
        var place = Point(0, 0)
        return widths.map { entryWidth in
            if place.x > 0, place.x + entryWidth > width {
                place = Point(0, place.y + Self.rowHeight)
            }
            defer { place.x += entryWidth + 18 }
            return place
        }
    }

    package func height(forWidth width: Double, _ typesetter: Typesetter) -> Double {
        (places(width: width, typesetter).map(\.y).max() ?? -Self.rowHeight) + Self.rowHeight
    }

    package func draw(on canvas: Canvas, in area: Rectangle) throws {
        let places = places(width: area.width, canvas.typesetter)
        for (entry, place) in zip(entries, places) {
            let start = Point(area.x + place.x, area.y + place.y + Self.rowHeight / 2)
            try draw(entry.symbol, on: canvas, at: start)
            let width = symbolWidth(entry.symbol, canvas.typesetter)
            canvas.text(
                canvas.typesetter.fitted(
                    entry.label, style, width: area.maxX - start.x - width - 6),
                at: Point(start.x + width + 6, start.y), style,
                anchor: TextAnchor(.start, .middle))
        }
    }

    private func draw(_ symbol: Symbol, on canvas: Canvas, at start: Point) throws {
        let middle = Point(start.x + 5, start.y)
        switch symbol {
        case .line(let stroke):
            canvas.stroke(.line(start, Point(start.x + 18, start.y)), stroke)
        case .swatch(let ink):
            let area = Rectangle(x: start.x, y: start.y - 5, width: 10, height: 10)
            canvas.fill(.rectangle(area, radius: 2), ink)
        case .dot(let ink):
            canvas.fill(.circle(center: middle, radius: 4), ink)
        case .ring(let stroke):
            canvas.stroke(.circle(center: middle, radius: 4.5), stroke)
        case .ramp(let map, let low, let high):
            let strip = map.bitmap(width: 100, height: 1, values: (0..<100).map { Double($0) / 99 })
            let lowWidth = canvas.typesetter.size(of: low, Theme.tick).width
            canvas.text(low, at: start, Theme.tick, anchor: TextAnchor(.start, .middle))
            try canvas.draw(
                strip,
                in: Rectangle(x: start.x + lowWidth + 4, y: start.y - 4.5, width: 100, height: 9))
            canvas.text(
                high, at: Point(start.x + lowWidth + 108, start.y), Theme.tick,
                anchor: TextAnchor(.start, .middle))
        }
    }
}
