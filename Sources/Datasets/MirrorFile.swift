import Files

/// A file as a mirror has it.
struct MirrorFile {
    /// What it is called in a progress display.
    let name: String
    /// Its name at the mirror and in the cache.
    let fileName: String
    /// Bytes that it has; nil where mirrors differ.
    let size: Int?
    /// Bytes that it can have at most.
    let limit: Int
    /// Says what is wrong with the file at a path; nil when it is the published one.
    let problem: @Sendable (_ path: String) throws -> String?
}

extension MirrorFile {
    /// A file in MNIST's form, compressed; where that form differs, what is inside is compared.
    init(_ file: PublishedFile) {
        self.init(
            name: file.name, fileName: file.name + ".gz", size: file.download?.size,
            limit: file.largestDownload
        ) { path in
            if let download = file.download {
                return try MirrorFile.problem(of: path, expected: download.digest)
            }
            let check = try FileCheck(file, at: FoundFile(path))
            if check.state == .ok { return nil }
            return "the content is \(check.state.rawValue): "
                + "SHA-256 \(check.found ?? "none"), expected \(file.content?.digest ?? "none")"
        }
    }

    /// An archive, compared as it is.
    init(_ archive: PublishedArchive) {
        self.init(
            name: archive.name, fileName: archive.name, size: archive.size, limit: archive.size
        ) { path in
            try MirrorFile.problem(of: path, expected: archive.digest)
        }
    }

    private static func problem(of path: String, expected: String) throws -> String? {
        let found = try Digest.sha256(ofFile: path)
        if found == expected { return nil }
        return "the file is not the published one: SHA-256 \(found), expected \(expected)"
    }
}

extension CatalogueEntry {
    /// Names of the files that a download brings into the entry's folder.
    var downloads: [String] {
        switch source {
        case .idx(let files, _): files.all.map { $0.name + ".gz" }
        case .cifar(let files): [files.archive.name]
        case .drawn, .sprites, .own: []
        }
    }

    /// Names of archives that are fetched when the files are not to be had one by one.
    var archives: [String] {
        guard case .idx(let files, _) = source else { return [] }
        return [files.archive?.name].compactMap(\.self)
    }

    /// Bytes that a download takes, as far as its mirrors agree; nil where they don't, or for what is drawn.
    public var downloadSize: Int? {
        switch source {
        case .idx(let files, _):
            let sizes = files.all.compactMap { $0.download?.size }
            return sizes.count == files.all.count ? sizes.reduce(0, +) : nil
        case .cifar(let files): return files.archive.size
        case .drawn, .sprites, .own: return nil
        }
    }
}
