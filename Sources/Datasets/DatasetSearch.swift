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

    /// Folders of these names below each root; a root that ends like one of them is that folder itself.
    private func folders(below places: [String]) -> [String] {
        roots.compactMap(\.path).filter { !$0.isEmpty }.flatMap { root in
            let isItself = places.contains { !$0.isEmpty && FilePath.ends(root, with: $0) }
            return (isItself && !places.contains("") ? [root] : [])
                + places.map { $0.isEmpty ? root : FilePath.join(root, $0) }
        }
    }
}

extension DatasetSearch {
    /// All files in the first place that has every one of them, or the archive; nil when none has.
    func complete(_ files: IDXFiles) -> [FoundFile]? {
        for folder in folders(below: files.folders) {
            let found = files.all.compactMap { file(of: $0, in: folder) }
            if found.count == files.all.count { return found }
            if let archive = files.archive.flatMap({ path(of: $0, in: folder) }) {
                return files.all.map { FoundFile(archive, member: $0.name) }
            }
        }
        return nil
    }

    /// The first place where one file is, whether or not the others are there.
    func first(_ file: PublishedFile, of files: IDXFiles) -> FoundFile? {
        folders(below: files.folders).lazy.compactMap { self.file(of: file, in: $0) }.first
    }

    /// A file in one folder, under any of its spellings.
    func file(of file: PublishedFile, in folder: String) -> FoundFile? {
        file.spellings.lazy.map { FilePath.join(folder, $0) }.first(where: FilePath.isFile)
            .map { FoundFile($0) }
    }

    private func path(of archive: PublishedArchive, in folder: String) -> String? {
        ([archive.name] + archive.otherNames).map { FilePath.join(folder, $0) }
            .first(where: FilePath.isFile)
    }

    /// One line for each place: what it is and what was found there.
    func findings(_ files: IDXFiles) -> [String] {
        findings { path in
            let isItself = files.folders.contains { !$0.isEmpty && FilePath.ends(path, with: $0) }
            let most =
                ((isItself ? [path] : []) + files.folders.map { FilePath.join(path, $0) })
                .map { folder in files.all.filter { file(of: $0, in: folder) == nil } }
                .min { $0.count < $1.count } ?? []
            if most.count == files.all.count {
                let isNear = files.all.allSatisfy { file(of: $0, in: path) != nil }
                return isNear
                    ? "has such files, but other data sets have files of the same names: "
                        + "they must lie in a folder called \(files.folders[0])"
                    : "none of the files"
            }
            return "incomplete, without \(most.map(\.name).joined(separator: ", "))"
        }
    }
}

extension DatasetSearch {
    /// The first place that has the archive or all of its batches; nil when none has.
    func complete(_ files: CIFARFiles) -> CIFARPlace? {
        for folder in folders(below: files.places) {
            let archive = FilePath.join(folder, files.archive.name)
            if FilePath.isFile(archive) { return .archive(archive) }
            // Only names that tell for themselves count in any folder at all.
            let areTelling = files.batches.allSatisfy { $0.digest != nil }
            let isNamed = files.places.contains { !$0.isEmpty && FilePath.ends(folder, with: $0) }
            let unpacked = FilePath.join(folder, files.folder)
            for place in areTelling || isNamed ? [unpacked, folder] : [unpacked] {
                let paths = files.batches.map { FilePath.join(place, $0.name) }
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
