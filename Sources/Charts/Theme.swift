import Drawing

/// The colours and type of every chart, and the style sheet that recolours charts on a dark page.
///
/// The categorical colours stay apart under the common kinds of colour blindness for the first
/// few, and each has a contrast of at least 3 : 1 with its page, light or dark.
package enum Theme {
    /// Text and what has to stand out.
    package static let ink = ink("ink", 0x1B1F27, 0xE8EAED)
    /// Secondary text and axes.
    package static let muted = ink("muted", 0x5B6470, 0xA3ACB8)
    /// Grid lines and other faint guides.
    package static let grid = ink("grid", 0xE4E7EC, 0x2C333C)
    /// The background.
    package static let surface = ink("surface", 0xFFFFFF, 0x14171C)
    /// A mark that points something out.
    package static let accent = ink("accent", 0xC2185B, 0xFF7AA8)
    /// A mark that warns.
    package static let warn = ink("warn", 0xB54708, 0xF4B06A)
    /// Ten colours for series and classes.
    package static let palette = [
        ink("0", 0x2F6FB7, 0x6EA8E5), ink("1", 0xD0650A, 0xF09A4A), ink("2", 0x1D8A66, 0x4FC49A),
        ink("3", 0xB8508F, 0xE08ABD), ink("4", 0xA17D00, 0xD9B43C), ink("5", 0x2490B8, 0x6FCDF0),
        ink("6", 0x6D53B8, 0xA894EE), ink("7", 0xC0392F, 0xF07F74), ink("8", 0x6F7782, 0xAAB2BD),
        ink("9", 0x5D8F1F, 0x9DCF5A),
    ]

    /// Every named colour, in the order of the style sheet.
    package static let named = [ink, muted, grid, surface] + palette + [accent, warn]

    /// The colour of one class among `count`: from the palette up to ten, then hues all around,
    /// neighbours told apart by luminance as well, all of them visible on light and on dark.
    package static func category(_ index: Int, of count: Int) -> Ink {
        guard count > palette.count else { return palette[index % palette.count] }
        let hue = 360 * Double(index) / Double(count)
        let luminance = [0.14, 0.28, 0.2][index % 3]
        var (low, high) = (0.0, 1.0)
        for _ in 0..<12 {
            let middle = (low + high) / 2
            let color = Color(hue: hue, saturation: 0.62, lightness: middle)
            if color.luminance < luminance { low = middle } else { high = middle }
        }
        return Ink(Color(hue: hue, saturation: 0.62, lightness: low))
    }

    /// Type for the name of a panel.
    package static let title = TextStyle(size: 12.5, weight: .semibold, ink: ink)
    /// Type for units and notes beside a name.
    package static let subtitle = TextStyle(size: 11, ink: muted)
    /// Type for labels that are read with the data.
    package static let label = TextStyle(size: 11, ink: ink)
    /// Type for tick labels.
    package static let tick = TextStyle(size: 10.5, ink: muted)
    /// Type for signs between images.
    package static let sign = TextStyle(size: 16, weight: .medium, ink: muted)
    /// Type for values under images.
    package static let caption = TextStyle(size: 10.5, ink: muted)

    private static func ink(_ name: String, _ light: Int, _ dark: Int) -> Ink {
        Ink(name: name, light: Color(hex: light), dark: Color(hex: dark))
    }
}

extension Theme {
    /// The style sheet for drawings: a variable `--c-NAME` for each colour, and the classes `f-NAME`
    /// (fill) and `s-NAME` (stroke). The page's `color-scheme` decides between light and dark.
    package static var css: String {
        let colors = named.compactMap { ink in
            ink.name.map {
                "--c-\($0):light-dark(\(ink.color(on: .light).hexText),\(ink.color(on: .dark).hexText))"
            }
        }
        let classes = named.compactMap(\.name).map {
            ".f-\($0){fill:var(--c-\($0))}.s-\($0){stroke:var(--c-\($0))}"
        }
        return "svg{\(colors.joined(separator: ";"))}\(classes.joined())\n"
    }
}
