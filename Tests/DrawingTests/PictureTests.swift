import Drawing
import Foundation
import Testing

@Suite("Pictures as SVG and PNG")
struct PictureTests {
    private static let ink = Ink(name: "ink", light: Color(hex: 0x1F2430), dark: .white)
    private static let series = Ink(
        name: "0", light: Color(hex: 0x2F6BB3), dark: Color(hex: 0x7FB2F0))

    private static let sample = Picture(size: Size(200, 120)) { canvas in
        let style = TextStyle(size: 12, ink: ink)
        canvas.fill(.rectangle(Rectangle(x: 0, y: 0, width: 200, height: 120)), Ink(.white))
        canvas.text("β = 0.5, μ ± σ 数", at: Point(20, 30), style)
        canvas.text(
            "nats", at: Point(12, 90), style, anchor: TextAnchor(.start, .top), angle: -.pi / 2)
        canvas.clipped(to: Rectangle(x: 60, y: 40, width: 80, height: 60)) {
            canvas.stroke(.circle(center: Point(100, 70), radius: 35), Stroke(series, width: 2))
        }
        canvas.fill(
            .rectangle(Rectangle(x: 150, y: 50, width: 30, height: 30)), series.opacity(0.5))
        let checks = Bitmap(channels: 1, width: 2, height: 2, values: [0, 1, 1, 0])
        try canvas.draw(checks, in: Rectangle(x: 150, y: 90, width: 20, height: 20))
        canvas.text(
            "label", at: Point(100, 70), style, anchor: TextAnchor(.middle, .middle),
            halo: Ink(.white))
    }

    @Test("has no style attribute and refers to nothing outside itself")
    func isSelfContained() throws {
        let svg = try Self.sample.svg(label: "fig-a")
        #expect(!svg.contains("style="))
        #expect(!svg.contains("xlink"))
        #expect(!svg.contains("<?xml"))
        let links = svg.matches(of: /href="([^"]{0,5})/).map { String($0.1) }
        #expect(!links.isEmpty)
        #expect(links.allSatisfy { $0.hasPrefix("#fig-") || $0 == "data:" })
    }

    @Test("two figures in one page share no id, and every reference has its target")
    func idsAreUnique() throws {
        let page = try Self.sample.svg(label: "fig-a") + Self.sample.svg(label: "fig-b")
        let ids = page.matches(of: /\bid="([^"]+)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
        let references = page.matches(of: /(?:href="|url\()#([^")]+)/).map { String($0.1) }
        #expect(Set(references).isSubset(of: Set(ids)))
        #expect(Set(ids).isSubset(of: Set(references)))
    }

    @Test("carries theme colours as classes and keeps the light colour as attribute")
    func themeColoursAreClasses() throws {
        let svg = try Self.sample.svg(label: "x")
        #expect(svg.contains("class=\"f-ink\""))
        #expect(svg.contains("class=\"s-0\""))
        #expect(svg.contains("stroke=\"#2f6bb3\""))
        #expect(svg.contains("fill-opacity=\".5\""))
    }

    @Test("a plain colour equal to a theme colour gets no class")
    func plainColourStaysPlain() throws {
        let picture = Picture(size: Size(20, 20)) { canvas in
            let area = Rectangle(x: 0, y: 0, width: 10, height: 10)
            canvas.fill(.rectangle(area), Self.series)
            canvas.fill(.rectangle(area), Ink(Color(hex: 0x2F6BB3)))
        }
        let svg = try picture.svg(label: "x")
        #expect(svg.matches(of: /class=/).count == 1)
    }

    @Test("the same picture gives the same bytes")
    func isDeterministic() throws {
        #expect(try Self.sample.svg(label: "x") == Self.sample.svg(label: "x"))
        #expect(try Self.sample.png() == Self.sample.png())
    }

    @Test("a description becomes the accessible name, escaped")
    func alternativeTextIsEscaped() throws {
        let svg = try Self.sample.svg(label: "x", alternativeText: "a < \"b\" & c")
        #expect(svg.contains("role=\"img\" aria-label=\"a &lt; &quot;b&quot; &amp; c\""))
    }

    @Test("pixels follow the appearance", arguments: Appearance.allCases)
    func pixelsFollowAppearance(_ appearance: Appearance) throws {
        let picture = Picture(size: Size(4, 4)) { canvas in
            canvas.fill(.rectangle(Rectangle(x: 0, y: 0, width: 4, height: 4)), Self.series)
        }
        let bitmap = try picture.bitmap(scale: 2, appearance: appearance)
        #expect(bitmap.width == 8 && bitmap.height == 8)
        let expected: [UInt8] =
            appearance == .light ? [0x2F, 0x6B, 0xB3, 255] : [0x7F, 0xB2, 0xF0, 255]
        #expect(Array(bitmap.pixels.prefix(4)) == expected)
    }

    @Test("text has an extent that grows with its length, its size and its weight")
    func textIsMeasured() {
        let typesetter = Typesetter()
        func width(_ text: String, _ size: Double, _ weight: TextStyle.Weight) -> Double {
            typesetter.size(of: text, TextStyle(size: size, weight: weight, ink: Self.ink)).width
        }
        #expect(width("ab", 12, .regular) > width("a", 12, .regular))
        #expect(abs(width("word", 24, .regular) - 2 * width("word", 12, .regular)) < 0.5)
        #expect(width("word", 12, .semibold) > width("word", 12, .regular))
        #expect(abs(width("111", 12, .regular) - width("888", 12, .regular)) < 0.01)
        let style = TextStyle(size: 12, ink: Self.ink)
        #expect(typesetter.fitted("a long name", style, width: 40).hasSuffix("…"))
        #expect(typesetter.lines(of: "one two three", style, width: 50).count == 2)
    }

    @Test("paths are written in relative hundredths that do not drift")
    func pathsAreShort() throws {
        let points = (0...200).map { Point(10 + Double($0) / 3, $0 % 2 == 0 ? 1.004 : 4.126) }
        let picture = Picture(size: Size(90, 20)) { canvas in
            canvas.stroke(
                .polyline([Point(1, 1), Point(3.5, 1), Point(3.5, 4), Point(4.25, 3)]),
                Stroke(Self.ink, width: 1))
            canvas.stroke(.polyline(points), Stroke(Self.series, width: 1))
        }
        let svg = try picture.svg(label: "x")
        #expect(svg.contains("d=\"M1 1h2.5v3l.75-1\""))
        let long = try #require(svg.matches(of: /d="M10 1l([^"]*)"/).first)
        let steps = long.1.replacing("-", with: " -").replacing(/(\.\d+)\./) { "\($0.1) ." }
            .split(separator: " ").compactMap { Double($0) }
        let across = stride(from: 0, to: steps.count, by: 2).reduce(0) { $0 + steps[$1] }
        #expect(steps.count == 400)
        #expect(abs(across - 200.0 / 3) < 0.01)
    }
}
