import Files
import Glibc
import TestSupport
import Testing

@Suite("FolderLock")
struct FolderLockTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("one has it at a time, makes the folder and leaves nothing in it")
    func exclusive() throws {
        let path = folder.path("outputs/mnist")
        let first = try FolderLock(path)
        #expect(try FolderLock.attempt(path) == nil)
        #expect(FolderLock.holder(of: path) == getpid())
        first.release()
        #expect(FolderLock.holder(of: path) == nil)
        let second = try FolderLock.attempt(path)
        #expect(second != nil)
        second?.release()
        #expect(folder.contents() == ["outputs", "outputs/mnist"])
    }

    @Test("who comes second is told once who is there, waits, and then has it")
    func waits() throws {
        let path = folder.path("out")
        let first = try FolderLock(path)
        var told: [Int32?] = []
        let second = try FolderLock(path) { holder in
            told.append(holder)
            first.release()
        }
        #expect(told == [getpid()])
        #expect(try FolderLock.attempt(path) == nil)
        second.release()
    }

    @Test("a folder that is deleted and made again meanwhile is locked as it is now")
    func replaced() throws {
        let path = folder.path("out")
        let first = try FolderLock(path)
        let second = try FolderLock(path) { _ in
            #expect(rmdir(path) == 0)
            first.release()
        }
        #expect(FilePath.isFolder(path))
        #expect(try FolderLock.attempt(path) == nil)
        second.release()
    }

    @Test("nothing refers to it any more: it is free")
    func forgotten() throws {
        let path = folder.path("out")
        do { _ = try FolderLock(path) }
        #expect(try FolderLock.attempt(path) != nil)
    }

    @Test("a folder that cannot be made is an error that names it")
    func unwritable() throws {
        let path = try folder.write("a file", to: "out")
        let error = #expect(throws: FileError.self) { try FolderLock(path) }
        #expect(error?.path == path)
        #expect(
            error?.advice
                == "a file stands where a folder is needed: move it or choose another name")
    }
}
