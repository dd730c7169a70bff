import Files

extension DatasetLoader {
    /// A way to bring the missing files of a data set here.
    private struct Plan {
        let files: [MirrorFile]
        let mirrors: [String]
    }

    /// Fetches what the cache lacks; returns a line for each failed attempt.
    ///
    /// A failure is remembered for ten minutes, so that repeated builds don't wait for a network
    /// that is not there; `asksAgain` overrides that.
    func download(
        _ entry: CatalogueEntry, _ search: DatasetSearch, asksAgain: Bool
    ) throws -> [String] {
        guard let downloader else {
            return ["the network: not asked (--offline or $VAE_REPORT_OFFLINE)"]
        }
        guard let cache = search.cache else {
            return [
                "the network: not asked, because neither HOME nor XDG_CACHE_HOME says where to keep it"
            ]
        }
        let folder = FilePath.join(cache, entry.folder)
        let note = AtomicFile(FilePath.join(folder, DownloadList.unreachableNote))
        if !asksAgain, let last = lastFailure(note), clock() - last < 600, clock() >= last {
            return ["the network: no mirror answered \(Int(clock() - last) / 60) minutes ago"]
        }
        let lock: FolderLock
        do {
            lock = try self.lock(folder)
        } catch let error as FileError {
            return ["the network: not asked, \(error)"]
        }
        defer { lock.release() }
        var failures: [String] = []
        for plan in plans(entry, search, in: folder) {
            let fetch = MirrorFetch(
                mirrors: plan.mirrors, downloader: downloader, folder: folder, progress: progress,
                arrived: { DownloadList(cache: cache).add(FilePath.join(entry.folder, $0)) })
            do {
                try fetch.fetch(plan.files)
                try? Disk().remove(note.path)
                return []
            } catch let failure as MirrorsUnavailable {
                failures += failure.attempts
            }
        }
        try? note.write("\(clock())")
        return failures
    }

    /// Two processes never fetch into one folder: the second waits and then finds what the first got.
    private func lock(_ folder: String) throws -> FolderLock {
        try FolderLock(folder) { holder in
            let process = holder.map { " (process \($0))" } ?? ""
            progress(
                .notice("waiting for another vae-report\(process) that downloads to \(folder)"))
        }
    }

    /// The ways to what the folder in the cache lacks, the first to be tried first.
    private func plans(
        _ entry: CatalogueEntry, _ search: DatasetSearch, in folder: String
    ) -> [Plan] {
        switch entry.source {
        case .idx(let files, let mirrors):
            let missing = files.all.filter { search.file(of: $0, in: folder) == nil }
            let single = Plan(files: missing.map { MirrorFile($0) }, mirrors: mirrors)
            let archive = files.archive.map {
                Plan(files: missing.isEmpty ? [] : [MirrorFile($0)], mirrors: $0.mirrors)
            }
            return [single] + [archive].compactMap(\.self)
        case .cifar(let files):
            let isThere = FilePath.isFile(FilePath.join(folder, files.archive.name))
            return [
                Plan(
                    files: isThere ? [] : [MirrorFile(files.archive)],
                    mirrors: files.archive.mirrors)
            ]
        case .drawn, .sprites, .own: return []
        }
    }

    private func lastFailure(_ note: AtomicFile) -> Double? {
        (try? WholeFile.text(at: note.path)).flatMap { Double($0.text) }
    }

    /// Which files belong where, for someone who has to bring them by hand.
    func wanted(_ entry: CatalogueEntry, _ search: DatasetSearch) -> String {
        let folder = search.cache.map { "\(FilePath.join($0, entry.folder))/,\n    or into " } ?? ""
        let lines = entry.downloads.map { "\n        \($0)" }
        return
            "Put these files into \(folder)a folder \(entry.folder)/ below one that --data-dir or "
            + "$VAE_REPORT_DATA names:\(lines.joined())"
    }

    /// How each of the four files compares with the published one.
    func checks(of files: IDXFiles, _ search: DatasetSearch) throws -> [FileCheck] {
        let complete = search.complete(files)
        return try files.all.enumerated().map { index, file in
            let place = complete?[index] ?? search.first(file, of: files)
            do {
                return try FileCheck(file, at: place, archive: files.archive)
            } catch DatasetError.malformed(let archive, _, _) {
                return FileCheck(
                    name: file.name, path: archive, size: nil, expectedSize: file.size, found: nil,
                    expected: file.expectation, state: .truncated)
            }
        }
    }
}
