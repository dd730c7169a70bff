import CArchive
import Files

/// A member of a .zip archive, read in order; nothing is unpacked, and no name in the archive becomes
/// a path on the disk (by libarchive).
final class ZipMember {
    /// The member's path in the archive.
    private(set) var name = ""
    private let path: String
    private let archive: OpaquePointer

    /// The first member of that name, plain or with `.gz`, in whatever folder of the archive.
    ///
    /// Throws a ``Files/FileError``, or ``DatasetError/malformed(file:byte:problem:)`` for a file that is no
    /// whole .zip archive or has no such member.
    init(_ member: String, of path: String) throws {
        _ = try WholeFile.bytes(at: path, prefix: 1)
        guard let archive = archive_read_new() else {
            throw FileError(
                action: "read", path: path, problem: "no memory", advice: "close other programs")
        }
        self.path = path
        self.archive = archive
        archive_read_support_format_zip_seekable(archive)
        guard archive_read_open_filename(archive, path, 1 << 18) == ARCHIVE_OK else {
            throw broken()
        }
        try find(member)
    }

    deinit { archive_read_free(archive) }

    private func find(_ member: String) throws {
        while true {
            var entry: OpaquePointer?
            let status = archive_read_next_header(archive, &entry)
            guard status != ARCHIVE_EOF else {
                throw DatasetError.malformed(
                    file: path, byte: 0, problem: "'\(member).gz' is not in the archive")
            }
            guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else { throw broken() }
            name = archive_entry_pathname(entry).map { String(cString: $0) } ?? ""
            let fileName = FilePath.name(of: name)
            if [member, member + ".gz"].contains(fileName),
                archive_entry_filetype(entry) & 0o170000 == 0o100000
            {
                return
            }
        }
    }

    /// The next bytes of the member, at most `count` of them; none where it ends.
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
            file: path, byte: Int(max(0, archive_filter_bytes(archive, -1))),
            problem: "no whole .zip archive (\(reason ?? "no reason given")); "
                + "the file is truncated or damaged")
    }
}

/// Hands a member's bytes to libarchive, which decompresses them.
final class ZipMemberFeed {
    /// What went wrong while the member was read; nil when nothing did.
    private(set) var failure: (any Error)?
    private let member: ZipMember
    private var bytes: [UInt8] = []
    /// Where libarchive finds the bytes of the latest piece, until it asks for the next.
    private let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)

    init(_ member: ZipMember) { self.member = member }

    deinit { block.deallocate() }

    /// Opens `archive` on the member. The feed must outlive it.
    func open(_ archive: OpaquePointer) -> Int32 {
        archive_read_open(
            archive, Unmanaged.passUnretained(self).toOpaque(), nil,
            { _, context, place in
                guard let context else { return -1 }
                return Unmanaged<ZipMemberFeed>.fromOpaque(context).takeUnretainedValue()
                    .next(place)
            }, nil)
    }

    private func next(_ place: UnsafeMutablePointer<UnsafeRawPointer?>?) -> Int {
        do {
            bytes = try member.read(upTo: block.count)
        } catch {
            failure = error
            return -1
        }
        block.copyBytes(from: bytes)
        place?.pointee = UnsafeRawPointer(block.baseAddress)
        return bytes.count
    }
}
