import Files

/// Where a published file was found: a file of its own, or a member of a .zip archive.
struct FoundFile: Sendable, Hashable {
    /// The file's path, or the archive's.
    let path: String
    /// The name without `.gz` of the member that it is; nil for a file of its own.
    let member: String?

    init(_ path: String, member: String? = nil) {
        self.path = path
        self.member = member
    }

    /// What messages call it.
    var description: String { member.map { "\(path), \($0)" } ?? path }

    /// SHA-256 of its bytes as they lie there when it is compressed; nil when it is not.
    ///
    /// Throws as ``ZipMember`` and ``Files/FileReader`` do.
    func compressedDigest() throws -> String? {
        guard let member else {
            return path.hasSuffix(".gz") ? try Digest.sha256(ofFile: path) : nil
        }
        let zip = try ZipMember(member, of: path)
        guard zip.name.hasSuffix(".gz") else { return nil }
        let digest = try Digest()
        while true {
            let bytes = try zip.read(upTo: 1 << 20)
            if bytes.isEmpty { return try digest.hexadecimal() }
            try digest.add(bytes)
        }
    }
}
