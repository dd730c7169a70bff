import Files
import Foundation

/// The data of users' own that a build has looked at: each is read once, and kept in the user's cache in
/// the form in which it is trained on.
///
/// A data set is known by what its files look like (sizes, times); where one looks changed, by their
/// contents. Only where these are new too is anything decoded.
package final class OwnDataIndex: Sendable {
    /// A form of data with the options of its config.
    private struct Key: Hashable {
        let form: OwnDataForm
        let options: OwnDataOptions
    }

    /// A data set that was looked at.
    private enum Kept {
        case file(OwnImagesFile)
        /// There is no cache to keep it in.
        case memory(OwnImages, OwnImagesFile.Header)

        var header: OwnImagesFile.Header {
            switch self {
            case .file(let file): file.header
            case .memory(_, let header): header
            }
        }
    }

    /// The folder in the cache; nil keeps data in memory.
    private let folder: String?
    private let progress: @Sendable (DatasetEvent) -> Void
    private let known = Guarded<[Key: Kept]>([:])
    private let reread = Guarded<Set<Key>>([])

    /// The folder of the cache that data are kept in.
    static let folderName = "own"

    /// An index that keeps data in the cache folder `cache`; nil for no cache.
    init(cache: String?, progress: @escaping @Sendable (DatasetEvent) -> Void = { _ in }) {
        folder = cache.map { FilePath.join($0, Self.folderName) }
        self.progress = progress
    }

    /// What readers call the data at a path: the folder's name, or the file's without its ending.
    static func title(of path: String) -> String {
        let name = URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent
        let plain = [".npy", ".npz"].first { name.hasSuffix($0) }.map { name.dropLast($0.count) }
        return plain.map(String.init) ?? name
    }

    /// What a config's data are: sizes, counts, classes. Throws a ``DatasetError``.
    func entry(_ form: OwnDataForm, _ options: OwnDataOptions) throws -> CatalogueEntry {
        let header = try kept(form, options, rereads: false).header
        return CatalogueEntry(
            name: form.rawValue, title: header.title, shape: header.shape,
            counts: SplitCounts(train: header.train, test: header.test),
            classNames: header.classNames, source: .own(form))
    }

    /// Where a config's data come from, and their digest. `rereads` trusts no look and no cache.
    func provenance(
        _ form: OwnDataForm, _ options: OwnDataOptions, rereads: Bool
    ) throws -> DatasetProvenance {
        let header = try kept(form, options, rereads: rereads).header
        return DatasetProvenance(digest: header.digest, origin: header.origin)
    }

    /// A config's data in memory. What is kept and no longer as it was written is made anew.
    func dataset(
        _ form: OwnDataForm, _ options: OwnDataOptions, limits: SplitLimits, rereads: Bool
    ) throws -> ImageDataset {
        var kept = try kept(form, options, rereads: rereads)
        if case .file(let file) = kept, !file.isAsWritten {
            kept = try self.kept(form, options, rereads: true)
        }
        let splits =
            switch kept {
            case .file(let file): try file.splits(limits)
            case .memory(let images, _):
                (train: images.train.first(limits.train), test: images.test.first(limits.test))
            }
        let header = kept.header
        return ImageDataset(
            name: form.rawValue, title: header.title, train: splits.train, test: splits.test,
            classNames: header.classNames,
            provenance: DatasetProvenance(digest: header.digest, origin: header.origin),
            notes: header.notes)
    }

    private func kept(
        _ form: OwnDataForm, _ options: OwnDataOptions, rereads: Bool
    ) throws -> Kept {
        let key = Key(form: form, options: options)
        let isFresh = rereads && reread.withLock { $0.insert(key).inserted }
        return try known.withLock { known in
            if !isFresh, let kept = known[key] { return kept }
            let kept = try look(form, options, isFresh: isFresh)
            known[key] = kept
            return kept
        }
    }

    private func look(
        _ form: OwnDataForm, _ options: OwnDataOptions, isFresh: Bool
    ) throws -> Kept {
        guard let path = options.path else {
            throw DatasetError.own(
                problem: "'data.dataset: \(form.rawValue)' does not say where the images are",
                key: "data.dataset",
                advice: form == .folder
                    ? "write 'data.path: my/images'" : "write 'data.path: my/images.npy'")
        }
        let report: OwnDataProgress = { [progress] stage, completed, total in
            progress(
                .preparing(
                    stage: "\(stage) \(Self.title(of: path))", completed: completed, total: total))
        }
        let kept: Kept
        switch form {
        case .folder:
            let source = try ImageFolder(path, options: options)
            var digests: [String?] = []
            kept = try keep(
                lookedLike: try source.appearance(), isFresh: isFresh,
                content: {
                    digests = source.contents(report)
                    return try source.content(digests)
                },
                images: { try source.images(digests, report) })
        case .arrays:
            let source = try ImageArrays(path, options: options)
            kept = try keep(
                lookedLike: try source.appearance(), isFresh: isFresh,
                content: { try source.content() }, images: { try source.images(report) })
        }
        kept.header.notes.forEach { progress(.notice($0)) }
        return kept
    }

    /// Finds data by how they look, else by their content, else makes them.
    private func keep(
        lookedLike appearance: String, isFresh: Bool, content: () throws -> String,
        images: () throws -> OwnImages
    ) throws -> Kept {
        let note = folder.map { FilePath.join($0, "\(appearance.prefix(32)).key") }
        if !isFresh, let note, let name = try? WholeFile.text(at: note).text,
            let file = file(named: name)
        {
            return .file(file)
        }
        let name = String(try content().prefix(32))
        if !isFresh, let file = file(named: name) {
            remember(name, at: note)
            return .file(file)
        }
        let made = try images()
        if let path = path(named: name), (try? OwnImagesFile.write(made, to: path)) != nil,
            let file = file(named: name)
        {
            remember(name, at: note)
            return .file(file)
        }
        return .memory(made, try OwnImagesFile.Header(made))
    }

    /// Writes down what data that look like this are; what stopped processes left half-written goes.
    private func remember(_ name: String, at note: String?) {
        guard let folder, let note else { return }
        AtomicFile.removeLeftovers(in: folder, onlyWriter: false) { _ in true }
        try? AtomicFile(note).write(name)
    }

    private func path(named name: String) -> String? {
        guard name.count == 32, name.allSatisfy(\.isHexDigit) else { return nil }
        return folder.map { FilePath.join($0, "\(name).images") }
    }

    private func file(named name: String) -> OwnImagesFile? {
        path(named: name).flatMap { OwnImagesFile(at: $0) }
    }
}
