import Files

/// What `data verify` says about one file of a data set.
public struct FileCheck: Sendable, Equatable {
    /// The name without `.gz`.
    public let name: String
    /// Where it was found; nil when it is nowhere.
    public let path: String?
    /// Decompressed bytes, as far as they can be read.
    public let size: Int?
    /// Decompressed bytes that there should be.
    public let expectedSize: Int
    /// SHA-256 of the decompressed bytes that there are.
    public let found: String?
    /// What could be compared, in the order in which it was; the last is what counts.
    public let comparisons: [Comparison]
    /// The published checksum that the file would have to have if it was fetched; nil where none is.
    public let expected: Expectation?
    /// What that amounts to.
    public let state: State

    /// How a file compares with what was published.
    public enum State: String, Sendable {
        /// The published content.
        case ok
        /// In the published layout; nobody has published a checksum of this form of it.
        case unchecked
        /// In the published layout, with content of its own, which its digest stands for.
        case local
        /// As long as it should be, or longer, with other content.
        case altered
        /// It ends early, or its compressed stream breaks off.
        case truncated
        /// In none of the places.
        case missing

        /// Whether the file can be used.
        public var isUsable: Bool { self == .ok || self == .local || self == .unchecked }
    }

    /// What was found out about a file.
    init(
        name: String, path: String?, size: Int?, expectedSize: Int, found: String?,
        comparisons: [Comparison] = [], expected: Expectation?, state: State
    ) {
        self.name = name
        self.path = path
        self.size = size
        self.expectedSize = expectedSize
        self.found = found
        self.comparisons = comparisons
        self.expected = expected
        self.state = state
    }

    /// Reads what was found, no further than one byte beyond the published size.
    ///
    /// Throws a ``Files/FileError`` when it cannot be read at all, and a ``DatasetError`` for a broken archive.
    init(
        _ file: PublishedFile, at place: FoundFile?, archive: PublishedArchive? = nil
    ) throws {
        name = file.name
        expectedSize = file.size
        expected = file.expectation
        path = place?.description
        guard let place else {
            (size, found, comparisons, state) = (nil, nil, [], .missing)
            return
        }
        let content = try FileCheck.content(of: place, file)
        size = content.size
        found = content.digests[.sha256]
        comparisons = try file.comparisons(
            with: place, digests: content.digests, archive: archive)
        if content.breaksOff || content.size < file.size {
            state = .truncated
        } else if content.size > file.size || !content.isLaidOut {
            state = .altered
        } else {
            state =
                switch file.standing(comparisons) {
                case .publishedBySHA256, .publishedByMD5: .ok
                case .unchecked: .unchecked
                case .different: .altered
                }
        }
    }

    private static func content(
        of place: FoundFile, _ published: PublishedFile
    ) throws -> (
        size: Int, digests: [Digest.Algorithm: String], breaksOff: Bool, isLaidOut: Bool
    ) {
        let file = try CompressedFile(place)
        let digests = try published.algorithms.map { ($0, try Digest($0)) }
        let limit = published.size + 1
        var breaksOff = false
        var beginning: [UInt8] = []
        do {
            while file.position < limit {
                let chunk = try file.read(upTo: min(1 << 20, limit - file.position))
                if chunk.isEmpty { break }
                if beginning.isEmpty { beginning = Array(chunk.prefix(64)) }
                for (_, digest) in digests { try digest.add(chunk) }
            }
        } catch is DatasetError {
            breaksOff = true
        }
        return (
            file.position,
            try Dictionary(
                digests.map { ($0, try $1.hexadecimal()) }, uniquingKeysWith: { $1 }),
            breaksOff, beginning.starts(with: IDXFile.header(of: published.sizes))
        )
    }
}
