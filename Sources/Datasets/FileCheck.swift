import Files

/// What `data verify` says about one file of a data set.
public struct FileCheck: Sendable, Equatable {
    /// The name without `.gz`.
    public let name: String
    /// Where it was found; nil when it is nowhere.
    public let path: String?
    /// Decompressed bytes, as far as they can be read.
    public let size: Int?
    /// SHA-256 of those bytes.
    public let found: String?
    /// SHA-256 of the published content.
    public let expected: String
    /// What that amounts to.
    public let state: State

    /// How a file compares with what was published.
    public enum State: String, Sendable {
        /// The published content.
        case ok
        /// In the published layout, with content of its own, which its digest stands for.
        case local
        /// As long as it should be, or longer, with other content.
        case altered
        /// It ends early, or its compressed stream breaks off.
        case truncated
        /// In none of the places.
        case missing

        /// Whether the file can be used.
        public var isUsable: Bool { self == .ok || self == .local }
    }

    /// What was found out about a file.
    init(
        name: String, path: String?, size: Int?, found: String?, expected: String, state: State
    ) {
        self.name = name
        self.path = path
        self.size = size
        self.found = found
        self.expected = expected
        self.state = state
    }

    /// Reads the file at `path`, no further than one byte beyond the published size.
    ///
    /// Throws a ``Files/FileError`` when it cannot be read at all.
    init(_ file: PublishedFile, at path: String?) throws {
        name = file.name
        expected = file.digest
        self.path = path
        guard let path else {
            (size, found, state) = (nil, nil, .missing)
            return
        }
        let content = try FileCheck.content(of: path, upTo: file.size + 1)
        size = content.size
        found = content.digest
        if content.breaksOff || content.size < file.size {
            state = .truncated
        } else {
            state = content.digest == file.digest ? .ok : .altered
        }
    }

    private static func content(
        of path: String, upTo limit: Int
    ) throws -> (size: Int, digest: String, breaksOff: Bool) {
        let file = try CompressedFile(path: path)
        let digest = try Digest()
        var breaksOff = false
        do {
            while file.position < limit {
                let chunk = try file.read(upTo: min(1 << 20, limit - file.position))
                if chunk.isEmpty { break }
                try digest.add(chunk)
            }
        } catch is DatasetError {
            breaksOff = true
        }
        return (file.position, try digest.hexadecimal(), breaksOff)
    }
}
