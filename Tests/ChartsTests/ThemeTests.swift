import Charts
import Drawing
import Testing

@Suite("Theme")
struct ThemeTests {
    @Test("series stand out and text is readable, light and dark", arguments: Appearance.allCases)
    func contrast(_ appearance: Appearance) {
        let page = Theme.surface.color(on: appearance)
        for ink in Theme.palette + [Theme.accent] {
            let ratio = ink.color(on: appearance).contrast(with: page)
            #expect(ratio >= 3, "\(ink.name ?? "") has \(ratio)")
        }
        for ink in [Theme.ink, Theme.muted, Theme.warn] {
            #expect(ink.color(on: appearance).contrast(with: page) >= 4.5, "\(ink.name ?? "")")
        }
    }

    @Test("light series also stand out on a dark page, for marks drawn as an image")
    func rasterContrast() {
        let dark = Theme.surface.color(on: .dark)
        for ink in Theme.palette + (0..<100).map({ Theme.category($0, of: 100) }) {
            #expect(ink.light.contrast(with: dark) >= 3, "\(ink.light.hexText)")
            #expect(ink.light.contrast(with: .white) >= 2.9, "\(ink.light.hexText)")
        }
    }

    @Test("the style sheet names every colour for fill and stroke, and has a dark side")
    func styleSheet() {
        let css = Theme.css
        for name in ["ink", "muted", "grid", "surface", "0", "9", "accent", "warn"] {
            #expect(css.contains(".f-\(name){fill:var(--c-\(name))}"))
            #expect(css.contains(".s-\(name){stroke:var(--c-\(name))}"))
            #expect(css.contains("--c-\(name):light-dark(#"))
        }
        #expect(css.filter { $0 == "{" }.count == css.filter { $0 == "}" }.count)
    }

    @Test("a hundred classes have a hundred colours")
    func categories() {
        #expect(Set((0..<100).map { Theme.category($0, of: 100).light.hexNumber }).count == 100)
    }
}
