import Files
import Glibc
import TestSupport
import Testing

@Suite("AtomicFile")
struct AtomicFileTests {
    @Test("writes the bytes, makes the folders and leaves nothing else")
    func writes() throws {
        let folder = try TemporaryFolder()
        try AtomicFile(folder.path("a/b/report.html")).write("hello")
        #expect(try WholeFile.bytes(at: folder.path("a/b/report.html")) == Array("hello".utf8))
        #expect(folder.contents() == ["a", "a/b", "a/b/report.html"])
    }

    @Test("replaces a file and skips the write when nothing changes")
    func replaces() throws {
        let folder = try TemporaryFolder()
        let file = AtomicFile(folder.path("x"))
        #expect(try file.writeIfChanged([1, 2]))
        #expect(try !file.writeIfChanged([1, 2]))
        #expect(try file.writeIfChanged([1, 3]))
        #expect(try WholeFile.bytes(at: folder.path("x")) == [1, 3])
    }

    @Test("keeps the old file and leaves nothing behind", arguments: FaultyFileSystem.Step.allCases)
    func failure(step: FaultyFileSystem.Step) throws {
        let folder = try TemporaryFolder()
        try folder.write("old", to: "x")
        let file = AtomicFile(folder.path("x"), fileSystem: FaultyFileSystem(failing: step))
        let error = #expect(throws: FileError.self) { try file.write("new and longer") }
        #expect(error?.path == (step == .makeFolder ? folder.path : folder.path("x")))
        #expect(error?.description.contains("No space left on device") == true)
        #expect(error?.advice.contains("free some space") == true)
        #expect(folder.contents() == ["x"])
        #expect(try WholeFile.bytes(at: folder.path("x")) == Array("old".utf8))
    }

    @Test("knows what was on its way under a temporary name")
    func temporaryNames() throws {
        let folder = try TemporaryFolder()
        var temporary = ""
        try AtomicFile(folder.path("a.b")).write([1]) { temporary = FilePath.name(of: $0) }
        #expect(AtomicFile.target(ofTemporary: temporary) == "a.b")
        for name in ["a.b", ".a.b.tmp", "a.b.12-x.tmp", ".a.b.12-x.tmp~", ".12-x.tmp"] {
            #expect(AtomicFile.target(ofTemporary: name) == nil)
        }
    }

    @Test("removes what stopped processes left, of its own names and never of a process that runs")
    func leftovers() throws {
        let folder = try TemporaryFolder()
        let (stopped, mine) = (".a.txt.\(Int32.max)-x1.tmp", ".a.txt.\(getpid())-x2.tmp")
        for name in [stopped, mine, ".b.txt.\(Int32.max)-x3.tmp", "a.txt", ".a.txt.tmp"] {
            try folder.write("half", to: name)
        }
        AtomicFile.removeLeftovers(in: folder.path, onlyWriter: false) { $0 == "a.txt" }
        #expect(
            Set(folder.contents()) == [mine, ".b.txt.\(Int32.max)-x3.tmp", "a.txt", ".a.txt.tmp"])
        AtomicFile.removeLeftovers(in: folder.path, onlyWriter: true) { $0 == "a.txt" }
        #expect(Set(folder.contents()) == [".b.txt.\(Int32.max)-x3.tmp", "a.txt", ".a.txt.tmp"])
    }

    @Test("says that a folder is in the way")
    func folderInTheWay() throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: "x/inner")
        let error = #expect(throws: FileError.self) {
            try AtomicFile(folder.path("x")).write("text")
        }
        #expect(error?.advice.contains("folder is in the way") == true)
        #expect(folder.contents() == ["x", "x/inner"])
    }

    @Test("says that a file stands where a folder is needed")
    func fileInTheWay() throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: "x")
        let error = #expect(throws: FileError.self) {
            try AtomicFile(folder.path("x/y")).write("text")
        }
        #expect(error?.advice.contains("file stands where a folder is needed") == true)
    }
}
