import Glibc

/// A file read from its beginning on, a piece at a time.
public final class FileReader {
    private let path: String
    private let descriptor: Int32

    /// Opens a file. Throws a ``FileError``.
    public init(_ path: String) throws {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(action: "read", path: path, code: errno) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The next bytes, `count` of them; fewer only where the file ends.
    public func read(upTo count: Int) throws -> [UInt8] {
        guard let bytes = OpenFile.read(upTo: count, from: descriptor) else {
            throw FileError(action: "read", path: path, code: errno)
        }
        return bytes
    }
}
