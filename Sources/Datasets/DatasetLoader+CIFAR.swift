import Files

extension DatasetLoader {
    /// Reads the batches, checks their layout and remembers their digest.
    ///
    /// Content other than the published one is taken for what it is: the digest and the origin say so.
    func read(
        _ place: CIFARPlace, of entry: CatalogueEntry, _ files: CIFARFiles, limits: SplitLimits
    ) throws -> ImageDataset {
        let identities = identities(of: place.files)
        var records = CIFARRecords(entry: entry, files: files)
        var digests = [String](repeating: "", count: files.batches.count)
        try place.forEachBatch(of: files, size: records.batchSize) { index, file, bytes in
            try records.add(bytes, asBatch: index, file: file)
            digests[index] = try Digest.sha256(of: bytes)
        }
        try checkCompleteness(digests, in: place, files)
        remember(digests, of: place, identities: identities)
        let (train, test) = records.split()
        return ImageDataset(
            name: entry.name, title: entry.title, train: train.first(limits.train),
            test: test.first(limits.test), classNames: entry.classNames,
            provenance: try provenance(of: entry, files, digests: digests))
    }

    /// What ``read(_:of:_:limits:)`` would say of the batches, from memory when they are unchanged.
    func provenance(
        of place: CIFARPlace, _ entry: CatalogueEntry, _ files: CIFARFiles, rereads: Bool
    ) throws -> DatasetProvenance {
        if !rereads, let known = rememberedDigests(of: place, files) {
            return try provenance(of: entry, files, digests: known)
        }
        let identities = identities(of: place.files)
        let records = CIFARRecords(entry: entry, files: files)
        var digests = [String](repeating: "", count: files.batches.count)
        try place.forEachBatch(of: files, size: records.batchSize) { index, file, bytes in
            try records.check(bytes, file: file)
            digests[index] = try Digest.sha256(of: bytes)
        }
        try checkCompleteness(digests, in: place, files)
        remember(digests, of: place, identities: identities)
        return try provenance(of: entry, files, digests: digests)
    }

    /// How each batch compares with the published one.
    func checks(
        of place: CIFARPlace?, _ entry: CatalogueEntry, _ files: CIFARFiles
    ) throws -> [FileCheck] {
        var found: [Int: FileCheck] = [:]
        let records = CIFARRecords(entry: entry, files: files)
        do {
            try place?.forEachBatch(of: files, size: records.batchSize) { index, file, bytes in
                let batch = files.batches[index]
                let digest = try Digest.sha256(of: bytes)
                let isLaidOut = (try? records.check(bytes, file: file)) != nil
                let isShort = bytes.count < records.batchSize
                found[index] = FileCheck(
                    name: batch.name, path: file, size: bytes.count, found: digest,
                    expected: batch.digest,
                    state: digest == batch.digest
                        ? .ok : isLaidOut ? .local : isShort ? .truncated : .altered)
            }
        } catch DatasetError.malformed {
            // The archive breaks off: what was not reached is missing.
        }
        return files.batches.enumerated().map { index, batch in
            found[index]
                ?? FileCheck(
                    name: batch.name, path: nil, size: nil, found: nil, expected: batch.digest,
                    state: .missing)
        }
    }

    private func provenance(
        of entry: CatalogueEntry, _ files: CIFARFiles, digests: [String]
    ) throws -> DatasetProvenance {
        let digest = try Digest()
        for batch in digests { try digest.add(field: batch) }
        let isPublished = digests == files.batches.map(\.digest)
        return DatasetProvenance(
            digest: try digest.hexadecimal(),
            origin: isPublished
                ? "the published \(entry.title) files, checked by SHA-256"
                : "a local copy in \(entry.title)'s layout; its content is not the published one")
    }

    private func checkCompleteness(
        _ digests: [String], in place: CIFARPlace, _ files: CIFARFiles
    ) throws {
        guard let missing = digests.firstIndex(of: "") else { return }
        throw DatasetError.malformed(
            file: place.files[0], byte: 0,
            problem: "'\(files.batches[missing].name)' is not in the archive")
    }

    /// An archive's digests are kept as one line, for there is one file to know them by.
    private func remember(
        _ digests: [String], of place: CIFARPlace, identities: [String: FileIdentity]
    ) {
        switch place {
        case .archive(let path):
            memory.remember([path: digests.joined(separator: " ")], identities: identities)
        case .folder(let paths):
            memory.remember(
                Dictionary(zip(paths, digests), uniquingKeysWith: { $1 }), identities: identities)
        }
    }

    private func rememberedDigests(of place: CIFARPlace, _ files: CIFARFiles) -> [String]? {
        let digests: [String]
        switch place {
        case .archive(let path):
            digests = memory.digest(of: path)?.split(separator: " ").map(String.init) ?? []
        case .folder(let paths): digests = paths.compactMap(memory.digest(of:))
        }
        return digests.count == files.batches.count ? digests : nil
    }
}
