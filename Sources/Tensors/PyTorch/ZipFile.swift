import CArchive

/// A zip file whose entries are read one after the other, through libarchive.
///
/// The list of entries at the file's end is what counts, as for every other zip program: a file that
/// is cut short has none and is refused.
package struct ZipFile: Sendable {
    /// Where the bytes are.
    package enum Source: Sendable {
        case path(String)
        case bytes([UInt8])
    }

    let source: Source
    /// What errors call the file.
    let name: String

    /// A zip file that is called `name` in messages.
    package init(source: Source, name: String) {
        self.source = source
        self.name = name
    }

    /// Shows every entry to `visit`, which may read it while it is shown and returns false to stop.
    ///
    /// Throws a ``TensorFileError`` for what is no zip file or a damaged one, and what `visit` throws.
    package func forEachEntry(_ visit: (ZipEntry) throws -> Bool) throws {
        guard let archive = archive_read_new() else { throw error("no memory to read it") }
        defer { archive_read_free(archive) }
        archive_read_support_format_zip_seekable(archive)
        switch source {
        case .path(let path):
            try walk(archive, opened: archive_read_open_filename(archive, path, 1 << 18), visit)
        case .bytes(let bytes):
            try bytes.withUnsafeBytes { raw in
                let status = archive_read_open_memory(archive, raw.baseAddress, raw.count)
                try walk(archive, opened: status, visit)
            }
        }
    }

    private func walk(
        _ archive: OpaquePointer, opened status: Int32, _ visit: (ZipEntry) throws -> Bool
    ) throws {
        guard status == ARCHIVE_OK else { throw broken(archive) }
        while true {
            var header: OpaquePointer?
            let status = archive_read_next_header(archive, &header)
            if status == ARCHIVE_EOF { return }
            guard status >= ARCHIVE_WARN, let header else { throw broken(archive) }
            let pathName = archive_entry_pathname_utf8(header) ?? archive_entry_pathname(header)
            let entryName = pathName.map { String(cString: $0) } ?? ""
            if try !visit(ZipEntry(name: entryName, file: self, archive: archive)) { return }
        }
    }

    fileprivate func broken(_ archive: OpaquePointer) -> TensorFileError {
        let reason = archive_error_string(archive).map { String(cString: $0) }
        return error("the zip file is truncated or damaged (\(reason ?? "no reason given"))")
    }

    fileprivate func error(_ reason: String) -> TensorFileError {
        TensorFileError(file: name, reason: reason)
    }
}

/// An entry of a zip file, while it is shown.
package struct ZipEntry {
    /// Its path inside the zip file.
    package let name: String
    fileprivate let file: ZipFile
    fileprivate let archive: OpaquePointer

    /// The entry's next `count` bytes, decompressed, fewer only where it ends; there its checksum is
    /// compared.
    package func read(upTo count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let received = archive_read_data(archive, &bytes, count)
        guard received >= 0 else { throw file.broken(archive) }
        if received < count { bytes.removeLast(count - received) }
        return bytes
    }

    /// The entry's bytes, decompressed, its checksum compared; at most `limit` of them.
    func content(limit: Int) throws -> [UInt8] {
        var content: [UInt8] = []
        while true {
            var block: UnsafeRawPointer?
            var (count, offset) = (0, Int64(0))
            let status = archive_read_data_block(archive, &block, &count, &offset)
            if status == ARCHIVE_EOF { return content }
            guard status == ARCHIVE_OK, offset == Int64(content.count) else {
                throw file.broken(archive)
            }
            guard count <= limit - content.count else {
                throw file.error("'\(name)' has more than the \(limit) bytes that it should have")
            }
            content += UnsafeRawBufferPointer(start: block, count: count)
        }
    }
}
