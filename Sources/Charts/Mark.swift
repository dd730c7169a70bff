import Drawing

/// A value pair of a plot.
package struct Datum: Sendable, Hashable {
    /// Along the horizontal axis.
    package var x: Double
    /// Along the vertical axis; not a number where a line has a gap.
    package var y: Double

    /// A value pair.
    package init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }
}

/// A range of values at a place on the other axis.
package struct Extent: Sendable, Hashable {
    /// The place on the other axis.
    package var place: Double
    /// The start of the range.
    package var from: Double
    /// The end of the range.
    package var to: Double

    /// A range of values at a place on the other axis.
    package init(at place: Double, from: Double, to: Double) {
        self.place = place
        self.from = from
        self.to = to
    }
}

/// A word for a place of a plot.
package struct PlaceName: Sendable, Hashable {
    /// The word.
    package var text: String
    /// The place it stands beside.
    package var datum: Datum

    /// A word for a place of a plot.
    package init(_ text: String, at datum: Datum) {
        self.text = text
        self.datum = datum
    }
}

/// A word in the middle of a place of a plot, in a type of its own.
package struct PlacedWord: Sendable {
    /// The word.
    package var text: String
    /// Its middle.
    package var datum: Datum
    /// Its type.
    package var style: TextStyle

    /// A word in the middle of a place.
    package init(_ text: String, at datum: Datum, _ style: TextStyle) {
        self.text = text
        self.datum = datum
        self.style = style
    }
}

/// Something that a plot shows.
package enum Mark: Sendable {
    /// A line through points; a gap where y is no number, a dot where a point stands alone.
    case line([Datum], Stroke, label: String? = nil)
    /// Like `line`, but each value holds until the next.
    case steps([Datum], Stroke)
    /// Bars from `base` to each y, `width` in units of x.
    case bars([Datum], Ink, width: Double = 0.8, base: Double = 0)
    /// Dots, the colour of each by its group; over 2,000 of them become an image.
    case points(PointSet)
    /// The area between two x values, over the full height.
    case span(from: Double, to: Double, Ink)
    /// A straight line at one y across the plot, with a label above its right end.
    case horizontalRule(Double, Stroke, label: String? = nil)
    /// A straight line at one x over the full height, with a label beside its top.
    case verticalRule(Double, Stroke, label: String? = nil)
    /// A circle; drawn as an ellipse if the axes' units differ.
    case circle(center: Datum, radius: Double, Stroke, label: String? = nil)
    /// A word at a place, rimmed so that it can be read on top of marks.
    case note(String, at: Datum, TextStyle, anchor: TextAnchor = TextAnchor(.middle, .middle))
    /// A larger dot with a rim, to point out one value.
    case highlight(Datum, Ink)
    /// The area between a line through points and `base`.
    case area([Datum], Ink, base: Double = 0)
    /// Lying bars, `thickness` in units of y.
    case lyingBars([Extent], Ink, thickness: Double = 0.62)
    /// Thin lines with caps over the range of each value: upright, or lying for values along x.
    case whiskers([Extent], Stroke, isLying: Bool = false)
    /// Words beside places, moved so that they touch neither each other nor a place.
    case names([PlaceName], TextStyle, dropsCrowded: Bool = false)
    /// Words in the middle of places, such as the numbers of a heat map's cells.
    case words([PlacedWord])
    /// Cells of a heat map over the whole plot, rows from the top: give it a reversed y axis.
    case cells(Bitmap)
}

/// Dots of a scatter plot.
package struct PointSet: Sendable {
    /// Where they are, drawn in this order.
    package var points: [Datum]
    /// The group of each point; empty when all are alike.
    package var groups: [Int]
    /// The colour of each group.
    package var inks: [Ink]
    /// Radius in points.
    package var radius: Double

    /// Dots in the colours of their groups.
    package init(points: [Datum], groups: [Int] = [], inks: [Ink], radius: Double = 2) {
        precondition(
            groups.isEmpty || groups.count == points.count,
            "\(groups.count) groups for \(points.count) points")
        self.points = points
        self.groups = groups
        self.inks = inks
        self.radius = radius
    }

    /// The colour of the point at `index`.
    func ink(at index: Int) -> Ink {
        let group = groups.isEmpty ? 0 : groups[index]
        return inks.isEmpty ? Theme.muted : inks[max(0, group) % inks.count]
    }
}
