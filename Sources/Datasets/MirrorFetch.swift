import Files
import Foundation

/// Brings the missing files of a data set from its mirrors into the cache, checked.
///
/// While no mirror has answered, each is given four seconds once, so that a machine without a
/// network knows within ten. After that, a file is tried three times at each mirror, and each attempt
/// goes on where the last one ended.
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
            for (index, mirror) in order.enumerated() {
                let reason: String
                do {
                    try fetch(file, from: mirror + file.fileName)
                    return mirror
                } catch let failure as DownloadFailure {
                    if case .noAnswer = failure {} else { answered = true }
                    reason = failure.description
                } catch let refusal as RefusedContent {
                    answered = true
                    reason = refusal.problem
                }
                failures.append("\(mirror)\(file.fileName): \(reason)")
                let isLast = !answered || round == MirrorFetch.rounds - 1
                if index + 1 < order.count || !isLast {
                    let next = order[(index + 1) % order.count]
                    progress(
                        .mirrorFailed(
                            file: file.fileName, host: host(of: mirror), reason: reason,
                            next: host(of: next)))
                }
            }
            if !answered { break }
        }
        throw MirrorsUnavailable(attempts: unique(failures))
    }

    /// A part that proves to be of another file, by its end or by its digest, is fetched anew once.
    private func fetch(_ file: MirrorFile, from address: String) throws {
        var mayGoOn = true
        while true {
            let part = try PartialDownload(
                for: FilePath.join(folder, file.fileName), limit: file.limit)
            let goesOn = part.count > 0 && mayGoOn
            do {
                try transfer(file, from: address, to: part)
                try part.finish { path in
                    if let problem = try file.problem(path) {
                        throw RefusedContent(problem: problem)
                    }
                }
                arrived(file.fileName)
                return
            } catch is RefusedContent where goesOn {
                mayGoOn = false
            } catch DownloadFailure.refused(status: 416) where goesOn {
                try part.restart()
                mayGoOn = false
            } catch DownloadFailure.tooLarge(let limit) {
                try part.restart()
                try part.removeIfEmpty()
                throw DownloadFailure.tooLarge(limit: limit)
            } catch {
                try part.removeIfEmpty()
                throw error
            }
        }
    }

    /// Adds to `part` what it lacks.
    private func transfer(
        _ file: MirrorFile, from address: String, to part: PartialDownload
    ) throws {
        if part.count > 0, part.count == file.size { return }
        let request = TransferRequest(
            address: address, start: part.count, validator: part.validator(at: address),
            limit: file.limit, patience: MirrorFetch.patience)
        var total = file.size
        try downloader.fetch(request) { answer in
            if let found = answer.total, let expected = file.size, found != expected {
                throw DownloadFailure.otherSize(found: found, expected: expected)
            }
            if answer.start != part.count {
                guard answer.start == 0 else {
                    throw DownloadFailure.interrupted("the server sends another part than asked")
                }
                try part.restart()
            }
            total = total ?? answer.total
            part.comes(from: address, validator: answer.validator)
            progress(
                .downloadStarts(
                    file: file.name, host: host(of: address), from: part.count, total: total))
        } receive: { bytes in
            guard bytes.count <= file.limit - part.count else {
                throw DownloadFailure.tooLarge(limit: file.limit)
            }
            try part.append(bytes)
            progress(.downloading(file: file.name, received: part.count, total: total))
        }
        if let total, part.count < total {
            throw DownloadFailure.interrupted("after \(part.count) of \(total) bytes")
        }
    }

    private func host(of address: String) -> String {
        URL(string: address)?.host ?? address
    }

    private func unique(_ lines: [String]) -> [String] {
        var seen: Set<String> = []
        return lines.filter { seen.insert($0).inserted }
    }
}

/// A file that arrived whole and is not the published one.
private struct RefusedContent: Error {
    let problem: String
}

/// No mirror could give a file; a line for each attempt.
struct MirrorsUnavailable: Error {
    /// Address and reason.
    let attempts: [String]
}
