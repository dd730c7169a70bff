import Datasets
import Files
import Foundation
import TestSupport

/// What the user's cache holds: a list of downloads, a memory of digests, images in their last form.
extension FuzzedParser {
    /// Everything that is listed may be deleted, so nothing outside the cache may be.
    static func downloadList(_ name: String) throws -> FuzzedParser {
        let folder = try TemporaryFolder()
        let cache = folder.path(".cache/vae-report")
        try folder.write([1, 2, 3], to: ".cache/vae-report/tiny/a.gz")
        try folder.write([4, 5], to: "mine")
        let blanks = Blanks(files: ["\(cache)/tiny/a.gz", folder.path("mine")])
        let shared = TinyFolder(folder)
        let text = """
            {"tiny/a.gz": {"inode": #i0#, "modified": #m0#, "size": #s0#},
            "../../mine": {"inode": #i1#, "modified": #m1#, "size": #s1#},
            "tiny/../a.gz": {"inode": 1, "modified": 2, "size": 3}}
            """
        return FuzzedParser(
            name, texts: [text],
            words: jsonWords + ["#i0#", "#s0#", "../", "/mine", "./", "tiny/", "\\u0000"],
            brackets: jsonBrackets
        ) { text in
            try shared.write(
                Array(blanks.filled(text).utf8), to: ".cache/vae-report/downloads.json")
            for path in DownloadList(environment: ["HOME": shared.path]).files {
                let isInside = path.hasPrefix(cache + "/") && !path.contains("/../")
                guard isInside else { throw OutsideTheCache(path: path) }
            }
        }
    }

    /// Whatever is remembered of files that have not changed, their images are the same.
    static func rememberedDigests(_ name: String) throws -> FuzzedParser {
        let files = try TinyFiles(in: TemporaryFolder(), isKnown: false, remembers: true)
        for file in TinyFiles.contents {
            try files.folder.write(file.content, to: "tiny/\(file.name)")
        }
        for batch in TinyFiles.batches {
            try files.folder.write(batch.content, to: "colors/colors-bin/\(batch.name)")
        }
        let expected = try (files.load("tiny"), files.load("colors"))
        let memory = ".cache/vae-report/digests.json"
        let entries = try JSONDecoder().decode(
            [String: Remembered].self,
            from: Data(WholeFile.bytes(at: "\(files.folder.path)/\(memory)")))
        let paths = entries.keys.sorted()
        let lines = paths.enumerated().map { place, path in
            "\"\(path.replacing(files.folder.path, with: "@"))\": "
                + "{\"digest\": \"\(entries[path]?.digest ?? "")\", \"identity\": "
                + "{\"inode\": #i\(place)#, \"modified\": #m\(place)#, \"size\": #s\(place)#}}"
        }
        let blanks = Blanks(files: paths)
        return FuzzedParser(
            name, texts: ["{\(lines.joined(separator: ",\n"))}"],
            words: jsonWords + [
                "#i0#", "#s1#", "@/", "published", " different", " unchecked", "\"digest\": \"\",",
            ], brackets: jsonBrackets
        ) { text in
            let filled = blanks.filled(text.replacing("@", with: files.folder.path))
            try files.folder.write(Array(filled.utf8), to: memory)
            for set in [expected.0, expected.1] {
                let found = try files.load(set.name == "tiny" ? "tiny" : "colors", rereads: false)
                guard found.train == set.train, found.test == set.test else { throw OtherImages() }
            }
        }
    }

    static func ownImages(_ name: String) throws -> FuzzedParser {
        let kept = try KeptImages()
        return FuzzedParser(
            name, seeds: [kept.file], tokens: jsonTokens, brackets: jsonBrackets,
            readsBeginnings: true
        ) { bytes in try kept.load(bytes) }
    }

