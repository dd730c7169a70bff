import Files

/// A file as a mirror has it.
struct MirrorFile {
    /// What it is called in a progress display.
    let name: String
    /// Its name at the mirror and in the cache.
    let fileName: String
    /// Bytes that it can have at most.
    let limit: Int
    /// Says what is wrong with the file at a path; nil when it is the published one.
    let problem: @Sendable (_ path: String) throws -> String?
}

extension MirrorFile {
    /// A file in MNIST's form, compressed; what is inside is compared.
    init(_ file: PublishedFile) {
        self.init(
            name: file.name, fileName: file.name + ".gz", limit: file.largestDownload
        ) { path in
            let check = try FileCheck(file, at: path)
            if check.state == .ok { return nil }
            return "the content is \(check.state.rawValue): "
                + "SHA-256 \(check.found ?? "none"), expected \(check.expected)"
        }
    }

    /// The archive of a data set in CIFAR's form, compared as it is.
    init(_ files: CIFARFiles) {
        let archive = files.archive
        self.init(
            name: archive.name, fileName: archive.name, limit: files.archiveSize
        ) { path in
            let found = try Digest.sha256(of: try WholeFile.bytes(at: path))
            if found == archive.digest { return nil }
            return "the archive is not the published one: SHA-256 \(found), "
                + "expected \(archive.digest)"
        }
    }
}

/// Brings the missing files of a data set from its mirrors into the cache, checked.
///
/// While no mirror has answered, each is given four seconds once, so that a machine without a
/// network knows within ten. After that, a file is tried three times at each mirror.
struct MirrorFetch {
    /// Base addresses, each ending with a slash.
    let mirrors: [String]
    /// Who does the transfer.
    let downloader: any Downloader
    /// Where the files go.
    let folder: String
    /// Told how far it is.
    let progress: @Sendable (DatasetEvent) -> Void
    /// Told the name of each file that has come into the folder.
    var arrived: @Sendable (_ fileName: String) -> Void = { _ in }

    private static let patience = 4.0
    private static let rounds = 3

    /// Fetches `files`. Throws ``MirrorsUnavailable`` when no mirror has one of them, and a
    /// ``Files/FileError`` when the cache cannot be written.
    func fetch(_ files: [MirrorFile]) throws {
        var answering: String?
        for file in files {
            answering = try fetch(file, preferring: answering)
            progress(.downloaded(file: file.name))
        }
    }

    /// Returns the mirror that had the file, to be asked first for the next one.
    private func fetch(_ file: MirrorFile, preferring known: String?) throws -> String {
        let order = [known].compactMap(\.self) + mirrors.filter { $0 != known }
        var failures: [String] = []
        for round in 0..<MirrorFetch.rounds {
            var answered = known != nil
            for mirror in order {
                let address = mirror + file.fileName
                do {
                    try fetch(file, from: address)
                    return mirror
                } catch let failure as DownloadFailure {
                    if case .noAnswer = failure {} else { answered = true }
                    failures.append("\(address): \(failure)")
                } catch let error as DatasetError {
                    answered = true
                    failures.append(error.description)
                }
            }
            if !answered || round == MirrorFetch.rounds - 1 { break }
        }
        throw MirrorsUnavailable(attempts: unique(failures))
    }

    private func fetch(_ file: MirrorFile, from address: String) throws {
        let bytes = try downloader.bytes(
            from: address, limit: file.limit, patience: MirrorFetch.patience
        ) { received, total in
            progress(.downloading(file: file.name, received: received, total: total))
        }
        try AtomicFile(FilePath.join(folder, file.fileName)).write(bytes) { temporary in
            if let problem = try file.problem(temporary) {
                throw DatasetError.download(address: address, problem: problem)
            }
        }
        arrived(file.fileName)
    }

    private func unique(_ lines: [String]) -> [String] {
        var seen: Set<String> = []
        return lines.filter { seen.insert($0).inserted }
    }
}

/// No mirror could give a file; a line for each attempt.
struct MirrorsUnavailable: Error {
    /// Address and reason.
    let attempts: [String]
}
