import Charts
import Figures
import Foundation
import Testing

@Suite("Every figure")
struct FigureContractTests {
    @Test(
        "draws at 2 to 128 dimensions, 1 to 100 classes, 1 to 1,000 epochs, grey and colour",
        arguments: SyntheticFigures.corners)
    func draws(_ corner: SyntheticFigures) throws {
        for (name, figure) in corner.all {
            let svg = try figure.svg(label: "fig-\(name)")
            #expect(svg.utf8.count < 230_000, "\(name) takes \(svg.utf8.count) bytes")
            #expect(!svg.contains("style="), "\(name)")
            let drawing = svg.replacing(/(base64,|aria-label=")[^"]*/, with: "")
            #expect(
                !drawing.contains("nan") && !drawing.contains("inf"), "\(name) has a broken number")
            #expect(svg.hasPrefix("<svg "), "\(name)")
            #expect(!figure.altText.isEmpty && !figure.altText.contains("nan"), "\(name)")
            let table = figure.dataTable
            #expect(!table.rows.isEmpty, "\(name)")
            #expect(table.rows.allSatisfy { $0.count == table.header.count }, "\(name)")
            #expect(table.rows.count <= 200, "\(name) has \(table.rows.count) rows")
        }
    }

    @Test("a page's ten figures stay small, in grey and in colour", arguments: [1, 3])
    func budget(channels: Int) throws {
        let corner = SyntheticFigures(
            latentSize: 128, classCount: 10, epochCount: 40, channels: channels,
            side: channels == 1 ? 28 : 32)
        let usual = [
            "loss", "recon", "prior", "kl", "traversals", "scatter", "interpolations", "posterior",
            "variance", "terms",
        ]
        let sizes = try corner.all.filter { usual.contains($0.name) }.map {
            try $0.figure.svg(label: "fig-\($0.name)").utf8.count
        }
        #expect(sizes.count == 10)
        let total = sizes.reduce(0, +)
        #expect(total < (channels == 1 ? 600_000 : 800_000), "\(sizes) take \(total) bytes")
    }

    @Test("gives the same bytes each time")
    func isDeterministic() throws {
        for (name, figure) in SyntheticFigures.corners[0].all {
            #expect(try figure.svg(label: "f") == figure.svg(label: "f"), "\(name)")
        }
    }

    @Test("an id of one figure is not an id of another on the same page")
    func idsAreUnique() throws {
        let page = try SyntheticFigures.corners[0].all.map {
            try $0.figure.svg(label: "fig-\($0.name)")
        }
        .joined()
        let ids = page.matches(of: /\bid="([^"]+)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
    }
}
