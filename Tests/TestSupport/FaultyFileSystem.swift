import Files
import Glibc

/// The disk with one step made to fail, for tests of what is left behind.
public struct FaultyFileSystem: FileSystem {
    /// The step that fails.
    public enum Step: Sendable, CaseIterable {
        /// Making a folder.
        case makeFolder
        /// Writing: half of the bytes arrive first.
        case write
        /// Giving the file its name.
        case rename
    }

    private let failing: Step
    private let code: Int32
    private let disk = Disk()

    /// A disk on which `failing` reports the system's error `code`.
    public init(failing: Step, code: Int32 = ENOSPC) {
        self.failing = failing
        self.code = code
    }

    /// Fails when it is this step's turn.
    public func makeFolder(at path: String) throws {
        try fail(.makeFolder, at: path)
        try disk.makeFolder(at: path)
    }

    /// Fails, after half of the bytes, when it is this step's turn.
    public func writeNewFile(_ bytes: [UInt8], at path: String) throws {
        if failing == .write {
            try disk.writeNewFile(Array(bytes.prefix(bytes.count / 2)), at: path)
        }
        try fail(.write, at: path)
        try disk.writeNewFile(bytes, at: path)
    }

    /// Fails when it is this step's turn.
    public func rename(_ path: String, to destination: String) throws {
        try fail(.rename, at: destination)
        try disk.rename(path, to: destination)
    }

    /// Never fails.
    public func remove(_ path: String) throws { try disk.remove(path) }

    private func fail(_ step: Step, at path: String) throws {
        if step == failing { throw FileError(action: "write", path: path, code: code) }
    }
}
