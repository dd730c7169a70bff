import Files

/// The four files of a data set in MNIST's form.
public struct IDXFiles: Sendable, Equatable {
    /// Training images, training labels, test images, test labels.
    public let all: [PublishedFile]
    /// Names of the folder that holds them, below a root: the catalogue's first, then other programs'.
    ///
    /// A root that ends like one of them is that folder itself; "" is any root.
    public let folders: [String]
    /// The .zip archive that has them as members; nil where they come as files alone.
    public let archive: PublishedArchive?
    /// Whether each image lies on its side, rows for columns, and has to be turned upright.
    public let isTransposed: Bool

    package init(
        all: [PublishedFile], folders: [String], archive: PublishedArchive? = nil,
        isTransposed: Bool = false
    ) {
        precondition(all.count == 4, "\(all.count) files, expected images and labels of two splits")
        self.all = all
        self.folders = folders
        self.archive = archive
        self.isTransposed = isTransposed
    }
}

/// A file whose content is known by a checksum.
public struct PublishedFile: Sendable, Equatable {
    /// The name without `.gz`.
    public let name: String
    /// Its sizes, slowest first.
    public let sizes: [Int]
    /// Checksum of the decompressed content; nil where nobody has published one.
    public let content: Checksum?
    /// The compressed file as its mirrors have it; nil where only the content is known.
    public let download: Download?

    /// A compressed file, byte for byte.
    public struct Download: Sendable, Equatable {
        /// Its size in bytes.
        public let size: Int
        /// SHA-256 of its bytes.
        public let digest: String

        package init(size: Int, digest: String) {
            self.size = size
            self.digest = digest
        }
    }

    package init(name: String, sizes: [Int], content: Checksum?, download: Download? = nil) {
        precondition(content != nil || download != nil, "\(name) has nothing to be checked by")
        self.name = name
        self.sizes = sizes
        self.content = content
        self.download = download
    }

    /// Spellings under which it is found, each plain or with `.gz`.
    var spellings: [String] {
        [name, name.replacing("-idx", with: ".idx")].flatMap { [$0, $0 + ".gz"] }
    }
    /// Bytes of the decompressed file.
    public var size: Int { 4 + 4 * sizes.count + sizes.reduce(1, *) }
    /// The most bytes its compressed form may have: gzip never grows by more than this.
    var largestDownload: Int { download?.size ?? size + 1 << 16 }
}

/// A digest that somebody published.
public struct Checksum: Sendable, Hashable {
    /// What was computed.
    public let algorithm: Digest.Algorithm
    /// Its value in hexadecimal digits.
    public let digest: String

    package init(_ algorithm: Digest.Algorithm, _ digest: String) {
        self.algorithm = algorithm
        self.digest = digest
    }

    /// A checksum by SHA-256.
    package static func sha256(_ digest: String) -> Checksum { Checksum(.sha256, digest) }
    /// A checksum by MD5, where no other is published.
    package static func md5(_ digest: String) -> Checksum { Checksum(.md5, digest) }
}

/// An archive that holds several published files.
public struct PublishedArchive: Sendable, Equatable {
    /// What it is called at its mirrors and in the cache.
    public let name: String
    /// Other names under which it is found.
    public let otherNames: [String]
    /// Its size in bytes.
    public let size: Int
    /// SHA-256 of its bytes.
    public let digest: String
    /// Addresses of folders that have it, each ending with a slash.
    public let mirrors: [String]

    package init(
        name: String, otherNames: [String] = [], size: Int, digest: String, mirrors: [String]
    ) {
        self.name = name
        self.otherNames = otherNames
        self.size = size
        self.digest = digest
        self.mirrors = mirrors
    }
}
