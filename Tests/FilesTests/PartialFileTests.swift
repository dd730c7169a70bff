import Files
import Glibc
import TestSupport
import Testing

@Suite("PartialFile")
struct PartialFileTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path("a/b.gz") }

    init() throws { folder = try TemporaryFolder() }

    @Test("grows over several lives, and gets its name when it is accepted")
    func grows() throws {
        try PartialFile(for: path).append([1, 2])
        let second = try PartialFile(for: path)
        #expect(second.count == 2)
        try second.append([3])
        #expect(folder.contents() == ["a", "a/b.gz.part"])
        try second.finish { part in
            let bytes = try WholeFile.bytes(at: part)
            #expect(bytes == [1, 2, 3])
        }
        #expect(folder.contents() == ["a", "a/b.gz"])
        #expect(try WholeFile.bytes(at: path) == [1, 2, 3])
    }

    @Test("is deleted when it is not accepted")
    func refused() throws {
        struct Refusal: Error {}
        let file = try PartialFile(for: path)
        try file.append([1])
        #expect(throws: Refusal.self) { try file.finish { _ in throw Refusal() } }
        #expect(folder.contents() == ["a"])
        #expect(file.count == 0)
    }

    @Test("begins anew, and leaves nothing behind when it is empty")
    func restart() throws {
        let file = try PartialFile(for: path)
        try file.append([1, 2, 3])
        try file.removeIfEmpty()
        #expect(folder.contents() == ["a", "a/b.gz.part"])
        try file.restart()
        try file.append([4])
        #expect(file.count == 1)
        #expect(try WholeFile.bytes(at: file.partPath) == [4])
        try file.restart()
        try file.removeIfEmpty()
        #expect(folder.contents() == ["a"])
    }

    @Test("follows no link in its place, and takes nothing but a file")
    func link() throws {
        try folder.write("mine", to: "mine.txt")
        try folder.write("", to: "a/other")
        #expect(symbolicLink(from: path + ".part", to: folder.path("mine.txt")))
        #expect(throws: FileError.self) { try PartialFile(for: path) }
        #expect(try WholeFile.bytes(at: folder.path("mine.txt")) == Array("mine".utf8))
        try Disk().makeFolder(at: folder.path("a/c.gz.part"))
        #expect(throws: FileError.self) { try PartialFile(for: folder.path("a/c.gz")) }
    }

    private func symbolicLink(from path: String, to target: String) -> Bool {
        symlink(target, path) == 0
    }
}
