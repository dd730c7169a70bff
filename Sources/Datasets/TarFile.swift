import CArchive
import Files

/// A tar archive, compressed by gzip or not, read in one pass without unpacking it (by libarchive).
final class TarFile {
    /// The archive's path, for messages.
    let path: String
    private let archive: OpaquePointer

    /// Opens an archive. Throws a ``Files/FileError``, or ``DatasetError/malformed(file:byte:problem:)``
    /// for a file that is none.
    init(path: String) throws {
        _ = try WholeFile.bytes(at: path, prefix: 1)
        guard let archive = archive_read_new() else {
            throw FileError(
                action: "read", path: path, problem: "no memory", advice: "close other programs")
        }
        self.path = path
        self.archive = archive
        archive_read_support_filter_gzip(archive)
        archive_read_support_format_tar(archive)
        if archive_read_open_filename(archive, path, 1 << 18) != ARCHIVE_OK { throw broken() }
    }

    deinit { archive_read_free(archive) }

    /// Moves to the next file and returns its path inside the archive; nil after the last one.
    func next() throws -> String? {
        while true {
            var entry: OpaquePointer?
            let status = archive_read_next_header(archive, &entry)
            if status == ARCHIVE_EOF { return nil }
            guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else { throw broken() }
            if archive_entry_filetype(entry) & 0o170000 == 0o100000 {
                return archive_entry_pathname(entry).map { String(cString: $0) } ?? ""
            }
        }
    }

    /// The current file's next bytes, `count` of them, fewer only where it ends.
    func read(upTo count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let received = archive_read_data(archive, &bytes, count)
        guard received >= 0 else { throw broken() }
        if received < count { bytes.removeLast(count - received) }
        return bytes
    }

    private func broken() -> DatasetError {
        let reason = archive_error_string(archive).map { String(cString: $0) }
        return DatasetError.malformed(
            file: path, byte: Int(archive_filter_bytes(archive, -1)),
            problem: "no whole tar archive (\(reason ?? "no reason given")); "
                + "the file is truncated or damaged")
    }
}
