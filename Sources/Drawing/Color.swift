import Foundation

/// A colour in sRGB with straight opacity; components run from 0 to 1.
package struct Color: Sendable, Hashable {
    /// Red, 0 … 1.
    package let red: Double
    /// Green, 0 … 1.
    package let green: Double
    /// Blue, 0 … 1.
    package let blue: Double
    /// Opacity, 0 (clear) … 1.
    package let alpha: Double

    /// A colour from components in 0 … 1; values outside are clamped.
    package init(red: Double, green: Double, blue: Double, alpha: Double = 1) {
        self.red = min(max(red, 0), 1)
        self.green = min(max(green, 0), 1)
        self.blue = min(max(blue, 0), 1)
        self.alpha = min(max(alpha, 0), 1)
    }

    /// A colour from its web number, for example `0x2F6BB3`.
    package init(hex: Int, alpha: Double = 1) {
        self.init(
            red: Double((hex >> 16) & 255) / 255, green: Double((hex >> 8) & 255) / 255,
            blue: Double(hex & 255) / 255, alpha: alpha)
    }

    /// A colour from hue (degrees), saturation and lightness (0 … 1).
    package init(hue: Double, saturation: Double, lightness: Double) {
        let chroma = saturation * min(lightness, 1 - lightness)
        func component(_ offset: Double) -> Double {
            let place = (offset + hue / 30).truncatingRemainder(dividingBy: 12)
            return lightness - chroma * max(-1, min(place - 3, 9 - place, 1))
        }
        self.init(red: component(0), green: component(8), blue: component(4))
    }

    /// White.
    package static let white = Color(hex: 0xFFFFFF)
    /// Black.
    package static let black = Color(hex: 0x000000)

    /// The web number without opacity, for comparison and text.
    package var hexNumber: Int {
        func byte(_ value: Double) -> Int { Int((value * 255).rounded()) }
        return byte(red) << 16 | byte(green) << 8 | byte(blue)
    }

    /// The colour as CSS writes it, `#rrggbb`; opacity is left out.
    package var hexText: String {
        let digits = String(hexNumber, radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// The same colour at another opacity.
    package func opacity(_ alpha: Double) -> Color {
        Color(red: red, green: green, blue: blue, alpha: alpha)
    }

    /// The colour `fraction` of the way to `other`, component by component.
    package func mixed(with other: Color, _ fraction: Double) -> Color {
        Color(
            red: red + (other.red - red) * fraction,
            green: green + (other.green - green) * fraction,
            blue: blue + (other.blue - blue) * fraction,
            alpha: alpha + (other.alpha - alpha) * fraction)
    }

    /// Relative luminance by WCAG 2, 0 … 1.
    package var luminance: Double {
        func linear(_ value: Double) -> Double {
            value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// Contrast ratio by WCAG 2, 1 … 21.
    package func contrast(with other: Color) -> Double {
        let (low, high) = (min(luminance, other.luminance), max(luminance, other.luminance))
        return (high + 0.05) / (low + 0.05)
    }
}
