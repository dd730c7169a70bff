import Datasets
import Files
import Foundation
import TestSupport
import Testing

@Suite("IDX files")
struct IDXTests {
    @Test(
        "are found in every place and spelling",
        arguments: [
            ("tiny/", ".gz", false), ("tiny/", "", false), ("", ".gz", false), ("", "", true),
            ("tiny/", ".gz", true), ("MNIST/raw/", "", false),
        ])
    func spellings(place: String, suffix: String, isDotted: Bool) throws {
        let tiny = try TinyDigits()
        let home = try TemporaryFolder()
        let data = try TemporaryFolder()
        try tiny.write(to: data, place: place) { name in
            (isDotted ? name.replacing("-idx", with: ".idx") : name) + suffix
        }
        let set = try tiny.loader(home: home)
            .load(DatasetRequest(name: "tiny", folder: data.path))
        #expect(set.train.pixels == (0..<12).map { UInt8($0 * 20) })
        #expect(set.train.labels == [0, 1, 1])
        #expect(set.test.count == 2)
        #expect(set.test.labels == [1, 0])
        #expect(set.classNames == ["no", "yes"])
        #expect(set.provenance.standsInFor == nil)
        #expect(!set.provenance.origin.contains(data.path))
    }

    /// A way to spoil a file, and what the error must then say.
    struct Damage: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let says: String
        let spoil: @Sendable ([UInt8]) -> [UInt8]
    }

    static let damages = [
        Damage(testDescription: "empty", says: "at byte 0: no IDX file of 3-dimensional") { _ in
            []
        },
        Damage(testDescription: "wrong magic", says: "found 01 00 08 03, expected") { bytes in
            [1] + bytes.dropFirst()
        },
        Damage(testDescription: "labels for images", says: "expected the magic number 00 00 08 03")
        {
            [0, 0, 8, 1] + $0.dropFirst(4)
        },
        Damage(testDescription: "ends in the header", says: "at byte 9: the file ends inside") {
            Array($0.prefix(9))
        },
        Damage(testDescription: "wrong count", says: "at byte 4: the header says 4 × 2 × 2") {
            Array($0[..<7]) + [4] + $0[8...]
        },
        Damage(testDescription: "huge count", says: "the header says 4294967043 × 2 × 2") {
            Array($0[..<4]) + [255, 255, 255] + $0[7...]
        },
        Damage(testDescription: "no images", says: "at byte 4: the header says 0 × 2 × 2") {
            Array($0[..<7]) + [0] + $0[8..<16]
        },
        Damage(testDescription: "one image", says: "at byte 4: the header says 1 × 2 × 2") {
            Array($0[..<7]) + [1] + $0[8..<20]
        },
        Damage(
            testDescription: "sizes that overflow",
            says: "the header says 4294967295 × 4294967295 × 4294967295"
        ) {
            Array($0[..<4]) + [UInt8](repeating: 255, count: 12) + $0[16...]
        },
        Damage(testDescription: "wrong width", says: "at byte 12: the header says 3 × 2 × 7") {
            Array($0[..<15]) + [7] + $0[16...]
        },
        Damage(testDescription: "truncated", says: "the file ends early: 11 of 12 bytes") {
            $0.dropLast()
        },
        Damage(testDescription: "trailing bytes", says: "more bytes follow the 12") { $0 + [0] },
        Damage(testDescription: "one bit", says: "the content is not the published one") {
            $0.dropLast() + [221]
        },
    ]

    @Test("that are damaged are refused with both digests", arguments: damages, [".gz", ""])
    func damaged(damage: Damage, suffix: String) throws {
        let tiny = try TinyDigits()
        let home = try TemporaryFolder()
        let data = try TemporaryFolder()
        try tiny.write(to: data) { $0 + suffix }
        let name = "train-images-idx3-ubyte"
        let content = try #require(tiny.contents[name])
        let spoilt = damage.spoil(content)
        let path = try data.write(
            suffix.isEmpty ? spoilt : Gzip.stored(spoilt), to: "tiny/" + name + suffix)
        let request = DatasetRequest(
            name: "tiny", folder: data.path, whenUnavailable: .drawnDigits)
        let error = #expect(throws: DatasetError.self) {
            try tiny.loader(home: home).load(request)
        }
        let message = try #require(error?.description)
        #expect(message.contains(damage.says), "\(message)")
        #expect(message.contains(path))
        #expect(message.contains(try Digest.sha256(of: content)))
        #expect(throws: DatasetError.self) { try tiny.loader(home: home).provenance(request) }
        let checks = try tiny.loader(home: home).verify(request)
        let isShort = spoilt.count < content.count
        #expect(checks.map(\.state) == [isShort ? .truncated : .altered, .ok, .ok, .ok])
    }

    @Test("whose compressed stream breaks off are truncated")
    func brokenStream() throws {
        let tiny = try TinyDigits()
        let home = try TemporaryFolder()
        let data = try TemporaryFolder()
        try tiny.write(to: data)
        let name = "train-images-idx3-ubyte"
        let content = try #require(tiny.contents[name])
        try data.write(Array(Gzip.stored(content).prefix(30)), to: "tiny/\(name).gz")
        let request = DatasetRequest(name: "tiny", folder: data.path)
        let error = #expect(throws: DatasetError.self) {
            try tiny.loader(home: home).load(request)
        }
        #expect(error?.description.contains("truncated") == true)
        #expect(try tiny.loader(home: home).verify(request).first?.state == .truncated)
    }

    @Test("real MNIST loads, with its published digests, when it is at hand")
    func mnist() throws {
        guard let folder = ProcessInfo.processInfo.environment["VAE_REPORT_DATA"] else { return }
        let home = try TemporaryFolder()
        let loader = DatasetLoader(environment: ["HOME": home.path], downloader: nil)
        let request = DatasetRequest(name: "mnist", folder: folder)
        let set = try loader.load(request)
        #expect(set.train.count == 60_000)
        #expect(set.test.count == 10_000)
        #expect(set.train.labels.prefix(5) == [5, 0, 4, 1, 9])
        #expect(set.test.labels.prefix(5) == [7, 2, 1, 0, 4])
        #expect(set.train.pixels[152...157] == [3, 18, 18, 18, 126, 136])
        #expect(try loader.provenance(request) == set.provenance)
    }
}
