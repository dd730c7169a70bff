import CArchive
import Files

/// A file read in order, decompressed on the way when it is gzip (by libarchive).
///
/// Nothing is decompressed before it is asked for, so a small file cannot fill the memory.
final class CompressedFile {
    /// The file's path, for messages.
    let path: String
    /// How many decompressed bytes have been read.
    private(set) var position = 0
    private let archive: OpaquePointer
    /// What libarchive said of the beginning: fine, empty, or broken already.
    private let status: Int32

    /// Opens a plain or gzip-compressed file. Throws a ``Files/FileError``.
    init(path: String) throws {
        guard let archive = archive_read_new() else {
            throw FileError(
                action: "read", path: path, problem: "no memory", advice: "close other programs")
        }
        self.path = path
        self.archive = archive
        archive_read_support_filter_gzip(archive)
        archive_read_support_format_raw(archive)
        archive_read_support_format_empty(archive)
        _ = try WholeFile.bytes(at: path, prefix: 1)
        var entry: OpaquePointer?
        let opened = archive_read_open_filename(archive, path, 1 << 18)
        status = opened == ARCHIVE_OK ? archive_read_next_header(archive, &entry) : opened
    }

    deinit { archive_read_free(archive) }

    /// Reads `count` bytes, fewer only where the content ends.
    ///
    /// Throws ``DatasetError/malformed(file:byte:problem:)`` where the compressed stream is broken.
    func read(upTo count: Int) throws -> [UInt8] {
        if status == ARCHIVE_EOF { return [] }
        var bytes = [UInt8](repeating: 0, count: count)
        let received = status == ARCHIVE_OK ? archive_read_data(archive, &bytes, count) : -1
        guard received >= 0 else {
            throw DatasetError.malformed(
                file: path, byte: position,
                problem:
                    "the compressed stream breaks off (\(message)); the file is truncated or damaged"
            )
        }
        if received < count { bytes.removeLast(count - received) }
        position += received
        return bytes
    }

    private var message: String {
        archive_error_string(archive).map { String(cString: $0) } ?? "no reason given"
    }
}
