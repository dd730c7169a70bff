/// What a shape is painted with: a colour of its own, or a named colour of the theme.
///
/// A named ink leaves its name in the SVG as a class (`f-NAME` on fills, `s-NAME` on strokes), so
/// that a page's style sheet can recolour the drawing; its light colour stays as the attribute.
package struct Ink: Sendable, Hashable {
    /// The theme's name for it; nil for a colour that no theme changes.
    package let name: String?
    /// The colour on a light page.
    package let light: Color
    /// The colour on a dark page.
    package let dark: Color
    /// Opacity on top of the colour's own, 0 … 1.
    package let alpha: Double

    /// A colour of the theme.
    package init(name: String, light: Color, dark: Color) {
        self.init(name: name, light: light, dark: dark, alpha: 1)
    }

    /// A colour that is the same on every page.
    package init(_ color: Color) {
        self.init(
            name: nil, light: color.opacity(1), dark: color.opacity(1), alpha: color.alpha)
    }

    private init(name: String?, light: Color, dark: Color, alpha: Double) {
        self.name = name
        self.light = light
        self.dark = dark
        self.alpha = alpha
    }

    /// The same ink, let through by `alpha`.
    package func opacity(_ alpha: Double) -> Ink {
        Ink(name: name, light: light, dark: dark, alpha: alpha)
    }

    /// The colour to paint on a page of this appearance.
    package func color(on appearance: Appearance) -> Color {
        (appearance == .light ? light : dark).opacity(alpha)
    }
}

/// Whether a picture is meant for a light or a dark page.
package enum Appearance: String, Sendable, CaseIterable {
    case light
    case dark
}
