import CArchive
import Files

/// A file read in order, decompressed on the way when it is gzip (by libarchive).
///
/// Nothing is decompressed before it is asked for, so a small file cannot fill the memory.
final class CompressedFile {
    /// What messages call the file.
    let path: String
    /// How many decompressed bytes have been read.
    private(set) var position = 0
    private let archive: OpaquePointer
    /// What libarchive said of the beginning: fine, empty, or broken already.
    private let status: Int32
    /// Gives libarchive the bytes of a member of a .zip archive; nil for a file of its own.
    private let feed: ZipMemberFeed?

    /// Opens a plain or gzip-compressed file, or such a member of a .zip archive.
    ///
    /// Throws a ``Files/FileError``, and what ``ZipMember`` throws.
    init(_ found: FoundFile) throws {
        _ = try WholeFile.bytes(at: found.path, prefix: 1)
        feed = try found.member.map { ZipMemberFeed(try ZipMember($0, of: found.path)) }
        guard let archive = archive_read_new() else {
            throw FileError(
                action: "read", path: found.path, problem: "no memory",
                advice: "close other programs")
        }
        path = found.description
        self.archive = archive
        archive_read_support_filter_gzip(archive)
        archive_read_support_format_raw(archive)
        archive_read_support_format_empty(archive)
        var entry: OpaquePointer?
        let opened =
            feed?.open(archive) ?? archive_read_open_filename(archive, found.path, 1 << 18)
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
            if let failure = feed?.failure { throw failure }
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
