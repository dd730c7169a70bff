import Files

extension DatasetLoader {
    /// Reads the batches, checks their layout and remembers their digests.
    ///
    /// Content other than the published one is taken for what it is: the digest and the origin say so.
    func read(
        _ place: CIFARPlace, of entry: CatalogueEntry, _ files: CIFARFiles, limits: SplitLimits
    ) throws -> ImageDataset {
        var records = CIFARRecords(entry: entry, files: files)
        let content = try digest(place, files, records.size(ofBatch:)) { index, file, bytes in
            try records.add(bytes, asBatch: index, file: file)
        }
        let (train, test) = records.split()
        return ImageDataset(
            name: entry.name, title: entry.title, train: train.first(limits.train),
            test: test.first(limits.test), classNames: entry.classNames,
            provenance: try provenance(of: entry, content))
    }

    /// What ``read(_:of:_:limits:)`` would say of the batches, from memory when they are unchanged.
    func provenance(
        of place: CIFARPlace, _ entry: CatalogueEntry, _ files: CIFARFiles, rereads: Bool
    ) throws -> DatasetProvenance {
        if !rereads, let known = remembered(place, files) {
            return try provenance(of: entry, known)
        }
        let records = CIFARRecords(entry: entry, files: files)
        let content = try digest(place, files, records.size(ofBatch:)) { index, file, bytes in
            try records.check(bytes, asBatch: index, file: file)
        }
        return try provenance(of: entry, content)
    }

    /// Shows every batch to `visit` and remembers what was in them, provided that all are there.
    private func digest(
        _ place: CIFARPlace, _ files: CIFARFiles, _ size: (Int) -> Int,
        visit: (_ index: Int, _ file: String, _ bytes: [UInt8]) throws -> Void
    ) throws -> CheckedContent {
        let identities = identities(of: place.files)
        var digests = [String](repeating: "", count: files.batches.count)
        try place.forEachBatch(of: files, size: size) { index, file, bytes in
            try visit(index, file, bytes)
            digests[index] = try Digest.sha256(of: bytes)
        }
        if let missing = digests.firstIndex(of: "") {
            throw DatasetError.malformed(
                file: place.files[0].path, byte: 0,
                problem: "'\(files.batches[missing].name)' is not in the archive")
        }
        let content = CheckedContent(
            digests: digests, standing: try standing(of: digests, in: place, files))
        remember(content, of: place, identities: identities)
        return content
    }

    /// Batches are compared one by one where their checksums are published, else by their archive's.
    private func standing(
        of digests: [String], in place: CIFARPlace, _ files: CIFARFiles
    ) throws -> Standing {
        guard files.batches.contains(where: { $0.digest == nil }) else {
            return digests == files.batches.map(\.digest) ? .publishedBySHA256 : .different
        }
        guard case .archive(let path) = place else { return .unchecked }
        return try Digest.sha256(ofFile: path) == files.archive.digest
            ? .publishedBySHA256 : .different
    }

    /// How each batch compares with the published one.
    func checks(
        of place: CIFARPlace?, _ entry: CatalogueEntry, _ files: CIFARFiles
    ) throws -> [FileCheck] {
        var found: [Int: FileCheck] = [:]
        let records = CIFARRecords(entry: entry, files: files)
        let archive = try archiveComparison(place, files)
        do {
            try place?.forEachBatch(of: files, size: records.size(ofBatch:)) { index, file, bytes in
                found[index] = try check(bytes, records, files, (index, file), archive)
            }
        } catch DatasetError.malformed {
            // The archive breaks off: what was not reached is missing.
        }
        return files.batches.enumerated().map { index, batch in
            found[index]
                ?? FileCheck(
                    name: batch.name, path: nil, size: nil,
                    expectedSize: records.size(ofBatch: index), found: nil,
                    expected: batch.digest.map { .sha256($0) }, state: .missing)
        }
    }

    /// The archive beside the published one, where its batches have no checksums of their own.
    private func archiveComparison(
        _ place: CIFARPlace?, _ files: CIFARFiles
    ) throws -> Comparison? {
        guard case .archive(let path) = place, files.batches.contains(where: { $0.digest == nil })
        else { return nil }
        return Comparison(
            algorithm: .sha256, subject: "the archive", expected: files.archive.digest,
            found: try Digest.sha256(ofFile: path))
    }

    private func check(
        _ bytes: [UInt8], _ records: CIFARRecords, _ files: CIFARFiles,
        _ place: (index: Int, file: String), _ archive: Comparison?
    ) throws -> FileCheck {
        let batch = files.batches[place.index]
        let digest = try Digest.sha256(of: bytes)
        let comparison =
            batch.digest.map {
                Comparison(
                    algorithm: .sha256, subject: "the content", expected: $0, found: digest)
            } ?? archive
        let isLaidOut = (try? records.check(bytes, asBatch: place.index, file: place.file)) != nil
        let size = records.size(ofBatch: place.index)
        let state: FileCheck.State =
            isLaidOut
            ? comparison.map { $0.holds ? .ok : .local } ?? .unchecked
            : bytes.count < size ? .truncated : .altered
        return FileCheck(
            name: batch.name, path: place.file, size: bytes.count, expectedSize: size,
            found: digest, comparisons: comparison.map { [$0] } ?? [],
            expected: batch.digest.map { .sha256($0) }, state: state)
    }

    /// An archive's digests are kept as one line, for there is one file to know them by.
    private func remember(
        _ content: CheckedContent, of place: CIFARPlace, identities: [String: FileIdentity]
    ) {
        guard case .folder = place else {
            memory.remember([place.files[0]: content], identities: identities)
            return
        }
        let contents = content.digests.map {
            CheckedContent(digests: [$0], standing: content.standing)
        }
        memory.remember(
            Dictionary(zip(place.files, contents), uniquingKeysWith: { $1 }),
            identities: identities)
    }

    private func remembered(_ place: CIFARPlace, _ files: CIFARFiles) -> CheckedContent? {
        let known = memory.known(place.files)
        let contents = place.files.compactMap { known[$0] }
        let digests = contents.flatMap(\.digests)
        guard digests.count == files.batches.count else { return nil }
        return CheckedContent(
            digests: digests, standing: Standing.weakest(contents.map(\.standing)))
    }
}
