import Foundation

/// A folder of a test's own that is gone when the test is.
public final class TemporaryFolder {
    /// The folder's absolute path, links resolved.
    public let path: String

    /// Makes an empty folder with a name that nothing else uses.
    public init() throws {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("vae-report-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.resolvingSymlinksInPath().path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of `name` in this folder.
    public func path(_ name: String) -> String { path + "/" + name }

    /// Writes a file in this folder, making folders above it, and returns its path.
    @discardableResult
    public func write(_ bytes: [UInt8], to name: String) throws -> String {
        let url = URL(fileURLWithPath: path(name))
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
        return url.path
    }

    /// Writes a text file in this folder and returns its path.
    @discardableResult
    public func write(_ text: String, to name: String) throws -> String {
        try write(Array(text.utf8), to: name)
    }

    /// Names of everything in the folder, at any depth, sorted.
    public func contents() -> [String] {
        (FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? []).sorted()
    }
}
