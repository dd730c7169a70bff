import Files
import Foundation

/// The images below a folder, by name; no file is opened.
struct FolderListing {
    /// A file that looks like an image.
    struct File {
        /// The path below the folder.
        let name: String
        /// Where it is.
        let path: String
        /// What tells it from a changed one; nil when it cannot be looked at.
        let identity: FileIdentity?

        /// Larger files are no images that could be decoded.
        private static let mostBytes = 1 << 28

        /// Its content. Throws a ``Files/FileError``, also for what is no regular file.
        func bytes() throws -> [UInt8] {
            guard identity != nil else {
                throw FileError(
                    action: "read", path: path, problem: "no regular file",
                    advice: "check what it is, or delete it")
            }
            return try WholeFile.bytes(at: path, limit: Self.mostBytes)
        }
    }

    /// Sorted by name.
    private(set) var files: [File] = []
    /// Files that are no images by name, and not hidden.
    private(set) var otherCount = 0
    private var visited: Set<String> = []

    private static let readable: Set<String> = ["png", "jpg", "jpeg", "jpe", "jfif"]
    /// Images that have to be converted first: they count as unreadable rather than as something else.
    private static let foreign: Set<String> = [
        "gif", "webp", "bmp", "tif", "tiff", "heic", "heif", "avif", "jp2", "pgm", "ppm",
    ]
    private static let litter: Set<String> = ["thumbs.db", "desktop.ini"]
    private static let deepest = 16

    /// Looks through `folder`. Links are followed, to each folder once. Throws a ``Files/FileError``
    /// for a folder that cannot be listed and a ``DatasetError`` for one that is too deep.
    init(_ folder: String) throws {
        try look(into: folder, below: "", depth: 0)
        files.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// The folders directly below that hold images.
    var folders: Set<String> { Set(files.compactMap { Self.top(of: $0.name) }) }

    /// The first folder on the way to a file; nil for a file that stands in none.
    static func top(of name: String) -> String? {
        name.firstIndex(of: "/").map { String(name[..<$0]) }
    }

    private mutating func look(into folder: String, below prefix: String, depth: Int) throws {
        let real = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
        guard visited.insert(real).inserted else { return }
        guard depth <= Self.deepest else {
            throw DatasetError.own(
                problem: "'\(folder)' lies more than \(Self.deepest) folders deep",
                key: "data.path",
                advice: "name a folder nearer to the images")
        }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw FileError(
                action: "list", path: folder, problem: "the folder cannot be read",
                advice: "check who owns it and its permissions")
        }
        for name in names.sorted() where !name.hasPrefix(".") {
            let path = FilePath.join(folder, name)
            if FilePath.isFolder(path) {
                try look(into: path, below: prefix + name + "/", depth: depth + 1)
            } else {
                add(name, at: path, below: prefix)
            }
        }
    }

    private mutating func add(_ name: String, at path: String, below prefix: String) {
        let ending = name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() }
        if let ending, Self.readable.contains(ending) || Self.foreign.contains(ending) {
            files.append(
                File(name: prefix + name, path: path, identity: FileIdentity(of: path)))
        } else if !Self.litter.contains(name.lowercased()) {
            otherCount += 1
        }
    }
}
