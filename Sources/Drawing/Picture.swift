/// A drawing that has not been drawn yet: a size and the calls that fill it.
package struct Picture: Sendable {
    /// The extent in points; an SVG's view box.
    package let size: Size
    private let draw: @Sendable (Canvas) throws -> Void

    /// A picture that `draw` fills.
    package init(size: Size, draw: @escaping @Sendable (Canvas) throws -> Void) {
        self.size = size
        self.draw = draw
    }

    /// The picture as an SVG element to stand in a page, or alone as a file.
    ///
    /// It has no `style` attribute, refers to nothing outside itself, and every id starts with
    /// `label`, so several can stand in one page. The same picture gives the same bytes.
    /// - Parameters:
    ///   - label: starts every id, for example `fig-kl`.
    ///   - alternativeText: what a screen reader says.
    package func svg(label: String, alternativeText: String = "") throws -> String {
        let surface = try Surface.svg(size)
        let canvas = Canvas(
            surface: surface, size: size, appearance: .light, typesetter: Typesetter())
        try draw(canvas)
        let rewriter = SVGRewriter(
            label: label, names: canvas.inkNames, smoothImages: canvas.smoothImages)
        return try rewriter.rewrite(
            surface.finishedSVG(), size: size, alternativeText: alternativeText)
    }

    /// The picture as pixels, `scale` pixels per point.
    package func bitmap(
        scale: Double = 2, appearance: Appearance = .light
    ) throws -> Bitmap {
        let surface = try Surface.pixels(
            width: Int((size.width * scale).rounded(.up)),
            height: Int((size.height * scale).rounded(.up)))
        let canvas = Canvas(
            surface: surface, size: size, appearance: appearance, typesetter: Typesetter())
        try canvas.transformed(origin: Point(0, 0), scale: scale) { try draw(canvas) }
        return try surface.bitmap()
    }

    /// The picture as a PNG file, `scale` pixels per point.
    package func png(scale: Double = 2, appearance: Appearance = .light) throws -> [UInt8] {
        try bitmap(scale: scale, appearance: appearance).png()
    }
}
