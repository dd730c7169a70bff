import Datasets
import Foundation
import TestSupport

extension FuzzedParser {
    static func imagePNG(_ name: String) throws -> FuzzedParser {
        try image(name, named: "x.png", tokens: pngTokens) { $0 }
    }

    /// PNG files whose checksums hold, so that what is in the chunks is read.
    static func imagePNGChunks(_ name: String) throws -> FuzzedParser {
        try image(name, named: "x.png", tokens: pngTokens, transform: PNGChunks.checked)
    }

    static func imageJPEG(_ name: String) throws -> FuzzedParser {
        let markers: [UInt8] = [
            0xc0, 0xc2, 0xc4, 0xd8, 0xd9, 0xda, 0xdb, 0xdd, 0xe1, 0xee, 0xd0, 0xff,
        ]
        return try image(
            name, named: "x.jpg",
            tokens: markers.map { [0xff, $0] }
                + ["Exif\0\0II*\0", "Exif\0\0MM\0*", "Adobe"].map {
                    Array($0.utf8)
                }
        ) { $0 }
    }

    static func numpyArray(_ name: String) throws -> FuzzedParser {
        let files = try OwnFiles()
        return FuzzedParser(
            name, seeds: files.arrays, tokens: npyTokens, brackets: [("(", ")"), ("{", "}")]
        ) { bytes in
            try files.load("arrays", path: files.folder.write(bytes, to: "a.npy"))
        }
    }

    static func numpyLabels(_ name: String) throws -> FuzzedParser {
        let files = try OwnFiles()
        let images = try files.folder.write(OwnFiles.twentyImages, to: "a.npy")
        return FuzzedParser(
            name,
            seeds: [
                OwnFiles.npy("'|u1'", "20,", (0..<20).map { $0 % 3 }),
                OwnFiles.npy("'<i8'", "20,", (0..<160).map { $0 % 8 == 0 ? UInt8($0 / 80) : 0 }),
            ], tokens: npyTokens
        ) { bytes in
            let labels = try files.folder.write(bytes, to: "labels.npy")
            try files.load("arrays", path: images, labels: labels)
        }
    }

    static func numpyArchive(_ name: String) throws -> FuzzedParser {
        let files = try OwnFiles()
        let images = OwnFiles.twentyImages
        let labels = OwnFiles.npy("'|u1'", "20,", (0..<20).map { $0 % 3 })
        return FuzzedParser(
            name,
            seeds: [
                StoredZip.bytes([("images.npy", images), ("labels.npy", labels)]),
                StoredZip.bytes([("x_train.npy", images), ("y_train.npy", labels)]),
            ], tokens: zipTokens + npyTokens
        ) { bytes in
            try files.load("arrays", path: files.folder.write(bytes, to: "a.npz"))
        }
    }

    private static let pngTokens =
        ["IHDR", "IDAT", "IEND", "PLTE", "tRNS", "gAMA", "eXIf", "iCCP", "sRGB", "zTXt", "acTL"]
        .map { Array($0.utf8) }

    private static let npyTokens =
        [
            "'descr': '<f4'", "'|u1'", "'<f8'", "'>f4'", "'|O'", "'|b1'", "'fortran_order': True",
            "'shape': (", ", ", ")", "1099511627776", "0", "-1", "{", "}", "L",
        ].map { Array($0.utf8) } + [[0x93] + Array("NUMPY\u{1}\0".utf8), [2, 0], [3, 0]]

    private static func image(
        _ name: String, named file: String, tokens: [[UInt8]],
        transform: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) throws -> FuzzedParser {
        let files = try OwnFiles()
        let suffix = String(file.suffix(4))
        for image in files.images.prefix(6) {
            try files.folder.write(image.bytes, to: "images/\(image.name)")
        }
        // One image that is turned tells as much as eight.
        let seeds = files.images.filter {
            $0.name.hasSuffix(suffix) && !$0.name.contains(/orientation-[1-578]/)
        }.map(\.bytes)
        return FuzzedParser(name, seeds: seeds, tokens: tokens, cases: 250) { bytes in
            try files.folder.write(transform(bytes), to: "images/\(file)")
            try files.load("folder", path: files.folder.path + "/images")
        }
    }
}

/// Images of a user's own, as other programs wrote them.
struct OwnFiles: Sendable {
    let folder: TinyFolder
    let images: [(name: String, bytes: [UInt8])]
    let arrays: [[UInt8]]

    private struct Oracle: Decodable {
        struct File: Decodable {
            let name: String
            let file: Data
        }
        let images, arrays: [File]
    }

    init() throws {
        folder = TinyFolder(try TemporaryFolder())
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("DatasetsTests/Oracles/own_images.json")
        let oracle = try JSONDecoder().decode(Oracle.self, from: Data(contentsOf: path))
        images = oracle.images.map { ($0.name, [UInt8]($0.file)) }
        arrays = oracle.arrays.map { [UInt8]($0.file) }
    }

    /// Reads data as the first build of a process does: a loader keeps what it has read.
    func load(_ form: String, path: String, labels: String? = nil) throws {
        let loader = DatasetLoader(environment: [:], downloader: nil)
        var own = OwnDataOptions()
        (own.path, own.labels, own.testShare) = (path, labels, 0.5)
        (own.imageSize, own.classes) = (form == "folder" ? 8 : nil, .none)
        _ = try loader.load(DatasetRequest(name: form, rereadsFiles: true, own: own))
    }

    /// Images that differ: equal ones would all go to the same side.
    static let twentyImages = npy(
        "'|u1'", "20, 4, 4", (0..<320).map { UInt8(truncatingIfNeeded: $0 * 37) })

    /// A .npy file of version 1.
    static func npy(_ type: String, _ shape: String, _ numbers: [UInt8]) -> [UInt8] {
        let header = "{'descr': \(type), 'fortran_order': False, 'shape': (\(shape)), }\n"
        var file: [UInt8] = [0x93] + Array("NUMPY".utf8)
        file += [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
        return file + numbers
    }
}

/// The parts of a PNG file.
enum PNGChunks {
    /// The file with each part's checksum made right again.
    static func checked(_ file: [UInt8]) -> [UInt8] {
        var (result, place) = (file, 8)
        while place + 12 <= file.count {
            let length = file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
            guard length <= file.count - place - 12 else { break }
            let end = place + 8 + length
            let sum = Gzip.checksum(file[place + 4..<end])
            for byte in 0..<4 {
                result[end + byte] = UInt8(truncatingIfNeeded: sum >> UInt32(24 - 8 * byte))
            }
            place = end + 4
        }
        return result
    }
}
