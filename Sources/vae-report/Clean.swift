import Experiments
import Files
import Foundation
import Glibc
import Literate

/// Finds what this program made and deletes it, and nothing else.
struct Clean {
    /// Files that go, in the order found.
    private(set) var files: [String] = []
    /// Folders that go when nothing else is left in them, deepest first.
    private(set) var folders: [String] = []
    /// Folders of reports that something goes from.
    private var reports: [String] = []

    /// Adds what builds and commands made in the folders below `outputs`, or in a report's folder itself.
    mutating func add(outputs: String) {
        if isReport(outputs) {
            add(report: outputs)
        } else {
            for name in names(in: outputs) {
                let folder = FilePath.join(outputs, name)
                if isReport(folder) { add(report: folder) }
            }
            folders.append(outputs)
        }
    }

    /// Adds files of the cache, and the folders that held them.
    mutating func add(downloads: [String], in cache: String?) {
        files += downloads
        guard let cache else { return }
        let below = Set(downloads.map { FilePath.folder(of: $0) }).subtracting([cache])
        folders += below.sorted() + [cache]
    }

    /// Deletes; returns the folders that stay because something else lies in them.
    ///
    /// Throws a ``FolderInUse``, and deletes nothing, when a build is at work in one of them.
    func delete() throws -> [String] {
        let locks = try reports.map { folder in
            guard let lock = try FolderLock.attempt(folder) else { throw FolderInUse(folder) }
            return lock
        }
        defer { locks.forEach { $0.release() } }
        for folder in reports {
            ReportTraces(folder: folder).removeLeftovers()
            RunFolder.all(in: folder).forEach { $0.removeLeftovers() }
        }
        for file in files { try Disk().remove(file) }
        return try folders.filter { folder in
            guard rmdir(folder) != 0, FilePath.isFolder(folder) else { return false }
            guard [ENOTEMPTY, EEXIST].contains(errno) else {
                throw FileError(action: "remove", path: folder, code: errno)
            }
            return true
        }
    }

    private func isReport(_ folder: String) -> Bool {
        guard FilePath.isFolder(folder) else { return false }
        return ReportTraces(folder: folder).exist || !runs(in: folder).isEmpty
    }

    /// Runs by their records, or by the checkpoints of a training that was stopped.
    private func runs(in folder: String) -> [RunFolder] {
        names(in: FilePath.join(folder, "runs")).compactMap { label in
            guard let run = try? RunFolder(output: folder, label: label),
                FilePath.isFile(run.record) || FilePath.isFile(run.lastCheckpoint)
            else { return nil }
            return run
        }
    }

    private mutating func add(report folder: String) {
        var found = Set(ReportTraces(folder: folder).files)
        found.formUnion(ReportTraces.pages)
        for run in runs(in: folder) {
            let label = FilePath.name(of: run.path)
            found.formUnion(run.traces.map { "runs/\(label)/\($0)" })
        }
        found.formUnion(BuildArtifact(folder: folder).recorded.map { "artifact/\($0)" })
        let present = found.filter { FilePath.isFile(FilePath.join(folder, $0)) }
        var above: Set<String> = []
        for file in present {
            var parent = FilePath.folder(of: file)
            while !parent.isEmpty, above.insert(parent).inserted {
                parent = FilePath.folder(of: parent)
            }
        }
        for run in runs(in: folder) {
            above.formUnion(
                ["ckpts", "logs", "grids", "samples"].map {
                    "runs/\(FilePath.name(of: run.path))/\($0)"
                })
        }
        reports.append(folder)
        files +=
            (present.filter { !tellsOfOthers($0) }.sorted()
            + present.filter(tellsOfOthers).sorted()).map { FilePath.join(folder, $0) }
        folders +=
            above.sorted { depth($0) > depth($1) || depth($0) == depth($1) && $0 < $1 }
            .map { FilePath.join(folder, $0) } + [folder]
    }

    /// Whether other files are known by this one, which goes after them: a clean that is stopped goes on
    /// where it was.
    private func tellsOfOthers(_ file: String) -> Bool {
        file.hasPrefix(".cache/") || file == "artifact/files.txt" || file.hasSuffix("/run.json")
    }

    private func depth(_ path: String) -> Int { path.count { $0 == "/" } }

    private func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }
}

/// Another process works in a folder that should go.
struct FolderInUse: Error, CustomStringConvertible {
    let description: String

    init(_ folder: String) {
        let process = FolderLock.holder(of: folder).map { " (process \($0))" } ?? ""
        description = """
            another vae-report\(process) works in \(folder), so nothing was deleted; \
            wait for it or stop it, then clean again
            """
    }
}
