/// A place on the canvas in points; y grows downwards.
package struct Point: Sendable, Hashable {
    /// Distance from the left edge.
    package var x: Double
    /// Distance from the top edge.
    package var y: Double

    /// A place.
    package init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }
}

/// Width and height in points.
package struct Size: Sendable, Hashable {
    /// Extent along x.
    package var width: Double
    /// Extent along y.
    package var height: Double

    /// A size.
    package init(_ width: Double, _ height: Double) {
        self.width = width
        self.height = height
    }
}

/// A rectangle with sides along the axes, in points.
package struct Rectangle: Sendable, Hashable {
    /// Left edge.
    package var x: Double
    /// Top edge.
    package var y: Double
    /// Extent to the right.
    package var width: Double
    /// Extent downwards.
    package var height: Double

    /// A rectangle from its upper left corner and size.
    package init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// Right edge.
    package var maxX: Double { x + width }
    /// Bottom edge.
    package var maxY: Double { y + height }
    /// Middle along x.
    package var midX: Double { x + width / 2 }
    /// Middle along y.
    package var midY: Double { y + height / 2 }

    /// The rectangle grown by `amount` on each side; shrunk when negative.
    package func grown(by amount: Double) -> Rectangle {
        Rectangle(
            x: x - amount, y: y - amount, width: width + 2 * amount, height: height + 2 * amount)
    }

    /// The rectangle less a margin on each side.
    package func inset(left: Double, top: Double, right: Double, bottom: Double) -> Rectangle {
        Rectangle(
            x: x + left, y: y + top, width: max(0, width - left - right),
            height: max(0, height - top - bottom))
    }

    /// True when both cover some of the same area.
    package func overlaps(_ other: Rectangle) -> Bool {
        x < other.maxX && other.x < maxX && y < other.maxY && other.y < maxY
    }
}
