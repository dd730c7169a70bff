import Files
import Foundation
import Literate
import ReportCells
import TestSupport
import Testing

/// Files that a report on the disk names.
@Suite("Files that a report names")
struct NamedFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func parse(_ text: String) throws -> Document {
        let path = try folder.write(text, to: "report/report.md")
        let location = try ReportLocation(path, names: [], embedded: { _ in nil })
        return try DocumentParser.parse(location.source, kinds: [], files: location.files)
    }

    private func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("report/" + name), withDestinationPath: target)
    }

    @Test("a link that stays in the folder is followed, one that leaves it is refused")
    func links() throws {
        try folder.write("A secret.\n", to: "secret.md")
        try folder.write("A part.\n", to: "report/parts/part.md")
        try link("inside.md", to: "parts/part.md")
        try link("outside.md", to: "../secret.md")
        try link("absolute.md", to: folder.path("secret.md"))
        try link("above", to: "..")
        #expect(throws: Never.self) { try parse("{{< include inside.md >}}\n") }
        for path in ["outside.md", "absolute.md", "above/secret.md"] {
            let error = #expect(throws: SourceError.self) {
                try parse("{{< include \(path) >}}\n")
            }
            #expect(error?.message.contains("leads out of the report's folder") == true)
        }
    }

    @Test("a pipe is refused, which nobody may ever write to")
    func pipe() throws {
        try folder.write("", to: "report/parts/empty.md")
        #expect(mkfifo(folder.path("report/pipe.md"), 0o600) == 0)
        let error = #expect(throws: SourceError.self) { try parse("{{< include pipe.md >}}\n") }
        #expect(error?.message.contains("a pipe or a device") == true)
    }
}
