import Glibc

/// The real file system.
public struct Disk: FileSystem {
    /// The disk as this process sees it.
    public init() {}

    /// Makes a folder and those above it, as `mkdir -p`.
    public func makeFolder(at path: String) throws {
        guard !path.isEmpty, !FilePath.isFolder(path) else { return }
        try makeFolder(at: FilePath.folder(of: path))
        guard mkdir(path, 0o777) != 0 else { return }
        let code = errno
        if code == EEXIST, FilePath.isFolder(path) { return }
        throw FileError(action: "make the folder", path: path, code: code)
    }

    /// Writes and flushes a file that must not exist yet.
    public func writeNewFile(_ bytes: [UInt8], at path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw FileError(action: "write", path: path, code: errno) }
        var failure = OpenFile.write(bytes, to: descriptor)
        if failure == nil, fsync(descriptor) != 0, errno != EINVAL { failure = errno }
        if close(descriptor) != 0, failure == nil { failure = errno }
        if let failure { throw FileError(action: "write", path: path, code: failure) }
    }

    /// Gives a file its final name.
    public func rename(_ path: String, to destination: String) throws {
        guard Glibc.rename(path, destination) == 0 else {
            throw FileError(action: "write", path: destination, code: errno)
        }
    }

    /// Removes a file that may be missing.
    public func remove(_ path: String) throws {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw FileError(action: "remove", path: path, code: errno)
        }
    }
}
