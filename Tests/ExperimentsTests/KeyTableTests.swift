import Experiments
import Files
import Testing

@Suite("The table of config keys")
struct KeyTableTests {
    @Test("has a reference that is committed as the table generates it")
    func reference() throws {
        let root = FilePath.folder(of: FilePath.folder(of: FilePath.folder(of: #filePath)))
        let committed = try WholeFile.text(at: "\(root)/docs/config.md").text
        #expect(
            committed == KeyTable.reference(),
            "run vae-report config > docs/config.md")
        for name in KeyTable.names { #expect(committed.contains("| `\(name)` | ")) }
    }

    @Test("documents every key, with a default that is valid")
    func table() throws {
        for key in KeyTable.keys {
            #expect(key.documentation.hasSuffix("."))
            #expect(!key.expectation.isEmpty)
            if key.defaultValue != .null {
                _ = try load("", "\(key.name)=\(key.defaultValue.canonicalText)")
            }
        }
        #expect(Set(KeyTable.names).count == KeyTable.names.count)
    }
}
