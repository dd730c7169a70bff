import Files
import Foundation
import ReportCells
import Testing

@Suite("The reference of cells")
struct CellReferenceTests {
    private static let path = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../docs/cells.md").standardizedFileURL.path()

    @Test("docs/cells.md is what the program says about its cells")
    func isTrue() throws {
        let text = CellReference.markdown
        if ProcessInfo.processInfo.environment["VAE_REPORT_WRITE_DOCS"] != nil {
            try AtomicFile(Self.path).write(text)
        }
        #expect(
            try WholeFile.text(at: Self.path).text == text,
            "write it anew: VAE_REPORT_WRITE_DOCS=1 swift test --filter CellReferenceTests")
    }

    @Test("names every kind of figure and table with every key")
    func isWhole() {
        let text = CellReference.markdown
        for kind in FigureKind.allCases {
            #expect(text.contains("### \(kind.rawValue)\n"))
            for option in kind.options { #expect(text.contains("| `\(option.name)` |")) }
        }
        for kind in TableKind.allCases { #expect(text.contains("| `\(kind.rawValue)` |")) }
    }
}
