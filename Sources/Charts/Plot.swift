import Drawing

/// Marks over two axes, with a heading that names what the vertical axis shows.
package struct Plot: ChartBlock {
    /// What the plot shows; stands above it on the left.
    package var title: String?
    /// Unit or note beside the title.
    package var subtitle: String?
    /// Horizontal axis; its label stands below on the right.
    package var x: Axis
    /// Vertical axis; its label stands above, after the title.
    package var y: Axis
    /// What is shown, painted in this order.
    package var marks: [Mark]
    /// Height of the area inside the axes; nil makes it as high as wide (equal units when the
    /// domains are alike).
    package var innerHeight: Double?
    /// Room on the left, at least; set so that plots in a column line up.
    package var minimumLeftMargin = 0.0

    /// A plot.
    package init(
        title: String? = nil, subtitle: String? = nil, x: Axis, y: Axis, marks: [Mark],
        innerHeight: Double? = 180
    ) {
        self.title = title
        self.subtitle = subtitle
        self.x = x
        self.y = y
        self.marks = marks
        self.innerHeight = innerHeight
    }

    var headingHeight: Double { title == nil && subtitle == nil && y.label == nil ? 6 : 24 }
    var footHeight: Double { (x.hasLabels ? 17 : 4) + (x.label == nil ? 0 : 16) }

    /// Ticks of the vertical axis for its height.
    func verticalTicks(height: Double) -> [Tick] {
        if let ticks = y.ticks { return ticks }
        if case .band = y.scale.kind { return y.scale.ticks(about: max(1, Int(height / 14))) }
        return y.scale.ticks(about: max(2, Int(height / (innerHeight == nil ? 64 : 36))))
    }

    /// The room that the vertical axis's labels take.
    func leftMargin(_ typesetter: Typesetter) -> Double {
        guard y.hasLabels else { return max(2, minimumLeftMargin) }
        let widths = verticalTicks(height: innerHeight ?? 300).map {
            typesetter.size(of: $0.label, Theme.tick).width
        }
        return max((widths.max() ?? 0) + 8, minimumLeftMargin)
    }

    /// The room for names of lines at their right ends.
    func rightMargin(_ typesetter: Typesetter) -> Double {
        let widths = marks.compactMap { mark -> Double? in
            guard case .line(_, _, let label?) = mark else { return nil }
            return typesetter.size(of: label, Theme.label).width + 8
        }
        return max(widths.max() ?? 0, 12)
    }

    /// The area inside the axes.
    func inside(_ area: Rectangle, _ typesetter: Typesetter) -> Rectangle {
        let left = leftMargin(typesetter)
        let width = max(10, area.width - left - rightMargin(typesetter))
        return Rectangle(
            x: area.x + left, y: area.y + headingHeight, width: width,
            height: innerHeight ?? width)
    }

    package func height(forWidth width: Double, _ typesetter: Typesetter) -> Double {
        let area = Rectangle(x: 0, y: 0, width: width, height: 0)
        return headingHeight + inside(area, typesetter).height + footHeight
    }

    package func draw(on canvas: Canvas, in area: Rectangle) throws {
        let frame = PlotFrame(
            inside: inside(area, canvas.typesetter), x: x.scale, y: y.scale,
            isReversed: y.isReversed)
        drawHeading(on: canvas, in: area)
        drawGrid(on: canvas, frame)
        try drawMarks(on: canvas, frame)
        drawAxes(on: canvas, frame)
    }
}

/// Where values fall on the canvas.
struct PlotFrame {
    /// The area inside the axes.
    let inside: Rectangle
    let x: Scale
    let y: Scale
    /// Vertical values grow downwards.
    let isReversed: Bool

    /// The place of a horizontal value.
    func across(_ value: Double) -> Double { inside.x + x.fraction(of: value) * inside.width }

    /// The place of a vertical value; values below a logarithmic scale stand on its floor.
    func down(_ value: Double) -> Double {
        let fraction = max(y.fraction(of: value), -0.5)
        return isReversed
            ? inside.y + fraction * inside.height : inside.maxY - fraction * inside.height
    }

    /// The place of a value pair.
    func point(_ datum: Datum) -> Point { Point(across(datum.x), down(datum.y)) }
}
