import Files
import TestSupport
import Testing

@Suite("FilePath")
struct FilePathTests {
    @Test(
        "takes a path apart",
        arguments: [("a/b/c", "a/b", "c"), ("c", "", "c"), ("/a", "/", "a"), ("a/", "a", "")])
    func parts(path: String, folder: String, name: String) {
        #expect(FilePath.folder(of: path) == folder)
        #expect(FilePath.name(of: path) == name)
    }

    @Test("joins with one slash, and an absolute name stands alone")
    func joins() {
        #expect(FilePath.join("a", "b") == "a/b")
        #expect(FilePath.join("a/", "b") == "a/b")
        #expect(FilePath.join("", "b") == "b")
        #expect(FilePath.join("a", "/b") == "/b")
    }

    @Test("a changed file has another identity")
    func identity() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("one", to: "x")
        let before = FileIdentity(of: path)
        #expect(before?.size == 3)
        try AtomicFile(path).write("two")
        #expect(FileIdentity(of: path) != before)
        #expect(FileIdentity(of: folder.path) == nil)
        #expect(!FilePath.isFile(folder.path))
        #expect(FilePath.isFolder(folder.path))
    }
}
