import Datasets
import Files
import Foundation
import TestSupport
import Testing

@Suite("CIFAR archives")
struct CIFARTests {
    private let tiny: TinyColors
    private let home: TemporaryFolder
    private let data: TemporaryFolder
    private let request: DatasetRequest

    init() throws {
        tiny = try TinyColors()
        home = try TemporaryFolder()
        data = try TemporaryFolder()
        request = DatasetRequest(name: "colors", folder: data.path)
    }

    @Test("are read without unpacking, whatever the order of the batches")
    func archive() throws {
        try data.write(tiny.archive, to: "colors/colors.tar.gz")
        let set = try tiny.loader(home: home).load(request)
        try expectPublished(set)
        #expect(data.contents() == ["colors", "colors/colors.tar.gz"])
    }

    @Test("are read unpacked as well", arguments: ["colors/colors-bin/", "colors-bin/", ""])
    func folder(place: String) throws {
        try data.write(tiny.archive, to: "colors.tar")
        for (name, content) in tiny.batches { try data.write(content, to: place + name) }
        let set = try tiny.loader(home: home).load(request)
        try expectPublished(set)
        let packed = try TemporaryFolder()
        try packed.write(tiny.archive, to: "colors.tar.gz")
        let other = DatasetRequest(name: "colors", folder: packed.path)
        #expect(try tiny.loader(home: home).provenance(other) == set.provenance)
    }

    @Test("with content of their own are a local copy under another digest")
    func local() throws {
        try data.write(tiny.archive, to: "colors.tar.gz")
        let published = try tiny.loader(home: home).provenance(request)
        let changed = tiny.changing("two.bin") { $0.dropLast() + [99] }
        try data.write(TinyColors.archive(changed), to: "colors.tar.gz")
        let set = try tiny.loader(home: home).load(request)
        #expect(set.train.pixels.last == 99)
        #expect(set.provenance.digest != published.digest)
        #expect(set.provenance.origin.contains("not the published one"))
        #expect(!set.provenance.origin.contains(data.path))
        #expect(try tiny.loader(home: home).provenance(request) == set.provenance)
        let states = try tiny.loader(home: home).verify(request).map(\.state)
        #expect(states == [.ok, .local, .ok])
    }

