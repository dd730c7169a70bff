import Glibc

/// A file that is either whole or not there: written under a temporary name, then renamed.
///
/// The temporary file stands in the same folder, is flushed to the disk before the rename, and is
/// removed when any step fails. Folders above the file are made.
public struct AtomicFile: Sendable {
    /// Where the file will stand.
    public let path: String
    private let fileSystem: any FileSystem
    /// Held while a file is on its way to its name.
    private static let isWriting = Guarded(())

    /// A file to be written at `path`; `fileSystem` is replaced only by tests.
    public init(_ path: String, fileSystem: any FileSystem = Disk()) {
        self.path = path
        self.fileSystem = fileSystem
    }

    /// Replaces the file's content. Throws a ``FileError`` that names `path`; the old file stays.
    ///
    /// `accept` is given the temporary file's path before the rename; when it throws, the error is
    /// passed on and nothing is left behind.
    public func write(_ bytes: [UInt8], accept: (_ temporary: String) throws -> Void = { _ in })
        throws
    {
        try AtomicFile.isWriting.withLock { _ in try replace(bytes, accept) }
    }

    /// Runs `body` while no file is half-written: the moment to end the process at.
    public static func betweenWrites(_ body: () -> Void) {
        isWriting.withLock { _ in body() }
    }

    private func replace(_ bytes: [UInt8], _ accept: (_ temporary: String) throws -> Void) throws {
        let folder = FilePath.folder(of: path)
        try fileSystem.makeFolder(at: folder)
        let temporary = FilePath.join(
            folder, AtomicFile.temporaryName(for: FilePath.name(of: path)))
        do {
            try fileSystem.writeNewFile(bytes, at: temporary)
            try accept(temporary)
            try fileSystem.rename(temporary, to: path)
        } catch {
            try? fileSystem.remove(temporary)
            throw named(error)
        }
    }

    /// Replaces the file's content with UTF-8 text.
    public func write(_ text: String) throws { try write(Array(text.utf8)) }

    /// Writes only when the file does not hold these bytes already; says whether it wrote.
    @discardableResult
    public func writeIfChanged(_ bytes: [UInt8]) throws -> Bool {
        if FileIdentity(of: path)?.size == bytes.count, (try? WholeFile.bytes(at: path)) == bytes {
            return false
        }
        try write(bytes)
        return true
    }

    private func named(_ error: any Error) -> any Error {
        guard let error = error as? FileError, error.action == "write" else { return error }
        return FileError(
            action: error.action, path: path, problem: error.problem, advice: error.advice,
            code: error.code)
    }

    private static func temporaryName(for name: String) -> String {
        var generator = SystemRandomNumberGenerator()
        let random = String(generator.next() as UInt64, radix: 36)
        return ".\(name.prefix(longestTarget)).\(getpid())-\(random).tmp"
    }
}
