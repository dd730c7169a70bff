/// Size, weight and colour of a line of text.
package struct TextStyle: Sendable, Hashable {
    /// How heavy the letters are.
    package enum Weight: Int, Sendable, Hashable {
        case regular = 400
        case medium = 500
        case semibold = 600
    }

    /// Height of the em square in points.
    package var size: Double
    /// Heaviness.
    package var weight: Weight
    /// The paint.
    package var ink: Ink
    /// Digits of equal width, so that numbers line up.
    package var hasTabularDigits: Bool

    /// A style.
    package init(
        size: Double, weight: Weight = .regular, ink: Ink, hasTabularDigits: Bool = true
    ) {
        self.size = size
        self.weight = weight
        self.ink = ink
        self.hasTabularDigits = hasTabularDigits
    }

    /// The same style in another paint.
    package func with(ink: Ink) -> TextStyle {
        TextStyle(size: size, weight: weight, ink: ink, hasTabularDigits: hasTabularDigits)
    }
}

/// Which part of a line of text stands at the point given for it.
package struct TextAnchor: Sendable, Hashable {
    /// Along the line.
    package enum Horizontal: Sendable { case start, middle, end }
    /// Across the line; `middle` is half the height of a capital.
    package enum Vertical: Sendable { case top, middle, baseline, bottom }

    /// Along the line.
    package var horizontal: Horizontal
    /// Across the line.
    package var vertical: Vertical

    /// An anchor.
    package init(_ horizontal: Horizontal, _ vertical: Vertical) {
        self.horizontal = horizontal
        self.vertical = vertical
    }
}
