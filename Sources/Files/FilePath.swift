import Glibc

/// Questions about paths, kept as text: what they consist of and what stands there.
public enum FilePath {
    /// The folder that holds `path`: "a/b" for "a/b/c", "" for a bare name, "/" for "/a".
    public static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return slash == path.startIndex && path.count > 1 ? "/" : String(path[..<slash])
    }

    /// The part after the last slash.
    public static func name(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }

    /// `folder` and `name` with one slash between them; `name` alone when it is absolute.
    public static func join(_ folder: String, _ name: String) -> String {
        if folder.isEmpty || name.hasPrefix("/") { return name }
        return folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }

    /// Whether the last parts of `path` are those of `ending`: "data/MNIST/raw" ends with "MNIST/raw".
    public static func ends(_ path: String, with ending: String) -> Bool {
        let parts = path.split(separator: "/").filter { $0 != "." }
        return parts.suffix(ending.split(separator: "/").count) == ending.split(separator: "/")[...]
    }

    /// Whether a folder stands at `path`, links followed.
    public static func isFolder(_ path: String) -> Bool {
        var information = stat()
        return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether anything stands at `path`, links followed.
    public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Whether a file with content, not a folder, stands at `path`.
    public static func isFile(_ path: String) -> Bool { FileIdentity(of: path) != nil }
}

/// What tells a file from a changed one without reading it: size, time and inode.
public struct FileIdentity: Sendable, Hashable, Codable {
    /// Size in bytes.
    public let size: Int
    /// Time of the last change, in nanoseconds since 1970.
    public let modified: Int
    /// The file's number on its disk.
    public let inode: UInt64

    /// The identity of the file at `path`, links followed; nil when there is none or it is a folder.
    public init?(of path: String) {
        var information = stat()
        guard stat(path, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
            return nil
        }
        size = Int(information.st_size)
        modified = information.st_mtim.tv_sec * 1_000_000_000 + information.st_mtim.tv_nsec
        inode = UInt64(information.st_ino)
    }
}