    /// Files whose lengths are those that their headers say.
    static func ownImagesHeader(_ name: String) throws -> FuzzedParser {
        let kept = try KeptImages()
        return FuzzedParser(
            name, texts: [kept.header],
            words: jsonWords + [
                "\"channels\":3", "\"side\":32768", "\"train\":0", "\"test\":0",
                "\"train\":2147483648", "\"hasLabels\":false", "\"classNames\":[]", "2147483648",
            ], brackets: jsonBrackets
        ) { text in try kept.load(kept.file(header: Array(text.utf8))) }
    }

    /// An entry of the memory, whose form no other room knows.
    private struct Remembered: Decodable {
        let digest: String
    }
}

/// A path that is not the program's was listed among what it may delete.
private struct OutsideTheCache: Error { let path: String }

/// Files that have not changed were read as something else.
private struct OtherImages: Error {}

/// Places in a text for what tells one state of a file from another, so that a case is the same in every
/// run though its files are not.
private struct Blanks: Sendable {
    private let files: [String]

    init(files: [String]) { self.files = files }

    /// The text with `#i0#`, `#m0#` and `#s0#` replaced by inode, time and size of the first file, and so on.
    func filled(_ text: String) -> String {
        guard text.contains("#") else { return text }
        return files.enumerated().reduce(text) { text, file in
            guard let identity = FileIdentity(of: file.element) else { return text }
            return text.replacing("#i\(file.offset)#", with: "\(identity.inode)")
                .replacing("#m\(file.offset)#", with: "\(identity.modified)")
                .replacing("#s\(file.offset)#", with: "\(identity.size)")
        }
    }
}

/// Images of a user's own that were read once and kept.
private struct KeptImages: Sendable {
    private let folder: TinyFolder
    private let own: OwnDataOptions
    private let keptPath: String
    private let images: ImageDataset
    /// The kept file, and the text of its header.
    let file: [UInt8]
    let header: String

    init() throws {
        let temporary = try TemporaryFolder()
        folder = TinyFolder(temporary)
        var own = OwnDataOptions()
        own.path = try folder.write(OwnFiles.twentyImages, to: "a.npy")
        own.labels = try folder.write(
            OwnFiles.npy("'|u1'", "20,", (0..<20).map { $0 % 3 }), to: "labels.npy")
        own.testShare = 0.5
        self.own = own
        images = try KeptImages.loaded(in: folder, own)
        keptPath = temporary.contents().first { $0.hasSuffix(".images") } ?? ""
        file = try WholeFile.bytes(at: temporary.path(keptPath))
        let length = file.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        header = String(decoding: file.dropFirst(8).prefix(length), as: UTF8.self)
    }

    private static func loaded(
        in folder: TinyFolder, _ own: OwnDataOptions
    ) throws -> ImageDataset {
        let loader = DatasetLoader(environment: ["HOME": folder.path], downloader: nil)
        let request = DatasetRequest(name: "arrays", own: own)
        _ = try loader.catalogue.entry(for: request)
        return try loader.load(request)
    }

    /// Reads the images again with this in the place of what was kept: they must be the same.
    func load(_ bytes: [UInt8]) throws {
        try folder.write(bytes, to: keptPath)
        let again = try KeptImages.loaded(in: folder, own)
        guard again.train == images.train, again.test == images.test else { throw OtherImages() }
    }

    /// A file with this header and as many bytes behind it as it says, up to a million.
    func file(header: [UInt8]) -> [UInt8] {
        let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
        let said = try? JSONDecoder().decode(Said.self, from: Data(header))
        let bytes = [UInt8](repeating: 1, count: min(said?.size ?? 0, 1 << 20))
        return length + header + bytes
    }

    private struct Said: Decodable {
        let channels, side, train, test: Int
        let hasLabels: Bool

        var size: Int {
            let numbers = [channels, side, train, test]
            guard numbers.allSatisfy({ (0...1 << 12).contains($0) }) else { return 0 }
            return (train + test) * (channels * side * side + (hasLabels ? 1 : 0))
        }
    }
}
