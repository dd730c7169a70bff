import Files
import Foundation
import Literate
import Rendering
import TestSupport
import Testing

@Suite("What a page carries of its report")
struct RecordedPageTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func recorded(_ name: String) throws -> (report: BuiltReport, page: RecordedPage) {
        let text = try #require(EmbeddedFiles.text(named: "reports/\(name).md"))
        let report = try build(text, folder: folder.path)
        return (report, try RecordedPage(try page(report), path: "report.html"))
    }

    @Test("its values are read back with errors, numbers of images, units and protocols")
    func values() throws {
        let (report, page) = try recorded("mnist")
        let names = report.values.keys.filter { $0.hasPrefix("main.test.") }
        #expect(names.count > 10)
        for name in names {
            let (was, found) = (try #require(report.values[name]), try #require(page.values[name]))
            #expect(found.protocolNote == was.protocolNote, "\(name)")
            #expect(found.count == was.count && found.unit == (was.unit == "" ? nil : was.unit))
            guard let number = was.number else {
                #expect(found.content == was.content, "\(name)")
                continue
            }
            #expect(abs((found.number ?? .nan) - number) < 1e-2 * max(1, was.standardError ?? 0))
        }
    }

    @Test("drawings are found with the bodies of their cells, under ids of another cell")
    func drawings() throws {
        let page = try recorded("mnist").page
        let samples = try #require(page.drawings.first { $0.body.contains("kind: prior-samples") })
        #expect(samples.svg.hasPrefix("<svg") && samples.svg.hasSuffix("</svg>"))
        guard case .figure(let figure) = samples.output(label: "fig-other", caption: "a_b") else {
            Issue.record("no figure")
            return
        }
        #expect(!figure.svg.contains("\"~"))
        #expect(figure.defaultCaption == "a\\_b")
    }

    @Test("a page of something else is refused with what was expected")
    func refused() throws {
        let error = #expect(throws: FileError.self) {
            try RecordedPage("<html></html>", path: "other.html")
        }
        #expect(error?.advice.contains("report.html") == true)
    }
}
