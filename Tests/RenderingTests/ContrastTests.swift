import Foundation
import Rendering
import Testing

@Suite("The page's colours")
struct ContrastTests {
    /// The custom properties of the first block of the style sheet that begins with `selector`.
    private func colors(_ selector: String) throws -> [String: String] {
        let css = try #require(EmbeddedFiles.text(named: "templates/page.css"))
        let start = try #require(css.range(of: selector + " {"))
        let block = css[start.upperBound...].prefix { $0 != "}" }
        return block.split(separator: ";").reduce(into: [:]) { result, declaration in
            let parts = declaration.split(separator: ":", maxSplits: 1).map {
                $0.trimmingCharacters(in: .whitespacesAndNewlines)
            }
            if parts.count == 2, parts[1].hasPrefix("#") { result[parts[0]] = parts[1] }
        }
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
        "text has the contrast of WCAG AA on every ground it stands on",
        arguments: [
            ":root", ":root[data-theme=dark]", ":root:not([data-theme=light])",
        ])
    func contrast(selector: String) throws {
        let colors = try colors(selector)
        let pairs = [
            ("--ink", "--page"), ("--ink", "--soft"), ("--muted", "--page"), ("--muted", "--soft"),
            ("--soft-ink", "--page"), ("--soft-ink", "--soft"), ("--link", "--page"),
            ("--link", "--soft"), ("--warn", "--page"),
            ("--warn", "--warn-soft"), ("--bad", "--soft"), ("--bad", "--bad-soft"),
            ("--good", "--soft"),
            ("--good", "--good-soft"), ("--warn", "--soft"),
        ]
        for (text, ground) in pairs {
            let first = try luminance(try #require(colors[text], "\(text)"))
            let second = try luminance(try #require(colors[ground], "\(ground)"))
            let contrast = (max(first, second) + 0.05) / (min(first, second) + 0.05)
            #expect(contrast >= 4.5, "\(text) on \(ground): \(contrast)")
        }
    }

    @Test("both ways to be dark have the same colours")
    func dark() throws {
        #expect(try colors(":root[data-theme=dark]") == colors(":root:not([data-theme=light])"))
    }
}