    /// A way to spoil a batch, what the error must say, and what `data verify` calls it.
    struct Damage: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let says: String
        let state: FileCheck.State
        let spoil: @Sendable ([UInt8]) -> [UInt8]
    }

    static let damages = [
        Damage(testDescription: "short", says: "at byte 25: the file ends early", state: .truncated)
        {
            $0.dropLast()
        },
        Damage(testDescription: "empty", says: "at byte 0: the file ends early", state: .truncated)
        {
            _ in []
        },
        Damage(
            testDescription: "one image", says: "at byte 13: the file ends early", state: .truncated
        ) {
            Array($0.prefix(13))
        },
        Damage(
            testDescription: "long", says: "at byte 26: more bytes follow the last image",
            state: .altered
        ) { $0 + [1] },
        Damage(
            testDescription: "wrong class", says: "at byte 13: label 2, but there are 2 classes",
            state: .altered
        ) { bytes in bytes[..<13] + [2] + bytes[14...] },
    ]

    @Test("with a damaged batch are refused at the byte", arguments: damages, [true, false])
    func damaged(damage: Damage, isPacked: Bool) throws {
        let batches = tiny.changing("two.bin", damage.spoil)
        if isPacked {
            try data.write(TinyColors.archive(batches), to: "colors.tar.gz")
        } else {
            for (name, content) in batches { try data.write(content, to: "colors-bin/" + name) }
        }
        // A file without a byte does not count as there, unpacked.
        let isFound = isPacked || damage.testDescription != "empty"
        for read in [
            { try tiny.loader(home: home).load(request).provenance },
            { try tiny.loader(home: home).provenance(request) },
        ] {
            let error = #expect(throws: DatasetError.self) { try read() }
            let message = try #require(error?.description)
            #expect(message.contains("two.bin: \(damage.says)") || !isFound, "\(message)")
        }
        let checks = try tiny.loader(home: home).verify(request)
        #expect(checks.map(\.state) == [.ok, damage.state, .ok] || !isFound)
        #expect(!home.contents().contains(".cache/vae-report/digests.json"))
    }

    @Test("without one of the batches are refused by its name")
    func incomplete() throws {
        try data.write(
            TinyColors.archive(tiny.batches.filter { $0.name != "two.bin" }), to: "colors.tar.gz")
        let error = #expect(throws: DatasetError.self) {
            try tiny.loader(home: home).load(request)
        }
        #expect(error?.description.contains("'two.bin' is not in the archive") == true)
        let states = try tiny.loader(home: home).verify(request).map(\.state)
        #expect(states == [.ok, .missing, .ok])
    }

    @Test("cut short anywhere are whole or an error")
    func truncated() throws {
        for length in stride(from: 0, to: tiny.archive.count, by: 31) {
            try data.write(Array(tiny.archive.prefix(length)), to: "colors.tar.gz")
            do {
                try expectPublished(try tiny.loader(home: home).load(request))
            } catch is DatasetError {
                continue
            }
        }
        try data.write("no archive at all", to: "colors.tar.gz")
        let error = #expect(throws: DatasetError.self) {
            try tiny.loader(home: home).load(request)
        }
        #expect(error?.description.contains("colors.tar.gz: at byte 0: no whole tar") == true)
    }

    @Test("are not read again while they are unchanged", arguments: [true, false])
    func memory(isPacked: Bool) throws {
        let names = isPacked ? ["colors.tar.gz"] : tiny.batches.map { "colors-bin/" + $0.name }
        let contents = isPacked ? [tiny.archive] : tiny.batches.map(\.content)
        for (name, content) in zip(names, contents) { try data.write(content, to: name) }
        let loader = tiny.loader(home: home)
        let known = try loader.provenance(request)
        let path = home.path(".cache/vae-report/digests.json")
        let remembered = try String(decoding: WholeFile.bytes(at: path), as: UTF8.self)
        #expect(remembered.contains(data.path(names[0]).replacing("/", with: "\\/")))

        // Another digest in the memory shows that the file was not read.
        let first = try #require(remembered.firstMatch(of: /[0-9a-f]{64}/)?.output)
        let other = remembered.replacing(first, with: String(repeating: "0", count: 64))
        try AtomicFile(path).write(other)
        #expect(try loader.provenance(request) != known)
        var rereading = request
        rereading.rereadsFiles = true
        #expect(try loader.provenance(rereading) == known)
        #expect(try loader.provenance(request) == known)
    }

    @Test("are downloaded when they are nowhere, and refused when they are not the published ones")
    func download() throws {
        let network = FakeNetwork([
            "https://one.example/colors.tar.gz": .success(tiny.archive + [0]),
            "https://two.example/colors.tar.gz": .success(tiny.archive),
        ])
        let nowhere = DatasetRequest(name: "colors")
        let loader = tiny.loader(home: home, network: network)
        try expectPublished(try loader.load(nowhere))
        #expect(network.requests.count == 2)
        #expect(home.contents().contains(".cache/vae-report/colors/colors.tar.gz"))
        #expect(try loader.location(nowhere) == home.path(".cache/vae-report/colors"))

        let elsewhere = try TemporaryFolder()
        let wrong = FakeNetwork([
            "https://one.example/colors.tar.gz": .success(tiny.archive.dropLast() + [77])
        ])
        let error = #expect(throws: DatasetError.self) {
            try tiny.loader(home: elsewhere, network: wrong).load(nowhere)
        }
        let message = try #require(error?.description)
        #expect(message.contains("the file is not the published one: SHA-256 "))
        #expect(message.contains("the user cache, \(elsewhere.path)/.cache/vae-report: neither"))
        #expect(!elsewhere.contents().contains { $0.hasSuffix("colors.tar.gz") })
    }

    @Test("with two labels an image are read by class or by superclass", arguments: [true, false])
    func superclasses(isPublished: Bool) throws {
        let pixels = (0..<12).map { UInt8($0) }
        let content: [UInt8] = [1, 0] + pixels + [0, 1] + pixels
        let batches: [(name: String, content: [UInt8])] = [
            ("train.bin", content + content), ("test.bin", content),
        ]
        let archive = TinyColors.archive(batches)
        let catalogue = DatasetCatalogue(
            entries: try (0..<2).map { label in
                CatalogueEntry(
                    name: "by\(label)", title: "Two labels",
                    shape: ImageShape(channels: 3, height: 2, width: 2),
                    counts: SplitCounts(train: 4, test: 2), classNames: ["no", "yes"],
                    source: .cifar(
                        CIFARFiles(
                            archive: PublishedArchive(
                                name: "two.tar.gz", size: archive.count,
                                digest: isPublished ? try Digest.sha256(of: archive) : "other",
                                mirrors: []),
                            folder: "two-bin",
                            batches: batches.map { CIFARFiles.Batch(name: $0.0, digest: nil) },
                            imagesPerBatch: 4, testImages: 2,
                            labels: CIFARFiles.Labels(count: 2, used: label), places: ["two", ""])))
            })
        let loader = DatasetLoader(
            catalogue: catalogue, environment: ["HOME": home.path], downloader: nil)
        try data.write(archive, to: "two/two.tar.gz")
        let sets = try ["by0", "by1"].map {
            try loader.load(DatasetRequest(name: $0, folder: data.path))
        }
        #expect(sets.map(\.test.labels) == [[1, 0], [0, 1]])
        #expect(sets.map(\.train.labels) == [[1, 0, 1, 0], [0, 1, 0, 1]])
        #expect(sets[0].train.pixels == sets[1].train.pixels)
        #expect(sets[0].train.pixels.prefix(13) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0])
        let words = isPublished ? "checked by SHA-256" : "not the published one"
        #expect(sets.allSatisfy { $0.provenance.origin.contains(words) })
        let states = try loader.verify(DatasetRequest(name: "by1", folder: data.path)).map(\.state)
        #expect(states == (isPublished ? [.ok, .ok] : [.local, .local]))

        // Files of such plain names count only in a folder that says whose they are.
        let loose = try TemporaryFolder()
        for (name, content) in batches { try loose.write(content, to: name) }
        #expect(try loader.location(DatasetRequest(name: "by0", folder: loose.path)) == nil)
        for (name, content) in batches { try loose.write(content, to: "two-bin/" + name) }
        let unpacked = try loader.load(DatasetRequest(name: "by0", folder: loose.path))
        #expect(unpacked.provenance.origin.contains("no published checksum"))
        #expect(unpacked.provenance.digest == sets[0].provenance.digest)
    }

    @Test("real CIFAR-10 loads in its layout when it is at hand")
    func cifar10() throws {
        guard let folder = ProcessInfo.processInfo.environment["VAE_REPORT_DATA"] else { return }
        let loader = DatasetLoader(environment: ["HOME": home.path], downloader: nil)
        let request = DatasetRequest(name: "cifar10", folder: folder)
        guard try loader.location(request) != nil else { return }
        let set = try loader.load(request)
        #expect(set.train.count == 50_000)
        #expect(set.test.count == 10_000)
        for (images, each) in [(set.train, 5000), (set.test, 1000)] {
            let counts = images.labels.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            #expect(counts == Dictionary(uniqueKeysWithValues: (0..<10).map { ($0, each) }))
        }
        #expect(set.classNames[6] == "frog")
        #expect(try loader.provenance(request) == set.provenance)
    }

    private func expectPublished(_ set: ImageDataset) throws {
        #expect(set.train.pixels == (0..<48).map { UInt8($0) })
        #expect(set.train.labels == [0, 1, 0, 1])
        #expect(set.test.pixels == (48..<72).map { UInt8($0) })
        #expect(set.test.labels == [0, 1])
        #expect(set.train.shape == ImageShape(channels: 3, height: 2, width: 2))
        #expect(set.classNames == ["no", "yes"])
        #expect(set.provenance.origin == "the published Colors files, checked by SHA-256")
        #expect(set.provenance.standsInFor == nil)
    }
}
