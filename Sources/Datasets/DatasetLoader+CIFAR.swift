import Files

extension DatasetLoader {
    /// Reads the batches, checks their layout and remembers their digests.
    ///
    /// Content other than the published one is taken for what it is: the digest and the origin say so.
    func read(
        _ place: CIFARPlace, of entry: CatalogueEntry, _ files: CIFARFiles, limits: SplitLimits
    ) throws -> ImageDataset {
        var records = CIFARRecords(entry: entry, files: files, keepsImages: true)
        let content = try digest(place, files, &records)
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
        var records = CIFARRecords(entry: entry, files: files, keepsImages: false)
        let content = try digest(place, files, &records)
        return try provenance(of: entry, content)
    }

    /// Reads every batch and remembers what was in them, provided that all are there and right.
    private func digest(
        _ place: CIFARPlace, _ files: CIFARFiles, _ records: inout CIFARRecords
    ) throws -> CheckedContent {
        let identities = identities(of: place.files)
        var digests = [String](repeating: "", count: files.batches.count)
        try place.forEachBatch(of: files) { batch in
            let summary = try records.read(batch)
            if let problem = summary.problem { throw problem }
            digests[batch.index] = summary.digest
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
        var records = CIFARRecords(entry: entry, files: files, keepsImages: false)
        let archive = try archiveComparison(place, files)
        do {
            try place?.forEachBatch(of: files) { batch in
                let summary = try records.read(batch)
                found[batch.index] = check(
                    summary, of: batch, files, size: records.size(ofBatch: batch.index), archive)
            }
        } catch DatasetError.malformed {
            // The archive breaks off: what was not reached is missing.
        }
        return files.batches.enumerated().map { index, batch in
            found[index]
                ?? FileCheck(
                    name: batch.name, path: nil, size: nil,
                    expectedSize: records.size(ofBatch: index), found: nil,
                    expected: batch.digest.map { Expectation(.sha256($0), of: "the content") }
                        ?? Expectation(.sha256(files.archive.digest), of: "the archive"),
                    state: .missing)
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
        _ found: CIFARRecords.Summary, of batch: CIFARBatch, _ files: CIFARFiles, size: Int,
        _ archive: Comparison?
    ) -> FileCheck {
        let published = files.batches[batch.index]
        let comparison =
            published.digest.map {
                Comparison(
                    algorithm: .sha256, subject: "the content", expected: $0, found: found.digest)
            } ?? archive
        let state: FileCheck.State =
            found.problem == nil
            ? comparison.map { $0.holds ? .ok : .local } ?? .unchecked
            : found.size < size ? .truncated : .altered
        return FileCheck(
            name: published.name, path: batch.file, size: found.size, expectedSize: size,
            found: found.digest, comparisons: comparison.map { [$0] } ?? [],
            expected: published.digest.map { Expectation(.sha256($0), of: "the content") },
            state: state)
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
