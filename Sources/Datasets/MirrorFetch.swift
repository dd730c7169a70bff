import Files

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

    private static let patience = 4.0
    private static let rounds = 3

    /// Fetches `files`. Throws ``MirrorsUnavailable`` when no mirror has one of them, and a
    /// ``Files/FileError`` when the cache cannot be written.
    func fetch(_ files: [PublishedFile]) throws {
        var answering: String?
        for file in files {
            answering = try fetch(file, preferring: answering)
            progress(.downloaded(file: file.name))
        }
    }

    /// Returns the mirror that had the file, to be asked first for the next one.
    private func fetch(_ file: PublishedFile, preferring known: String?) throws -> String {
        let order = [known].compactMap(\.self) + mirrors.filter { $0 != known }
        var failures: [String] = []
        for round in 0..<MirrorFetch.rounds {
            var answered = known != nil
            for mirror in order {
                let address = mirror + file.name + ".gz"
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

    private func fetch(_ file: PublishedFile, from address: String) throws {
        let bytes = try downloader.bytes(
            from: address, limit: file.largestDownload, patience: MirrorFetch.patience
        ) { received, total in
            progress(.downloading(file: file.name, received: received, total: total))
        }
        try AtomicFile(FilePath.join(folder, file.name + ".gz")).write(bytes) { temporary in
            let check = try FileCheck(file, at: temporary)
            guard check.state == .ok else {
                throw DatasetError.download(
                    address: address,
                    problem: "the content is \(check.state.rawValue): "
                        + "SHA-256 \(check.found ?? "none"), expected \(check.expected)")
            }
        }
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
