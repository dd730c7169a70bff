import Datasets
import Files
import TestSupport

extension FuzzedParser {
    static func idxImages(_ name: String) throws -> FuzzedParser {
        try idx(name, seeds: [TinyFiles.images], replacing: "train-images-idx3-ubyte")
    }

    static func idxLabels(_ name: String) throws -> FuzzedParser {
        try idx(name, seeds: [TinyFiles.labels], replacing: "t10k-labels-idx1-ubyte")
    }

    static func idxGzip(_ name: String) throws -> FuzzedParser {
        try idx(
            name, seeds: [Gzip.stored(TinyFiles.images), TinyFiles.deflated],
            tokens: [[0x1f, 0x8b, 8, 0], [0x1f, 0x8b, 8, 4], [0x1f, 0x8b, 8, 8], [1, 0, 0]],
            replacing: "train-images-idx3-ubyte.gz")
    }

    static func idxZip(_ name: String) throws -> FuzzedParser {
        let files = try TinyFiles(in: TemporaryFolder(), isKnown: true)
        let all = TinyFiles.contents
        let seeds = [
            StoredZip.bytes(all.map { ("gzip/\($0.name).gz", Gzip.stored($0.content)) }),
            StoredZip.bytes(all.map { ("../\($0.name)", $0.content) }),
        ]
        return FuzzedParser(name, seeds: seeds, tokens: zipTokens) { bytes in
            try files.folder.write(bytes, to: "tiny/all.zip")
            _ = try files.load("tiny")
        }
    }

    static func cifarBatch(_ name: String) throws -> FuzzedParser {
        let files = try TinyFiles(in: TemporaryFolder(), isKnown: false)
        for batch in TinyFiles.batches {
            try files.folder.write(batch.content, to: "colors/colors-bin/\(batch.name)")
        }
        return FuzzedParser(name, seeds: TinyFiles.batches.map(\.content)) { bytes in
            try files.folder.write(bytes, to: "colors/colors-bin/two.bin")
            _ = try files.load("colors")
        }
    }

    static func cifarArchive(_ name: String) throws -> FuzzedParser {
        let files = try TinyFiles(in: TemporaryFolder(), isKnown: false)
        var members: [(name: String, content: [UInt8])] = [
            ("colors-bin/", []), ("colors-bin/readme.html", Array("hello".utf8)),
        ]
        for batch in TinyFiles.batches {
            members.append(("colors-bin/" + batch.name, batch.content))
        }
        let tar = TarArchive.bytes(members)
        let words = [
            "ustar\u{0}00", "ustar  \u{0}", "colors-bin/two.bin", "././@LongLink", "one.bin",
            "11 size=99\n", "30 path=colors-bin/two.bin\n", "77777777777", "GNU.sparse",
        ]
        var tokens = words.map { Array($0.utf8) }
        for type in "xgLKSDV0127".utf8 { tokens.append([0, type]) }
        return FuzzedParser(
            name, seeds: [tar, Gzip.stored(tar)], tokens: tokens,
            readsBeginnings: true
        ) { bytes in
            try files.folder.write(bytes, to: "colors/colors.tar.gz")
            _ = try files.load("colors")
        }
    }

    static let zipTokens: [[UInt8]] = [
        [0x50, 0x4b, 1, 2], [0x50, 0x4b, 3, 4], [0x50, 0x4b, 5, 6], [0x50, 0x4b, 6, 6],
        [0x50, 0x4b, 6, 7], [0x50, 0x4b, 7, 8], [1, 0, 28, 0], [8, 0], [14, 0], [9, 0],
    ]

    private static func idx(
        _ name: String, seeds: [[UInt8]], tokens: [[UInt8]] = [[0, 0, 8, 3], [0, 0, 8, 1]],
        replacing place: String
    ) throws -> FuzzedParser {
        let files = try TinyFiles(in: TemporaryFolder(), isKnown: place.hasSuffix(".gz"))
        for file in TinyFiles.contents where !place.hasPrefix(file.name) {
            try files.folder.write(file.content, to: "tiny/\(file.name)")
        }
        return FuzzedParser(name, seeds: seeds, tokens: tokens) { bytes in
            try files.folder.write(bytes, to: "tiny/\(place)")
            _ = try files.load("tiny")
        }
    }
}

