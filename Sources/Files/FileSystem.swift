/// The steps by which files reach the disk, so that a test can make any one of them fail.
///
/// Paths are relative to the working folder or absolute. Every failure is a ``FileError``.
public protocol FileSystem: Sendable {
    /// Makes a folder and those above it; one that is there already is fine.
    func makeFolder(at path: String) throws
    /// Writes a file that must not exist yet and waits until the disk has it.
    func writeNewFile(_ bytes: [UInt8], at path: String) throws
    /// Gives a file its final name, replacing a file of that name in one step.
    func rename(_ path: String, to destination: String) throws
    /// Removes a file; one that is not there is fine.
    func remove(_ path: String) throws
}
