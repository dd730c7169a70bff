import Files
import Words

/// Images of a user's own in a .npy or .npz file.
struct ImageArrays {
    /// As the config writes it.
    let path: String
    let options: OwnDataOptions
    /// The arrays of images with their classes, in order.
    let parts: [Part]

    /// An array of images.
    struct Part {
        let images: NPYArray
        let labels: NPYArray?
        /// Whether the names say that these are test images; nil when they say nothing.
        let isTest: Bool?
        let shape: ArrayShape
    }

    /// Changes whenever the same files would give other images.
    private static let version = "1"
    /// Names of arrays in a .npz file, as people and libraries give them: images, then classes.
    private static let training = (["x_train", "train_images"], ["y_train", "train_labels"])
    private static let testing = (["x_test", "test_images"], ["y_test", "test_labels"])
    private static let whole = (
        ["images", "x", "X", "data", "imgs", "arr_0"], ["labels", "y", "Y", "targets", "arr_1"]
    )

    /// Reads the headers. Throws a ``DatasetError`` or a ``Files/FileError``.
    init(_ path: String, options: OwnDataOptions) throws {
        guard FilePath.isFile(path) else {
            throw DatasetError.own(
                problem: FilePath.isFolder(path)
                    ? "'\(path)' is a folder, not a .npy or .npz file"
                    : "there is no file '\(path)'",
                key: "data.path",
                advice: FilePath.isFolder(path)
                    ? "write 'data.dataset: folder' for a folder of images"
                    : "paths are relative to the folder you build in")
        }
        let isArchive = try WholeFile.bytes(at: path, prefix: 2) == Array("PK".utf8)
        let arrays =
            isArchive
            ? try Self.arrays(in: path)
            : [(try NPYArray(file: path), nil as NPYArray?, nil as Bool?)]
        let given = try options.labels.map { try NPYArray(file: $0) }
        guard given == nil || arrays.count == 1 else {
            throw DatasetError.own(
                problem: "'\(path)' has training and test images with classes of their own",
                key: "data.labels", advice: "leave 'data.labels' out")
        }
        (self.path, self.options) = (path, options)
        parts = try arrays.map { images, labels, isTest in
            try Self.part(images, given ?? labels, isTest, options)
        }
        if let first = parts.first, let other = parts.first(where: { !$0.shape.fits(first.shape) })
        {
            throw DatasetError.own(
                problem: "\(other.images.name): its images have another size than those of "
                    + first.images.name,
                key: "data.path", advice: "save images of one size")
        }
        if options.imageSize == nil, let shape = parts.first?.shape, shape.height != shape.width {
            throw DatasetError.own(
                problem: "\(parts[0].images.name): its images have \(shape.height) rows and "
                    + "\(shape.width) columns, but a model takes squares", key: "data.path",
                advice:
                    "write 'data.image_size: \(min(shape.height, shape.width))' to have them cut")
        }
    }

    private static func part(
        _ images: NPYArray, _ labels: NPYArray?, _ isTest: Bool?, _ options: OwnDataOptions
    ) throws -> Part {
        let shape = try ArrayShape(images.header.shape, layout: options.layout, name: images.name)
        if let labels { try checkLabels(labels, shape.count) }
        return Part(images: images, labels: labels, isTest: isTest, shape: shape)
    }

    /// The arrays of a .npz file: training and test images, or all images together.
    private static func arrays(in path: String) throws -> [(NPYArray, NPYArray?, Bool?)] {
        let known = [training, testing, whole].flatMap { $0.0 + $0.1 }
        let (found, names) = try NPYArray.members(of: path, Set(known))
        func first(_ names: [String]) -> NPYArray? { names.lazy.compactMap { found[$0] }.first }
        if let train = first(training.0), let test = first(testing.0) {
            return [
                (train, first(training.1), false), (test, first(testing.1), true),
            ]
        }
        if let images = first(whole.0) { return [(images, first(whole.1), nil)] }
        throw DatasetError.own(
            problem: "'\(path)' holds no array 'images', nor 'x_train' and 'x_test'; it holds "
                + (names.isEmpty ? "none" : names.prefix(10).joined(separator: ", ")),
            key: "data.path",
            advice: "save it with numpy.savez(path, images=images, labels=labels)")
    }

    private static func checkLabels(_ labels: NPYArray, _ count: Int) throws {
        let shape = labels.header.shape
        let isColumn = shape.count == 1 || shape.count == 2 && shape[1] == 1
        guard isColumn, shape[0] == count else {
            throw DatasetError.own(
                problem: "\(labels.name): classes of the shape \(shape) for \(count) images",
                key: "data.labels",
                advice: "give one number an image; of one-hot rows, labels.argmax(1)")
        }
        guard labels.number.isWhole else {
            throw DatasetError.own(
                problem: "\(labels.name): classes are whole numbers, found \(labels.header.type)",
                key: "data.labels", advice: "save labels.astype('int64')")
        }
    }

    /// The files that it is read from.
    var files: [String] { [path] + [options.labels].compactMap(\.self) }

    /// Pixels a side of its squares.
    var side: Int { options.imageSize ?? parts.first?.shape.height ?? 1 }

    /// A digest of the options and of what the files are known by.
    private func identity(_ marks: [String]) throws -> String {
        let digest = try Digest()
        let own = [
            Self.version, OwnDataIndex.title(of: path), "\(side)", options.resize.rawValue,
            options.color.rawValue, options.background.rawValue, "\(options.testShare)",
            options.layout.rawValue, options.values.rawValue,
        ]
        for text in own + marks { try digest.add(field: text) }
        return try digest.hexadecimal()
    }
}

extension ArrayShape {
    /// Whether images of both can be in one data set.
    fileprivate func fits(_ other: ArrayShape) -> Bool {
        (height, width, channels) == (other.height, other.width, other.channels)
    }
}

extension ImageArrays {
    /// A digest of how the files look: the same as long as none looks changed.
    func appearance() throws -> String {
        try identity(
            files.flatMap { file in
                let identity = FileIdentity(of: file)
                return [
                    file, "\(identity?.size ?? -1)", "\(identity?.modified ?? 0)",
                    "\(identity?.inode ?? 0)",
                ]
            })
    }

    /// A digest of what the files hold: the same images come of the same one.
    func content() throws -> String {
        try identity(try files.map { try Digest.sha256(ofFile: $0) })
    }
}
