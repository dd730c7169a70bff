import Files

/// A published checksum beside what was found in its place.
public struct Comparison: Sendable, Equatable {
    /// How both were computed.
    public let algorithm: Digest.Algorithm
    /// What of: "the decompressed content".
    public let subject: String
    /// The published value in hexadecimal digits.
    public let expected: String
    /// The value of what was found.
    public let found: String

    /// Whether they are the same.
    public var holds: Bool { expected == found }
    /// "SHA-256 of the decompressed content".
    public var name: String { "\(algorithm.rawValue) of \(subject)" }
}

/// A published checksum of something that is not here to be compared.
public struct Expectation: Sendable, Equatable {
    /// What is published.
    public let checksum: Checksum
    /// What of: "the compressed file".
    public let subject: String

    init(_ checksum: Checksum, of subject: String) {
        self.checksum = checksum
        self.subject = subject
    }

    /// "SHA-256 of the compressed file".
    public var name: String { "\(checksum.algorithm.rawValue) of \(subject)" }
}

/// What comparing a file with what is published of it has shown.
///
/// Raw values are kept in the memory of digests.
enum Standing: String, Sendable {
    /// The published content, by SHA-256.
    case publishedBySHA256 = "SHA-256"
    /// The published content as far as an MD5 sum tells.
    case publishedByMD5 = "MD5"
    /// In the published layout; nobody has published a checksum of this form of it.
    case unchecked = "unchecked"
    /// In the published layout, with content of its own.
    case different = "different"

    /// What a comparison that holds shows.
    init(_ algorithm: Digest.Algorithm) {
        self = algorithm == .md5 ? .publishedByMD5 : .publishedBySHA256
    }

    /// The words that a page has for data of which the worst is this.
    func origin(of title: String) -> String {
        switch self {
        case .publishedBySHA256: "the published \(title) files, checked by SHA-256"
        case .publishedByMD5: "the published \(title) files, checked by MD5"
        case .unchecked:
            "a local copy in \(title)'s layout; there is no published checksum of this form of it"
        case .different:
            "a local copy in \(title)'s layout; its content is not the published one"
        }
    }

    /// The one that says least for the files.
    static func weakest(_ standings: [Standing]) -> Standing {
        let order: [Standing] = [.different, .unchecked, .publishedByMD5]
        return order.first(where: standings.contains) ?? .publishedBySHA256
    }
}

extension PublishedFile {
    /// What the file would have to be if it was fetched.
    var expectation: Expectation? {
        download.map { Expectation(.sha256($0.digest), of: "the compressed file") }
            ?? content.map { Expectation($0, of: "the decompressed content") }
    }

    /// What of a file that was found whole can be compared, the most telling first, no further than to
    /// one that holds.
    ///
    /// Reads compressed bytes and a whole archive only where it has to.
    func comparisons(
        with found: FoundFile, digests: [Digest.Algorithm: String], archive: PublishedArchive?
    ) throws -> [Comparison] {
        var made: [Comparison] = []
        if let download, let digest = try found.compressedDigest() {
            made.append(
                Comparison(
                    algorithm: .sha256, subject: "the compressed file", expected: download.digest,
                    found: digest))
        }
        if made.last?.holds != true, let content, let digest = digests[content.algorithm] {
            made.append(
                Comparison(
                    algorithm: content.algorithm, subject: "the decompressed content",
                    expected: content.digest, found: digest))
        }
        if made.last?.holds != true, let archive, found.member != nil {
            made.append(
                Comparison(
                    algorithm: .sha256, subject: "the archive \(archive.name)",
                    expected: archive.digest, found: try Digest.sha256(ofFile: found.path)))
        }
        return made
    }

    /// What comparisons of a file that is whole and in its layout amount to.
    func standing(_ comparisons: [Comparison]) -> Standing {
        if let last = comparisons.last, last.holds { return Standing(last.algorithm) }
        return content == nil ? .unchecked : .different
    }

    /// The digests that are needed of its content: SHA-256 for the data set's own, another to compare.
    var algorithms: Set<Digest.Algorithm> {
        Set([.sha256, content?.algorithm].compactMap(\.self))
    }
}
