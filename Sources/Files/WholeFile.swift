import Glibc

/// Files read in one piece.
public enum WholeFile {
    /// The file's bytes. Throws a ``FileError`` when it is missing, a folder, unreadable or larger
    /// than `limit` bytes.
    public static func bytes(at path: String, limit: Int = 1 << 32) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(action: "read", path: path, code: errno) }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0 else {
            throw FileError(action: "read", path: path, code: errno)
        }
        guard information.st_mode & S_IFMT != S_IFDIR else {
            throw FileError(action: "read", path: path, code: EISDIR)
        }
        let size = Int(information.st_size)
        if size > limit { throw tooLarge(path, size: size, limit: limit) }
        // A pipe or a file under /proc says 0: read on until it ends.
        let wanted = size > 0 ? size : min(limit, 1 << 20)
        guard let bytes = OpenFile.read(upTo: wanted, from: descriptor) else {
            throw FileError(action: "read", path: path, code: errno)
        }
        return bytes
    }

    /// The file's first `count` bytes, fewer when it is shorter. Throws a ``FileError``.
    public static func bytes(at path: String, prefix count: Int) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(action: "read", path: path, code: errno) }
        defer { close(descriptor) }
        guard let bytes = OpenFile.read(upTo: count, from: descriptor) else {
            throw FileError(action: "read", path: path, code: errno)
        }
        return bytes
    }

    /// The file's bytes in a range, fewer where it ends before. Throws a ``FileError``.
    public static func bytes(at path: String, in range: Range<Int>) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(action: "read", path: path, code: errno) }
        defer { close(descriptor) }
        guard lseek(descriptor, off_t(range.lowerBound), SEEK_SET) >= 0,
            let bytes = OpenFile.read(upTo: range.count, from: descriptor)
        else { throw FileError(action: "read", path: path, code: errno) }
        return bytes
    }

    /// The file as text, with `name` for messages (the path when nil). A byte-order mark is dropped.
    ///
    /// Throws a ``FileError`` for what ``bytes(at:limit:)`` refuses and a ``SourceError`` at the first byte
    /// that is no UTF-8.
    public static func text(at path: String, name: String? = nil) throws -> SourceText {
        let bytes = try bytes(at: path, limit: 64 << 20)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw notText(bytes, name: name ?? path)
        }
        let plain =
            text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        return SourceText(name: name ?? path, text: plain)
    }

    private static func notText(_ bytes: [UInt8], name: String) -> SourceError {
        var (decoder, iterator, whole) = (UTF8(), bytes.makeIterator(), String.UnicodeScalarView())
        var count = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            count += UTF8.width(scalar)
            if scalar != "\u{FEFF}" || count > 3 { whole.append(scalar) }
        }
        let lines = SourceText(name: name, text: String(whole)).lines
        let rest = String(decoding: bytes[count...].prefix { $0 != 10 }, as: UTF8.self)
        let byte = String(bytes[count], radix: 16, uppercase: true)
        return SourceError(
            "this is not text in UTF-8: found the byte 0x\(byte)",
            at: SourceLocation(
                file: name, line: lines.count, column: (lines.last?.count ?? 0) + 1),
            in: SourceText(name: name, text: String(whole) + rest),
            suggestion: "save the file as UTF-8 in the editor")
    }

    private static func tooLarge(_ path: String, size: Int, limit: Int) -> FileError {
        FileError(
            action: "read", path: path, problem: "it has \(size) bytes, more than \(limit)",
            advice: "check that this is the file you mean")
    }
}