/// Data sets of a few pixels in the forms of MNIST and CIFAR.
struct TinyFiles: Sendable {
    let folder: TinyFolder
    private let loader: DatasetLoader

    static let images: [UInt8] =
        [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 2] + (0..<12).map { $0 * 20 }
    static let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 2, 1, 0]

    static let contents: [(name: String, sizes: [Int], content: [UInt8])] = [
        ("train-images-idx3-ubyte", [3, 2, 2], images),
        ("train-labels-idx1-ubyte", [3], [0, 0, 8, 1, 0, 0, 0, 3, 0, 1, 1]),
        (
            "t10k-images-idx3-ubyte", [2, 2, 2],
            [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8]
        ),
        ("t10k-labels-idx1-ubyte", [2], labels),
    ]

    /// ``images``, compressed by zlib.
    static let deflated: [UInt8] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 255, 99, 96, 224, 96, 102, 96, 96, 0, 97, 38, 48, 22, 209,
        176,
        9, 72, 169, 232, 89, 176, 229, 196, 29, 0, 189, 73, 168, 31, 28, 0, 0, 0,
    ]

    static let batches: [(name: String, content: [UInt8])] = ["one.bin", "two.bin", "test.bin"]
        .enumerated().map { index, name in
            let records = (0..<2).map { label in
                [UInt8(label)] + (0..<12).map { UInt8(12 * (2 * index + label) + $0) }
            }
            return (name, Array(records.joined()))
        }

    /// `isKnown` tells whether the IDX files' checksums are, so that any other content is refused;
    /// `remembers`, whether digests of what was read are kept in the folder.
    init(in folder: TemporaryFolder, isKnown: Bool, remembers: Bool = false) throws {
        self.folder = TinyFolder(folder)
        let digest = String(repeating: "0", count: 64)
        let published = try TinyFiles.contents.map { file in
            PublishedFile(
                name: file.name, sizes: file.sizes,
                content: isKnown ? .sha256(try Digest.sha256(of: file.content)) : nil,
                download: isKnown ? nil : PublishedFile.Download(size: 0, digest: digest))
        }
        func archive(_ name: String) -> PublishedArchive {
            PublishedArchive(name: name, size: 0, digest: digest, mirrors: [])
        }
        let colors = CIFARFiles(
            archive: archive("colors.tar.gz"), folder: "colors-bin",
            batches: TinyFiles.batches.map { CIFARFiles.Batch(name: $0.name, digest: "") },
            imagesPerBatch: 2, places: ["colors"])
        loader = DatasetLoader(
            catalogue: DatasetCatalogue(entries: [
                CatalogueEntry(
                    name: "tiny", title: "Tiny",
                    shape: ImageShape(channels: 1, height: 2, width: 2),
                    counts: SplitCounts(train: 3, test: 2), classNames: ["no", "yes"],
                    source: .idx(
                        IDXFiles(
                            all: published, folders: ["tiny"], archive: archive("all.zip"),
                            isTransposed: true), mirrors: [])),
                CatalogueEntry(
                    name: "colors", title: "Colors",
                    shape: ImageShape(channels: 3, height: 2, width: 2),
                    counts: SplitCounts(train: 4, test: 2), classNames: ["no", "yes"],
                    source: .cifar(colors)),
            ]), environment: remembers ? ["HOME": folder.path] : [:], downloader: nil)
    }

    func load(_ name: String, rereads: Bool = true) throws -> ImageDataset {
        try loader.load(DatasetRequest(name: name, folder: folder.path, rereadsFiles: rereads))
    }
}

/// A temporary folder that closures may share: nobody writes to it but the one that reads.
struct TinyFolder: @unchecked Sendable {
    private let folder: TemporaryFolder

    init(_ folder: TemporaryFolder) { self.folder = folder }

    var path: String { folder.path }

    @discardableResult
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        try folder.write(bytes, to: name)
    }
}
