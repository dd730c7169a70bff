import Files

/// The folders in which a data set is looked for, in order.
struct DatasetSearch {
    /// A folder and why it is looked into.
    struct Root {
        /// How the user knows it: "--data-dir", "data.root", "$VAE_REPORT_DATA", "the user cache".
        let label: String
        /// The folder; nil when nothing was given.
        let path: String?
    }

    /// In order of precedence.
    let roots: [Root]
    /// Where downloads go.
    let cache: String?

    /// The usual places: what the user gave, the environment, the user's cache (XDG).
    init(request: DatasetRequest, environment: [String: String]) {
        cache = DatasetSearch.cacheFolder(in: environment)
        roots = [
            Root(label: "--data-dir", path: request.folder),
            Root(label: "data.root", path: request.configuredRoot),
            Root(label: "$VAE_REPORT_DATA", path: environment["VAE_REPORT_DATA"]),
            Root(label: "the user cache", path: cache),
        ]
    }

    /// `$XDG_CACHE_HOME/vae-report`, else `~/.cache/vae-report`; nil when neither is known.
    static func cacheFolder(in environment: [String: String]) -> String? {
        if let base = environment["XDG_CACHE_HOME"], base.hasPrefix("/") {
            return FilePath.join(base, "vae-report")
        }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return FilePath.join(home, ".cache/vae-report")
    }

    /// Paths of all files in the first place that has every one of them; nil when none has.
    func complete(_ files: IDXFiles) -> [String]? {
        for folder in folders(of: files) {
            let paths = files.all.compactMap { path(of: $0, in: folder) }
            if paths.count == files.all.count { return paths }
        }
        return nil
    }

    /// The first place where one file is, whether or not the others are there.
    func first(_ file: PublishedFile, of files: IDXFiles) -> String? {
        folders(of: files).lazy.compactMap { path(of: file, in: $0) }.first
    }

    /// The path of a file in one folder, under any of its spellings.
    func path(of file: PublishedFile, in folder: String) -> String? {
        file.spellings.lazy.map { FilePath.join(folder, $0) }.first(where: FilePath.isFile)
    }

    /// One line for each place: what it is and what was found there.
    func findings(_ files: IDXFiles) -> [String] {
        findings { path in
            let most =
                files.folders.map { FilePath.join(path, $0) }
                .map { folder in files.all.filter { self.path(of: $0, in: folder) == nil } }
                .min { $0.count < $1.count } ?? []
            if most.count == files.all.count { return "none of the files" }
            return "incomplete, without \(most.map(\.name).joined(separator: ", "))"
        }
    }

    /// One line for each place; `describe` says what a folder that is there lacks.
    private func findings(_ describe: (_ folder: String) -> String) -> [String] {
        roots.map { root in
            guard let path = root.path, !path.isEmpty else { return "\(root.label): not given" }
            guard FilePath.isFolder(path) else {
                let what = FilePath.exists(path) ? "not a folder" : "no such folder"
                return "\(root.label), \(path): \(what)"
            }
            return "\(root.label), \(path): \(describe(path))"
        }
    }

    private func folders(of files: IDXFiles) -> [String] { folders(below: files.folders) }

    private func folders(below places: [String]) -> [String] {
        roots.compactMap(\.path).filter { !$0.isEmpty }.flatMap { root in
            places.map { $0.isEmpty ? root : FilePath.join(root, $0) }
        }
    }
}

extension DatasetSearch {
    /// The first place that has the archive or all of its batches; nil when none has.
    func complete(_ files: CIFARFiles) -> CIFARPlace? {
        for folder in folders(below: files.places) {
            let archive = FilePath.join(folder, files.archive.name)
            if FilePath.isFile(archive) { return .archive(archive) }
            for unpacked in [FilePath.join(folder, files.folder), folder] {
                let paths = files.batches.map { FilePath.join(unpacked, $0.name) }
                if paths.allSatisfy(FilePath.isFile) { return .folder(paths) }
            }
        }
        return nil
    }

    /// One line for each place: what it is and what is not there.
    func findings(_ files: CIFARFiles) -> [String] {
        findings { _ in "neither \(files.archive.name) nor a whole \(files.folder)" }
    }
}
