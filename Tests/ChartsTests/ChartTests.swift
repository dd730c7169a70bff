import Charts
import Drawing
import Foundation
import Testing

@Suite("Charts")
struct ChartTests {
    private static let wave = (0..<60).map { Datum(Double($0), sin(Double($0) / 8) * 40 + 50) }

    private static let lines = Plot(
        title: "Lines", subtitle: "nats", x: Axis(.whole(0, 59), label: "epoch"),
        y: Axis(.linear(0, 100), hasGrid: true),
        marks: [
            .span(from: 5, to: 15, Theme.muted.opacity(0.15)),
            .line(wave, Stroke(Theme.palette[0], width: 1.75), label: "first"),
            .line(raisedWave, Stroke(Theme.palette[1], width: 1.75), label: "second"),
            .line(
                [Datum(20, 20), Datum(30, .nan), Datum(40, 30), Datum(45, 25)],
                Stroke(Theme.palette[2], width: 1.75)),
            .steps(
                [Datum(0, 5), Datum(20, 10), Datum(59, 15)], Stroke(Theme.palette[3], width: 1)),
            .horizontalRule(90, Stroke(Theme.ink, width: 1, dash: [4, 3]), label: "limit"),
            .verticalRule(57, Stroke(Theme.accent, width: 1), label: "end"),
            .note("a note", at: Datum(30, 70), Theme.label),
            .highlight(Datum(10, 88), Theme.palette[0]),
        ])

    private static var raisedWave: [Datum] { wave.map { Datum($0.x, $0.y + 4) } }

    private static var bars: Plot {
        let histogram = Histogram(
            (0..<400).map { (place: Int) -> Double in sin(Double(place)) * 3 })
        return Plot(
            title: "Histogram", x: Axis(.covering(histogram.edges), label: "value"),
            y: Axis(
                .covering(histogram.counts.map(Double.init), includesZero: true), hasGrid: true),
            marks: [histogram.bars(Theme.palette[0])])
    }

    private static var heatMap: Plot {
        let values = (0..<144).map { (place: Int) -> Double in
            sin(Double(place % 12 * (place / 12)) / 9) / 2 + 0.5
        }
        let cells = ColorMap.diverging.bitmap(width: 12, height: 12, values: values)
        let names = (0..<12).map { "z\($0)" }
        var rows = Axis(.band(names))
        rows.isReversed = true
        return Plot(
            title: "Heat map", x: Axis(.band(names)), y: rows, marks: [.cells(cells)],
            innerHeight: nil)
    }

    private static var points: Plot {
        let data = (0..<200).map { (place: Int) -> Datum in
            Datum(2 * sin(Double(place) * 1.3), 2 * cos(Double(place) * 2.1))
        }
        let set = PointSet(
            points: data, groups: (0..<200).map { $0 % 3 }, inks: Array(Theme.palette.prefix(3)))
        return Plot(
            title: "Points", x: Axis(.linear(-3, 3), label: "x", hasGrid: true),
            y: Axis(.linear(-3, 3), hasGrid: true),
            marks: [
                .points(set),
                .circle(
                    center: Datum(0, 0), radius: 1, Stroke(Theme.ink, width: 1), label: "1σ"),
            ],
            innerHeight: nil)
    }

    /// One plot of every kind of mark.
    private static var everything: Chart {
        let key = Legend([
            Legend.Entry(.line(Stroke(Theme.palette[0], width: 2)), "line"),
            Legend.Entry(.dot(Theme.palette[1]), "dot"),
            Legend.Entry(.swatch(Theme.palette[2]), "swatch"),
            Legend.Entry(.ring(Stroke(Theme.accent, width: 1.5)), "ring"),
            Legend.Entry(.ramp(.diverging, low: "−1", high: "1"), "ramp"),
        ])
        return Chart(Column([key, Row([lines, bars]), Row([heatMap, points])]))
    }

    @Test("of every kind of mark draw without a broken number and write what they look like")
    func drawsEverything() throws {
        let svg = try Self.everything.svg(label: "c")
        let drawing = svg.replacing(/base64,[^"]*/, with: "")
        #expect(!drawing.contains("nan") && !drawing.contains("inf"))
        let folder = ProcessInfo.processInfo.environment["VAE_REPORT_FIGURES_DIR"]
        if let folder {
            let place = URL(fileURLWithPath: folder).appending(path: "marks.png")
            try Data(Self.everything.png()).write(to: place)
        }
    }

    private func scatter(_ count: Int) -> Chart {
        let points = (0..<count).map { Datum(sin(Double($0)), cos(Double($0) * 1.7)) }
        return Chart(
            Plot(
                x: Axis(.linear(-1, 1)), y: Axis(.linear(-1, 1)),
                marks: [.points(PointSet(points: points, inks: [Theme.palette[0]]))]))
    }

    @Test("over 2,000 dots become an image, fewer stay vectors")
    func manyDotsAreAnImage() throws {
        #expect(try !scatter(2000).svg(label: "c").contains("<image"))
        let many = try scatter(20_000).svg(label: "c")
        #expect(many.contains("<image"))
        #expect(many.utf8.count < 150_000)
    }

    @Test("a line of 100,000 points takes no more bytes than its plot has columns")
    func longLinesAreThinned() throws {
        let data = (0..<100_000).map { Datum(Double($0), sin(Double($0) * 0.37)) }
        let plot = Plot(
            x: Axis(.whole(0, 99_999)), y: Axis(.linear(-1, 1)),
            marks: [.line(data, Stroke(Theme.palette[0], width: 1))])
        #expect(try Chart(plot).svg(label: "c").utf8.count < 60_000)
    }

    @Test("a histogram counts every value once, the largest included")
    func histogramCounts() {
        let histogram = Histogram([0, 0.5, 1, 1, 2, .nan], binCount: 2, range: 0...2)
        #expect(histogram.counts == [2, 3])
        #expect(histogram.edges == [0, 1, 2])
        #expect(Histogram([]).counts.allSatisfy { $0 == 0 })
        #expect(Histogram([4, 4]).counts.reduce(0, +) == 2)
    }

    @Test("colour maps are grey for no number and end where they end", arguments: ColorMap.allCases)
    func colorMaps(_ map: ColorMap) {
        let bitmap = map.bitmap(width: 3, height: 1, values: [0, 1, .nan])
        #expect(Array(bitmap.pixels.suffix(4)) == [0x88, 0x88, 0x88, 255])
        #expect(map.color(-5) == map.color(0) && map.color(7) == map.color(1))
    }
}
