/// What the names in a folder say: which image is of which class, and which is kept for tests.
struct FolderPlan {
    /// The classes in order; empty without classes.
    let classNames: [String]
    /// Of each file of the listing, its class and, where the folder says so, whether it is a test image.
    let places: [(label: UInt8?, isTest: Bool?)]
    /// Whether the folder itself has `train` and `test`.
    let isSplit: Bool

    private static let splits: [String: Bool] = [
        "train": false, "training": false, "test": true, "testing": true,
    ]
    private static let validation: Set<String> = ["val", "valid", "validation"]

    /// Reads the names. Throws a ``DatasetError`` where they contradict each other.
    init(_ listing: FolderListing, classes: OwnDataOptions.Classes, folder: String) throws {
        let folders = listing.folders
        let found = Set(folders.compactMap { Self.splits[$0.lowercased()] })
        let isSplit = found.count == 2
        self.isSplit = isSplit
        if isSplit { try Self.checkSplit(folders, listing, folder) }
        let names = listing.files.map { file -> (rest: String, isTest: Bool?) in
            guard isSplit, let top = FolderListing.top(of: file.name) else {
                return (file.name, nil)
            }
            return (String(file.name.dropFirst(top.count + 1)), Self.splits[top.lowercased()])
        }
        let labels = names.map { FolderListing.top(of: $0.rest) }
        let known = Set(labels.compactMap(\.self))
        guard classes == .folders, known.count > 1 else {
            classNames = []
            places = names.map { (nil, $0.isTest) }
            return
        }
        try Self.checkClasses(known, labels, listing, folder)
        classNames = Self.ordered(known)
        let index = Dictionary(
            uniqueKeysWithValues: classNames.enumerated().map { ($0.element, UInt8($0.offset)) })
        places = zip(labels, names).map { label, name in
            (label.flatMap { index[$0] }, name.isTest)
        }
    }

    /// By number where all names are numbers, else by name.
    private static func ordered(_ names: Set<String>) -> [String] {
        let sorted = names.sorted()
        let numbers = sorted.compactMap { Int($0) }
        guard numbers.count == names.count else { return sorted }
        return zip(numbers, sorted).sorted { $0.0 < $1.0 }.map(\.1)
    }

    private static func checkSplit(
        _ folders: Set<String>, _ listing: FolderListing, _ folder: String
    ) throws {
        let others = folders.filter { splits[$0.lowercased()] == nil }.sorted()
        if let other = others.first(where: { validation.contains($0.lowercased()) }) {
            throw DatasetError.own(
                problem: "'\(folder)' has a folder '\(other)' beside its training and test images",
                key: "data.path",
                advice: "move its images to the training images: validation is taken from their "
                    + "end, as many as 'data.validation' says")
        }
        let stray = listing.files.first { FolderListing.top(of: $0.name) == nil }?.name
        guard let odd = others.first ?? stray else { return }
        throw DatasetError.own(
            problem:
                "'\(folder)' has training and test images in folders, and '\(odd)' beside them",
            key: "data.path", advice: "move it into one of the two, or elsewhere")
    }

    private static func checkClasses(
        _ known: Set<String>, _ labels: [String?], _ listing: FolderListing, _ folder: String
    ) throws {
        if let stray = zip(labels, listing.files).first(where: { $0.0 == nil })?.1 {
            throw DatasetError.own(
                problem:
                    "'\(stray.name)' stands in '\(folder)' beside \(known.count) folders, which "
                    + "would be the classes",
                key: "data.path",
                advice:
                    "move it into one of them, or write 'data.classes: none' for images without "
                    + "classes")
        }
        guard known.count <= 256 else {
            throw DatasetError.own(
                problem: "'\(folder)' has \(known.count) sub-folders, but there can be 256 classes",
                key: "data.path", advice: "write 'data.classes: none' for images without classes")
        }
    }
}
