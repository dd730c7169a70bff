import Glibc

/// A log that grows line by line and can be read while it grows (train.log, history.csv).
///
/// Each append goes to the system at once; a crash loses at most the line being written.
public final class AppendingFile {
    /// Where the log stands.
    public let path: String
    private let descriptor: Int32

    /// Opens the log at its end, making it and its folders when they are missing.
    ///
    /// `header` is written when the file is empty; `fresh` empties it first. Throws a ``FileError``.
    public init(at path: String, header: String? = nil, fresh: Bool = false) throws {
        try Disk().makeFolder(at: FilePath.folder(of: path))
        let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | (fresh ? O_TRUNC : 0)
        descriptor = open(path, flags, 0o666)
        self.path = path
        guard descriptor >= 0 else { throw FileError(action: "write", path: path, code: errno) }
        if let header, FileIdentity(of: path)?.size == 0 { try append(line: header) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Adds a line; the line end is added here. Throws a ``FileError`` when the disk refuses.
    public func append(line: String) throws {
        if let code = OpenFile.write(Array((line + "\n").utf8), to: descriptor) {
            throw FileError(action: "write", path: path, code: code)
        }
    }

    /// Waits until the disk has every line.
    public func flush() throws {
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw FileError(action: "write", path: path, code: errno)
        }
    }
}
