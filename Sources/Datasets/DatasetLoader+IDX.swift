import Dispatch
import Files

extension DatasetLoader {
    /// Reads the four files, checks those that are not remembered and remembers their digests.
    func read(
        _ found: [FoundFile], of entry: CatalogueEntry, _ files: IDXFiles,
        _ request: DatasetRequest
    ) throws -> ImageDataset {
        let contents = try contents(of: found, files, request)
        let train = ImageSet(
            pixels: contents[0].file.bytes, labels: contents[1].file.bytes, shape: entry.shape)
        let test = ImageSet(
            pixels: contents[2].file.bytes, labels: contents[3].file.bytes, shape: entry.shape)
        try checkLabels(train, in: found[1], of: entry)
        try checkLabels(test, in: found[3], of: entry)
        return ImageDataset(
            name: entry.name, title: entry.title, train: train.first(request.limits.train),
            test: test.first(request.limits.test), classNames: entry.classNames,
            provenance: try provenance(of: entry, joined(contents.map(\.checked))))
    }

    /// A file's content, and how it compares with what is published.
    private struct ReadFile {
        var file: IDXFile
        let checked: CheckedContent
    }

    /// The content of the four files, read at the same time.
    ///
    /// A file that is remembered unchanged is read as far as the limits go; any other to its end.
    private func contents(
        of found: [FoundFile], _ files: IDXFiles, _ request: DatasetRequest
    ) throws -> [ReadFile] {
        let identities = identities(of: found)
        let known = request.rereadsFiles ? [:] : memory.known(found)
        let limits = [request.limits.train, request.limits.test].flatMap { [$0, $0] }
        let results = Guarded<[Int: Result<ReadFile, any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: found.count) { index in
            let (place, file) = (found[index], files.all[index])
            let result = Result {
                var read = try content(
                    of: place, file, files.archive, known: known[place], limit: limits[index])
                if files.isTransposed { read.file.transposeImages() }
                return read
            }
            results.withLock { $0[index] = result }
        }
        let contents = try results.withLock { results in
            try found.indices.compactMap { try results[$0]?.get() }
        }
        memory.remember(
            Dictionary(zip(found, contents.map(\.checked)), uniquingKeysWith: { $1 })
                .filter { known[$0.key] != $0.value },
            identities: identities)
        return contents
    }

    private func content(
        of place: FoundFile, _ file: PublishedFile, _ archive: PublishedArchive?,
        known: CheckedContent?, limit: Int?
    ) throws -> ReadFile {
        guard let known, let digest = known.digests.first else {
            return try checkedContent(of: place, file, archive)
        }
        return ReadFile(
            file: try knownContent(of: place, file, digest, limit: limit), checked: known)
    }

    /// What ``read(_:of:_:_:)`` would say of the four files; reads only those that are not remembered.
    func provenance(
        of found: [FoundFile], _ entry: CatalogueEntry, _ files: IDXFiles, rereads: Bool
    ) throws -> DatasetProvenance {
        let identities = identities(of: found)
        var contents = rereads ? [:] : memory.known(found)
        var read: [FoundFile: CheckedContent] = [:]
        for (place, file) in zip(found, files.all) where contents[place] == nil {
            read[place] = try checkedContent(of: place, file, files.archive).checked
        }
        memory.remember(read, identities: identities)
        contents.merge(read) { $1 }
        return try provenance(of: entry, joined(found.compactMap { contents[$0] }))
    }

    private func joined(_ contents: [CheckedContent]) -> CheckedContent {
        CheckedContent(
            digests: contents.flatMap(\.digests),
            standing: Standing.weakest(contents.map(\.standing)))
    }

    /// The digest of a whole data set is over the digests of its files.
    func provenance(
        of entry: CatalogueEntry, _ content: CheckedContent
    ) throws -> DatasetProvenance {
        let digest = try Digest()
        for file in content.digests { try digest.add(field: file) }
        return DatasetProvenance(
            digest: try digest.hexadecimal(), origin: content.standing.origin(of: entry.title))
    }

    private func checkedContent(
        of place: FoundFile, _ file: PublishedFile, _ archive: PublishedArchive?
    ) throws -> ReadFile {
        let content = try located(place, file) {
            try IDXFile(place, expecting: file.sizes, digestedBy: file.algorithms)
        }
        let comparisons = try file.comparisons(
            with: place, digests: content.digests, archive: archive)
        let standing = file.standing(comparisons)
        if standing == .different, let last = comparisons.last {
            throw DatasetError.altered(
                file: place.description, problem: "the content is not the published one",
                checksum: last.name, expected: last.expected, found: last.found)
        }
        let digest = content.digests[.sha256] ?? ""
        return ReadFile(
            file: content, checked: CheckedContent(digests: [digest], standing: standing))
    }

    /// The first items of a file that is remembered; all when `limit` is nil.
    private func knownContent(
        of place: FoundFile, _ file: PublishedFile, _ digest: String, limit: Int?
    ) throws -> IDXFile {
        try located(place, file) {
            try IDXFile(place, expecting: file.sizes, digest: digest, limit: limit)
        }
    }

    /// What `read` gives; a file that is not in its form is reported with what was expected.
    private func located(
        _ place: FoundFile, _ file: PublishedFile, _ read: () throws -> IDXFile
    ) throws -> IDXFile {
        do {
            return try read()
        } catch DatasetError.malformed(let named, let byte, let problem)
            where named == place.description
        {
            let check = try FileCheck(file, at: place)
            let last = check.comparisons.last
            throw DatasetError.altered(
                file: place.description, problem: "at byte \(byte): \(problem)",
                checksum: last?.name ?? "SHA-256 of the decompressed content",
                expected: last?.expected ?? "not published",
                found: "\(last?.found ?? check.found ?? "none") (of the first "
                    + "\(check.size ?? 0) bytes)")
        }
    }

    private func checkLabels(
        _ set: ImageSet, in place: FoundFile, of entry: CatalogueEntry
    ) throws {
        let limit = entry.classNames.count
        guard let index = set.labels.firstIndex(where: { $0 >= limit }) else { return }
        throw DatasetError.malformed(
            file: place.description, byte: 8 + index,
            problem: "label \(set.labels[index]), but there are \(limit) classes, from 0")
    }

    /// Digests of files that were read before.
    var memory: RememberedDigests {
        RememberedDigests(cache: DatasetSearch.cacheFolder(in: environment))
    }

    /// What tells each of these files from a changed one.
    func identities(of files: [FoundFile]) -> [String: FileIdentity] {
        Dictionary(
            files.compactMap { file in FileIdentity(of: file.path).map { (file.path, $0) } },
            uniquingKeysWith: { $1 })
    }
}

extension ImageSet {
    /// The first `limit` images, so that the memory of the others can go; all of them when it is nil or
    /// larger.
    func first(_ limit: Int?) -> ImageSet {
        guard let limit, limit < count else { return self }
        let part = slice(0..<limit)
        return ImageSet(
            pixels: part.pixels, labels: part.labels, shape: shape, factorValues: part.factorValues)
    }
}
