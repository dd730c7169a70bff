internal import CCairo

/// Shapes and measures text with Pango, in the family that every figure uses.
///
/// Positions are not rounded and letters not hinted: the same text has the same width in SVG and
/// in PNG at any scale.
package final class Typesetter {
    /// The family asked for; Debian's `fonts-inter` brings it.
    package static let preferredFamily = "Inter"
    /// The family used when the preferred one is not installed.
    package static let fallbackFamily = "DejaVu Sans"

    /// The family in use; characters it lacks come from other installed fonts.
    package let family: String
    private let context: OpaquePointer
    private var layouts: [LayoutKey: OpaquePointer] = [:]

    private struct LayoutKey: Hashable {
        let text: String
        let style: TextStyle
    }

    /// A typesetter of its own; not to be shared between threads.
    package init() {
        let map = pango_cairo_font_map_get_default()
        context = pango_font_map_create_context(map)
        pango_cairo_context_set_resolution(context, 72)
        pango_context_set_round_glyph_positions(context, 0)
        let options = cairo_font_options_create()
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        pango_cairo_context_set_font_options(context, options)
        cairo_font_options_destroy(options)
        family =
            Self.isInstalled(Self.preferredFamily, in: map)
            ? Self.preferredFamily : Self.fallbackFamily
    }

    deinit {
        for layout in layouts.values { g_object_unref(UnsafeMutableRawPointer(layout)) }
        g_object_unref(UnsafeMutableRawPointer(context))
    }

    /// The extent of one line: its advance width and the font's line height.
    package func size(of text: String, _ style: TextStyle) -> Size {
        var (width, height): (Int32, Int32) = (0, 0)
        pango_layout_get_size(layout(text, style), &width, &height)
        return Size(Double(width) / Double(PANGO_SCALE), Double(height) / Double(PANGO_SCALE))
    }

    /// The text cut with an ellipsis to at most `width` points.
    package func fitted(_ text: String, _ style: TextStyle, width: Double) -> String {
        guard size(of: text, style).width > width else { return text }
        var kept = text
        while !kept.isEmpty, size(of: kept + "…", style).width > width { kept.removeLast() }
        return kept + "…"
    }

    /// Breaks a text at spaces into lines of at most `width` points; a longer word stands alone.
    package func lines(of text: String, _ style: TextStyle, width: Double) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, size(of: "\(last) \(word)", style).width <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }

    /// The distance from the top of a line to its baseline.
    func baseline(of text: String, _ style: TextStyle) -> Double {
        Double(pango_layout_get_baseline(layout(text, style))) / Double(PANGO_SCALE)
    }

    /// The shaped line, kept for as long as the typesetter lives.
    func layout(_ text: String, _ style: TextStyle) -> OpaquePointer {
        let key = LayoutKey(text: text, style: style)
        if let known = layouts[key] { return known }
        let layout: OpaquePointer = pango_layout_new(context)
        let font = pango_font_description_new()
        pango_font_description_set_family(font, "\(family), \(Self.fallbackFamily)")
        pango_font_description_set_weight(font, PangoWeight(UInt32(style.weight.rawValue)))
        pango_font_description_set_absolute_size(font, style.size * Double(PANGO_SCALE))
        pango_layout_set_font_description(layout, font)
        pango_font_description_free(font)
        pango_layout_set_single_paragraph_mode(layout, 1)
        if style.hasTabularDigits {
            let attributes = pango_attr_list_new()
            pango_attr_list_insert(attributes, pango_attr_font_features_new("tnum=1"))
            pango_layout_set_attributes(layout, attributes)
            pango_attr_list_unref(attributes)
        }
        pango_layout_set_text(layout, text, -1)
        layouts[key] = layout
        return layout
    }

    /// Whether a family of that name is installed.
    package static func isInstalled(_ family: String) -> Bool {
        isInstalled(family, in: pango_cairo_font_map_get_default())
    }

    private static func isInstalled(
        _ family: String, in map: UnsafeMutablePointer<PangoFontMap>?
    ) -> Bool {
        var families: UnsafeMutablePointer<UnsafeMutablePointer<PangoFontFamily>?>?
        var count: Int32 = 0
        pango_font_map_list_families(map, &families, &count)
        defer { g_free(families) }
        return (0..<Int(count)).contains { index in
            guard let name = pango_font_family_get_name(families?[index]) else { return false }
            return String(cString: name) == family
        }
    }
}
