import Dispatch
import Files
import Synchronization

extension DatasetLoader {
    /// Reads the four files, checks those that are not remembered and remembers their digests.
    func read(
        _ found: [FoundFile], of entry: CatalogueEntry, _ files: IDXFiles,
        _ request: DatasetRequest
    ) throws -> ImageDataset {
        let contents = try contents(of: found, files, request)
        let train = images(contents[0], contents[1], entry, files)
        let test = images(contents[2], contents[3], entry, files)
        try checkLabels(train, in: found[1], of: entry)
        try checkLabels(test, in: found[3], of: entry)
        return ImageDataset(
            name: entry.name, title: entry.title, train: train.first(request.limits.train),
            test: test.first(request.limits.test), classNames: entry.classNames,
            provenance: try provenance(of: entry, joined(contents.map(\.checked))))
    }

    private func images(
        _ images: ReadFile, _ labels: ReadFile, _ entry: CatalogueEntry, _ files: IDXFiles
    ) -> ImageSet {
        let set = ImageSet(
            pixels: images.file.bytes, labels: labels.file.bytes, shape: entry.shape)
        return files.isTransposed ? set.transposed() : set
    }

    /// A file's content, and how it compares with what is published.
    private struct ReadFile {
        let file: IDXFile
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
        let results = Mutex<[Int: Result<ReadFile, any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: found.count) { index in
            let (place, file) = (found[index], files.all[index])
            let result = Result {
                if let known = known[place], let digest = known.digests.first {
                    return ReadFile(
                        file: try knownContent(of: place, file, digest, limit: limits[index]),
                        checked: known)
                }
                return try checkedContent(of: place, file, files.archive)
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
    /// The first `limit` images; all of them when it is nil or larger.
    func first(_ limit: Int?) -> ImageSet {
        guard let limit, limit < count else { return self }
        return slice(0..<limit)
    }

    /// Each image with rows for columns.
    func transposed() -> ImageSet {
        var turned = pixels
        let (height, width) = (shape.height, shape.width)
        let size = height * width
        precondition(height == width, "only square images are turned in their place")
        for start in stride(from: 0, to: pixels.count, by: size) {
            for row in 0..<height {
                for column in row + 1..<max(width, row + 1) {
                    turned.swapAt(start + row * width + column, start + column * width + row)
                }
            }
        }
        return ImageSet(pixels: turned, labels: labels, shape: shape, factorValues: factorValues)
    }
}
