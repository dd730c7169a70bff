import Dispatch
import Files
import Synchronization

extension DatasetLoader {
    /// Reads the four files, checks those that are not remembered and remembers their digests.
    func read(
        _ paths: [String], of entry: CatalogueEntry, _ files: IDXFiles, _ request: DatasetRequest
    ) throws -> ImageDataset {
        let limits = request.limits
        let contents = try contents(of: paths, files, request)
        let train = ImageSet(
            pixels: contents[0].bytes, labels: contents[1].bytes, shape: entry.shape)
        let test = ImageSet(
            pixels: contents[2].bytes, labels: contents[3].bytes, shape: entry.shape)
        try checkLabels(train, in: paths[1], of: entry)
        try checkLabels(test, in: paths[3], of: entry)
        return ImageDataset(
            name: entry.name, title: entry.title, train: train.first(limits.train),
            test: test.first(limits.test), classNames: entry.classNames,
            provenance: try provenance(of: entry, files))
    }

    /// The content of the four files, read at the same time.
    ///
    /// A file that is remembered unchanged is read as far as the limits go; any other to its end.
    private func contents(
        of paths: [String], _ files: IDXFiles, _ request: DatasetRequest
    ) throws -> [IDXFile] {
        let identities = identities(of: paths)
        let known = request.rereadsFiles ? [:] : memory.digests(of: paths)
        let limits = [request.limits.train, request.limits.test].flatMap { [$0, $0] }
        let results = Mutex<[Int: Result<IDXFile, any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: paths.count) { index in
            let (path, file) = (paths[index], files.all[index])
            let result = Result {
                try known[path] == file.digest
                    ? knownContent(of: path, file, limit: limits[index])
                    : checkedContent(of: path, file)
            }
            results.withLock { $0[index] = result }
        }
        let contents = try results.withLock { results in
            try paths.indices.compactMap { try results[$0]?.get() }
        }
        memory.remember(
            Dictionary(zip(paths, contents.map(\.digest)), uniquingKeysWith: { $1 })
                .filter { known[$0.key] != $0.value },
            identities: identities)
        return contents
    }

    /// Checks the four files, reading only those that are not remembered.
    func check(_ paths: [String], _ files: IDXFiles, rereads: Bool) throws {
        let identities = identities(of: paths)
        var found: [String: String] = [:]
        let known = rereads ? [:] : memory.digests(of: paths)
        for (path, file) in zip(paths, files.all) where known[path] != file.digest {
            found[path] = try checkedContent(of: path, file).digest
        }
        memory.remember(found, identities: identities)
    }

    /// The digest of the whole data set is over the digests of its files.
    func provenance(of entry: CatalogueEntry, _ files: IDXFiles) throws -> DatasetProvenance {
        let digest = try Digest()
        for file in files.all { try digest.add(field: file.digest) }
        return DatasetProvenance(
            digest: try digest.hexadecimal(),
            origin: "the published \(entry.title) files, checked by SHA-256")
    }

    private func checkedContent(of path: String, _ file: PublishedFile) throws -> IDXFile {
        let content = try located(path, file) { try IDXFile(path: path, expecting: file.sizes) }
        if content.digest == file.digest { return content }
        throw DatasetError.altered(
            file: path, problem: "the content is not the published one", expected: file.digest,
            found: content.digest)
    }

    /// The first items of a file that is remembered as the published one; all when `limit` is nil.
    private func knownContent(
        of path: String, _ file: PublishedFile, limit: Int?
    ) throws -> IDXFile {
        try located(path, file) {
            try IDXFile(path: path, expecting: file.sizes, digest: file.digest, limit: limit)
        }
    }

    /// What `read` gives; a file that is not in its form is reported with both digests.
    private func located(
        _ path: String, _ file: PublishedFile, _ read: () throws -> IDXFile
    ) throws -> IDXFile {
        do {
            return try read()
        } catch DatasetError.malformed(_, let byte, let problem) {
            let check = try FileCheck(file, at: path)
            throw DatasetError.altered(
                file: path, problem: "at byte \(byte): \(problem)", expected: file.digest,
                found: "\(check.found ?? "none") (of the first \(check.size ?? 0) bytes)")
        }
    }

    private func checkLabels(_ set: ImageSet, in path: String, of entry: CatalogueEntry) throws {
        let limit = entry.classNames.count
        guard let index = set.labels.firstIndex(where: { $0 >= limit }) else { return }
        throw DatasetError.malformed(
            file: path, byte: 8 + index,
            problem: "label \(set.labels[index]), but there are \(limit) classes, from 0")
    }

    /// Digests of files that were read before.
    var memory: RememberedDigests {
        RememberedDigests(cache: DatasetSearch.cacheFolder(in: environment))
    }

    /// What tells each of these files from a changed one.
    func identities(of paths: [String]) -> [String: FileIdentity] {
        Dictionary(
            paths.compactMap { path in FileIdentity(of: path).map { (path, $0) } },
            uniquingKeysWith: { $1 })
    }
}

extension ImageSet {
    /// The first `limit` images; all of them when it is nil or larger.
    func first(_ limit: Int?) -> ImageSet {
        guard let limit, limit < count else { return self }
        return slice(0..<limit)
    }
}
