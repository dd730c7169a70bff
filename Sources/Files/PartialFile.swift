import Glibc

/// A file that arrives in pieces, so that a later process goes on where this one ended.
///
/// It grows beside its place as `<name>.part`; only when it is whole and accepted it gets its name.
public final class PartialFile {
    /// Where the file will stand.
    public let path: String
    /// Bytes that are there already.
    public private(set) var count: Int
    /// The growing file's path.
    public let partPath: String
    private let descriptor: Int32

    /// What a file is called while it grows.
    public static func partName(of name: String) -> String { name + ".part" }

    /// Opens what there is of the file that will stand at `path`, making folders above it.
    ///
    /// A link in the part's place is not followed. Throws a ``FileError``.
    public init(for path: String) throws {
        self.path = path
        partPath = PartialFile.partName(of: path)
        try Disk().makeFolder(at: FilePath.folder(of: path))
        descriptor = open(
            partPath, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o666)
        count = 0
        guard descriptor >= 0 else { throw failure(errno) }
        var information = stat()
        guard fstat(descriptor, &information) == 0 else { throw failure(errno) }
        guard information.st_mode & S_IFMT == S_IFREG else { throw failure(EEXIST) }
        count = Int(information.st_size)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Adds bytes at the end.
    public func append(_ bytes: [UInt8]) throws {
        if let code = OpenFile.write(bytes, to: descriptor) { throw failure(code) }
        count += bytes.count
    }

    /// Forgets what has arrived, to begin anew.
    public func restart() throws {
        guard ftruncate(descriptor, 0) == 0 else { throw failure(errno) }
        count = 0
    }

    /// Gives the file its name when `accept`, told the part's path, does not throw.
    ///
    /// The disk has every byte before the name changes. What is not accepted is deleted.
    public func finish(accept: (_ part: String) throws -> Void) throws {
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure(errno) }
        do {
            try accept(partPath)
        } catch {
            try restart()
            try Disk().remove(partPath)
            throw error
        }
        try Disk().rename(partPath, to: path)
    }

    /// Deletes the part when nothing has arrived.
    public func removeIfEmpty() throws {
        if count == 0 { try Disk().remove(partPath) }
    }

    private func failure(_ code: Int32) -> FileError {
        FileError(action: "write", path: partPath, code: code)
    }
}
