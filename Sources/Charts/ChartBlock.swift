import Drawing

/// A rectangular part of a chart: says how high it is at a width, and draws itself.
package protocol ChartBlock: Sendable {
    /// The height it needs at this width, in points.
    func height(forWidth width: Double, _ typesetter: Typesetter) -> Double
    /// Draws it into an area of that width and at least that height.
    func draw(on canvas: Canvas, in area: Rectangle) throws
}

/// Parts beside each other, tops aligned.
package struct Row: ChartBlock {
    /// The parts from left to right.
    package var blocks: [any ChartBlock]
    /// Shares of the width; equal when empty.
    package var weights: [Double]
    /// Space between neighbours.
    package var spacing: Double

    /// Parts beside each other.
    package init(_ blocks: [any ChartBlock], weights: [Double] = [], spacing: Double = 24) {
        precondition(
            weights.isEmpty || weights.count == blocks.count,
            "\(weights.count) weights for \(blocks.count) parts")
        self.blocks = blocks
        self.weights = weights
        self.spacing = spacing
    }

    private func widths(_ width: Double) -> [Double] {
        let room = max(0, width - spacing * Double(blocks.count - 1))
        let weights = weights.isEmpty ? blocks.map { _ in 1 } : weights
        let total = weights.reduce(0, +)
        return weights.map { room * $0 / total }
    }

    package func height(forWidth width: Double, _ typesetter: Typesetter) -> Double {
        zip(blocks, widths(width)).map { $0.height(forWidth: $1, typesetter) }.max() ?? 0
    }

    package func draw(on canvas: Canvas, in area: Rectangle) throws {
        var x = area.x
        for (block, width) in zip(blocks, widths(area.width)) {
            try block.draw(
                on: canvas, in: Rectangle(x: x, y: area.y, width: width, height: area.height))
            x += width + spacing
        }
    }
}

/// Parts below each other; plots among them share their left edge.
package struct Column: ChartBlock {
    /// The parts from top to bottom.
    package var blocks: [any ChartBlock]
    /// Space between neighbours.
    package var spacing: Double

    /// Parts below each other.
    package init(_ blocks: [any ChartBlock], spacing: Double = 16) {
        self.blocks = blocks
        self.spacing = spacing
    }

    private func aligned(_ typesetter: Typesetter) -> [any ChartBlock] {
        let margin = blocks.compactMap { ($0 as? Plot)?.leftMargin(typesetter) }.max() ?? 0
        return blocks.map { block in
            guard var plot = block as? Plot else { return block }
            plot.minimumLeftMargin = margin
            return plot
        }
    }

    package func height(forWidth width: Double, _ typesetter: Typesetter) -> Double {
        aligned(typesetter).map { $0.height(forWidth: width, typesetter) }.reduce(0, +)
            + spacing * Double(max(0, blocks.count - 1))
    }

    package func draw(on canvas: Canvas, in area: Rectangle) throws {
        var y = area.y
        for block in aligned(canvas.typesetter) {
            let height = block.height(forWidth: area.width, canvas.typesetter)
            try block.draw(
                on: canvas, in: Rectangle(x: area.x, y: y, width: area.width, height: height))
            y += height + spacing
        }
    }
}

/// Lines of text, broken to fit.
package struct TextBlock: ChartBlock {
    /// The words.
    package var text: String
    /// Their type.
    package var style: TextStyle

    /// Text in the given type.
    package init(_ text: String, _ style: TextStyle = Theme.subtitle) {
        self.text = text
        self.style = style
    }

    private var lineHeight: Double { style.size * 1.4 }

    package func height(forWidth width: Double, _ typesetter: Typesetter) -> Double {
        Double(typesetter.lines(of: text, style, width: width).count) * lineHeight
    }

    package func draw(on canvas: Canvas, in area: Rectangle) throws {
        let lines = canvas.typesetter.lines(of: text, style, width: area.width)
        for (index, line) in lines.enumerated() {
            canvas.text(
                line, at: Point(area.x, area.y + (Double(index) + 0.75) * lineHeight), style)
        }
    }
}
