import Dispatch
import Files
import Words

/// A folder of images of a user's own.
struct ImageFolder {
    /// As the config writes it.
    let path: String
    let options: OwnDataOptions
    let listing: FolderListing

    /// Pixels a side where the config does not say.
    private static let usualSide = 64
    /// Changes whenever the same files would give other images.
    private static let version = "1"

    /// Lists the folder. Throws a ``DatasetError`` where there is none, or none with images.
    init(_ path: String, options: OwnDataOptions) throws {
        guard FilePath.isFolder(path) else {
            throw Self.missing(path)
        }
        let listing = try FolderListing(path)
        guard !listing.files.isEmpty else {
            throw DatasetError.own(
                problem: "the folder '\(path)' holds no .png, .jpg or .jpeg file", key: "data.path",
                advice: "name the folder that holds the images, or the folder above their classes")
        }
        (self.path, self.options, self.listing) = (path, options, listing)
    }

    private static func missing(_ path: String) -> DatasetError {
        let isArray = path.hasSuffix(".npy") || path.hasSuffix(".npz")
        let advice =
            FilePath.exists(path)
            ? isArray
                ? "write 'data.dataset: arrays' for .npy and .npz files"
                : "name the folder it is in"
            : "paths are relative to the folder you build in"
        return DatasetError.own(
            problem: FilePath.exists(path)
                ? "'\(path)' is a file, not a folder" : "there is no folder '\(path)'",
            key: "data.path", advice: advice)
    }

    private var side: Int { options.imageSize ?? Self.usualSide }

    /// A digest of names and identities: the same as long as no file looks changed.
    func appearance() throws -> String {
        let digest = try Digest()
        for text in identity { try digest.add(field: text) }
        for file in listing.files {
            try digest.add(field: file.path)
            let identity = file.identity
            for number in [identity?.size ?? -1, identity?.modified ?? 0] {
                try digest.add(field: String(number))
            }
            try digest.add(field: String(identity?.inode ?? 0))
        }
        return try digest.hexadecimal()
    }

    /// SHA-256 of every file; nil for one that cannot be read.
    func contents(_ progress: OwnDataProgress) -> [String?] {
        each("reading", progress) { file in
            (try? file.bytes()).flatMap { try? Digest.sha256(of: $0) }
        }
    }

    /// A digest of names, contents and options: the same images come of the same one.
    func content(_ digests: [String?]) throws -> String {
        let digest = try Digest()
        for text in identity { try digest.add(field: text) }
        for (file, content) in zip(listing.files, digests) {
            try digest.add(field: file.name)
            try digest.add(field: content ?? "unreadable")
        }
        return try digest.hexadecimal()
    }

    private var identity: [String] {
        [
            Self.version, title, "\(side)", options.resize.rawValue, options.color.rawValue,
            options.background.rawValue, options.classes.rawValue, "\(options.testShare)",
            options.unreadable.rawValue, "\(listing.otherCount)",
        ]
    }

    private var title: String { OwnDataIndex.title(of: path) }

    /// Decodes every image, on all threads.
    ///
    /// Throws a ``DatasetError`` that names the files that cannot be read, unless they are to be skipped.
    func images(_ digests: [String?], _ progress: OwnDataProgress) throws -> OwnImages {
        let plan = try FolderPlan(listing, classes: options.classes, folder: path)
        let preparation = ImagePreparation(
            side: side, resize: options.resize, background: options.background.level)
        let squares = each("decoding", progress) { file -> Result<[UInt8], ImageFault> in
            do {
                return .success(try preparation.square(ofFile: try file.bytes()))
            } catch let fault as ImageFault {
                return .failure(fault)
            } catch let error as FileError {
                return .failure(
                    ImageFault("it cannot be read (\(error.problem))", advice: error.advice))
            } catch {
                return .failure(ImageFault("\(error)"))
            }
        }
        var (images, broken): ([OwnImage], [UnreadableFile]) = ([], [])
        for (index, square) in squares.enumerated() {
            switch square {
            case .success(let pixels):
                images.append(
                    OwnImage(
                        key: digests[index] ?? "", label: plan.places[index].label,
                        isTest: plan.places[index].isTest, pixels: pixels))
            case .failure(let fault):
                broken.append(
                    UnreadableFile(
                        name: listing.files[index].name, problem: fault.problem,
                        advice: fault.advice))
            }
        }
        guard broken.isEmpty || options.unreadable == .skip else {
            throw DatasetError.unreadable(
                folder: path, files: broken, count: listing.files.count)
        }
        return try OwnImages(
            title: title, images: images, side: side, classNames: plan.classNames,
            origin: origin(images.count, plan), notes: notes(broken), options: options)
    }

    private func origin(_ count: Int, _ plan: FolderPlan) -> String {
        let classes = plan.classNames.isEmpty ? "" : " in \(plan.classNames.count) folders"
        let shape =
            switch options.resize {
            case .crop: "cut to the square in their middle"
            case .fit: "fitted into a square"
            case .stretch: "stretched to a square"
            }
        let split =
            plan.isSplit
            ? "split as the folder has them"
            : "split by their content"
        let others =
            listing.otherCount == 0
            ? "" : "; \(Quantity.text(listing.otherCount, "other file")) left out"
        return
            "the user's folder “\(title)”, \(Quantity.text(count, "image"))\(classes), \(shape) of "
            + "\(side) pixels, \(split)\(others)"
    }

    private func notes(_ broken: [UnreadableFile]) -> [String] {
        guard !broken.isEmpty else { return [] }
        let named = broken.prefix(5).map { "\($0.name) (\($0.problem))" }.joined(separator: "; ")
        let more = broken.count > 5 ? "; and \(broken.count - 5) more" : ""
        return [
            "\(Quantity.text(broken.count)) of \(Quantity.text(listing.files.count, "image")) in “\(title)” could not be "
                + "read and were left out: \(named)\(more)."
        ]
    }

    /// What `work` makes of each file, in the listing's order; done on all threads.
    private func each<Result: Sendable>(
        _ stage: String, _ progress: OwnDataProgress,
        _ work: @Sendable (FolderListing.File) -> Result
    ) -> [Result] {
        let results = Guarded<[Int: Result]>([:])
        let files = listing.files
        DispatchQueue.concurrentPerform(iterations: files.count) { index in
            let result = work(files[index])
            let done = results.withLock { results in
                results[index] = result
                return results.count
            }
            progress(stage, done, files.count)
        }
        return results.withLock { results in files.indices.compactMap { results[$0] } }
    }
}

/// Told how many files of how many are done, and of what.
typealias OwnDataProgress = @Sendable (_ stage: String, _ completed: Int, _ total: Int) -> Void
