import Glibc

/// The right to write in a folder, which one process at a time has: an advisory lock on the folder
/// itself (flock), so there is no lock file to be left behind, and the system takes it back from a
/// process that ends in whatever way.
///
/// Where the file system has no locks, everyone gets the right at once.
public final class FolderLock: Sendable {
    private let descriptor: Int32

    /// Makes the folder if need be and waits until nobody else works in it.
    ///
    /// `whenBusy` is called once before the wait, with the process that has the folder if that can be
    /// known. Throws a ``FileError`` when the folder cannot be made or opened.
    public init(_ folder: String, whenBusy: (_ holder: Int32?) -> Void = { _ in }) throws {
        var descriptor = try FolderLock.opened(folder)
        if try !FolderLock.lock(descriptor, folder, waits: false) {
            whenBusy(FolderLock.holder(of: folder))
            _ = try FolderLock.lock(descriptor, folder, waits: true)
        }
        while !FolderLock.isStill(folder, descriptor) {
            close(descriptor)
            descriptor = try FolderLock.opened(folder)
            _ = try FolderLock.lock(descriptor, folder, waits: true)
        }
        self.descriptor = descriptor
    }

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// The lock of a folder that is there, if nobody else has it; nil when someone does.
    public static func attempt(_ folder: String) throws -> FolderLock? {
        let descriptor = try opened(folder)
        guard try lock(descriptor, folder, waits: false) else {
            close(descriptor)
            return nil
        }
        return FolderLock(descriptor: descriptor)
    }

    /// Gives the right back; the lock does so by itself when nothing refers to it any more.
    public func release() { flock(descriptor, LOCK_UN) }

    /// The process that has a folder's lock; nil when nobody has it or the system does not tell.
    public static func holder(of folder: String) -> Int32? {
        var status = stat()
        guard stat(folder, &status) == 0, let locks = try? WholeFile.text(at: "/proc/locks") else {
            return nil
        }
        // "1: FLOCK  ADVISORY  WRITE 1234 fe:00:5678 0 EOF": the process and the file's inode.
        let holders = locks.lines.compactMap { line -> Int32? in
            let words = line.split(separator: " ")
            guard words.count > 5, words[1] == "FLOCK", words[5].hasSuffix(":\(status.st_ino)")
            else { return nil }
            return Int32(words[4]).flatMap { $0 > 0 ? $0 : nil }
        }
        return holders.count == 1 ? holders.first : nil
    }

    private static func opened(_ folder: String) throws -> Int32 {
        try Disk().makeFolder(at: folder)
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw FileError(action: "open the folder", path: folder, code: errno)
        }
        return descriptor
    }

    /// Whether the lock is had now; a file system without locks gives it to everyone.
    private static func lock(_ descriptor: Int32, _ folder: String, waits: Bool) throws -> Bool {
        while flock(descriptor, waits ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
            switch errno {
            case EINTR: continue
            case EWOULDBLOCK: return false
            case EBADF, EINVAL, ENOLCK, ENOSYS, ENOTSUP: return true
            default:
                let code = errno
                close(descriptor)
                throw FileError(action: "lock the folder", path: folder, code: code)
            }
        }
        return true
    }

    /// Whether the path still leads to the folder that was opened: `clean` may have deleted it meanwhile.
    private static func isStill(_ folder: String, _ descriptor: Int32) -> Bool {
        var (opened, found) = (stat(), stat())
        return fstat(descriptor, &opened) == 0 && stat(folder, &found) == 0
            && opened.st_ino == found.st_ino && opened.st_dev == found.st_dev
    }
}
