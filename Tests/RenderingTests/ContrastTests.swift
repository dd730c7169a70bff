import Foundation
import Rendering
import Testing

@Suite("The page's colours")
struct ContrastTests {
    /// The colours of the style sheet by name, light and dark.
    private func colors() throws -> [String: (light: String, dark: String)] {
        let css = try #require(EmbeddedFiles.text(named: "templates/page.css"))
        var result: [String: (light: String, dark: String)] = [:]
        for declaration in css.split(separator: ";") {
            let parts = declaration.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[1].hasPrefix(" light-dark(") else { continue }
            let pair = parts[1].dropFirst(12).dropLast().split(separator: ",")
            guard pair.count == 2 else { continue }
            let name = parts[0].trimmingCharacters(in: .whitespacesAndNewlines)
            result[name] = (String(pair[0]), pair[1].trimmingCharacters(in: .whitespaces))
        }
        return result
    }

    /// Relative luminance by WCAG 2.1.
    private func luminance(_ hex: String) throws -> Double {
        var digits = String(hex.dropFirst())
        if digits.count == 3 { digits = digits.map { "\($0)\($0)" }.joined() }
        let value = try #require(Int(digits, radix: 16))
        let channels = [value >> 16, value >> 8 & 255, value & 255].map { channel -> Double in
            let share = Double(channel) / 255
            return share <= 0.03928 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    }

    @Test(
        "text has the contrast of WCAG AA on every ground it stands on, light and dark",
        arguments: [
            ("--ink", "--page"), ("--ink", "--soft"), ("--muted", "--page"), ("--muted", "--soft"),
            ("--soft-ink", "--page"), ("--soft-ink", "--soft"), ("--link", "--page"),
            ("--link", "--soft"), ("--warn", "--page"), ("--warn", "--warn-soft"),
            ("--warn", "--soft"), ("--bad", "--soft"), ("--bad", "--bad-soft"),
            ("--good", "--soft"), ("--good", "--good-soft"),
        ])
    func contrast(text: String, ground: String) throws {
        let colors = try colors()
        let (ink, page) = (try #require(colors[text]), try #require(colors[ground]))
        for (first, second) in [(ink.light, page.light), (ink.dark, page.dark)] {
            let (one, other) = (try luminance(first), try luminance(second))
            let contrast = (max(one, other) + 0.05) / (min(one, other) + 0.05)
            #expect(contrast >= 4.5, "\(text) on \(ground): \(contrast)")
        }
    }
}
