import Datasets
import Files
import Foundation
import TestSupport
import Testing

@Suite("DatasetLoader")
struct DatasetLoaderTests {
    @Test("looks into --data-dir, data.root, $VAE_REPORT_DATA and the cache, in that order")
    func order() throws {
        let tiny = try TinyDigits()
        let home = try TemporaryFolder()
        let places = try (0..<3).map { _ in try TemporaryFolder() }
        let environment = ["VAE_REPORT_DATA": places[2].path]
        let loader = tiny.loader(home: home, environment: environment)
        let request = DatasetRequest(
            name: "tiny", folder: places[0].path, configuredRoot: places[1].path)
        try tiny.write(to: home, place: ".cache/vae-report/tiny/")
        #expect(try loader.location(request) == home.path(".cache/vae-report/tiny"))
        for place in places.reversed() {
            try tiny.write(to: place)
            #expect(try loader.location(request) == place.path("tiny"))
        }
    }

    @Test("follows XDG_CACHE_HOME when it is absolute", arguments: [true, false])
    func cacheFolder(isAbsolute: Bool) throws {
        let tiny = try TinyDigits()
        let home = try TemporaryFolder()
        let cache = try TemporaryFolder()
        try tiny.write(to: cache, place: "vae-report/tiny/")
        let environment = ["XDG_CACHE_HOME": isAbsolute ? cache.path : "relative"]
        let loader = tiny.loader(home: home, environment: environment)
        let location = try loader.location(DatasetRequest(name: "tiny"))
        #expect(location == (isAbsolute ? cache.path("vae-report/tiny") : nil))
    }

    @Test("keeps the first images when limits are given, under the same digest")
    func limits() throws {
        let tiny = try TinyDigits()
        let home = try TemporaryFolder()
        try tiny.write(to: home)
        let request = DatasetRequest(name: "tiny", folder: home.path)
        var limited = request
        limited.limits = SplitLimits(train: 2, test: 1)
        let loader = tiny.loader(home: home)
        let (all, some) = (try loader.load(request), try loader.load(limited))
        #expect(some.train == all.train.slice(0..<2))
        #expect(some.test == all.test.slice(0..<1))
        #expect(some.provenance == all.provenance)
        #expect(try loader.provenance(limited) == all.provenance)
    }

    @Test("lists where it looked when the data is nowhere")
    func nowhere() throws {
        let tiny = try TinyDigits()
        let home = try TemporaryFolder()
        let data = try TemporaryFolder()
        try tiny.write(to: data)
        try Disk().remove(data.path("tiny/t10k-labels-idx1-ubyte.gz"))
        let loader = tiny.loader(home: home, network: FakeNetwork([:]))
        let error = #expect(throws: DatasetError.self) {
            try loader.load(
                DatasetRequest(name: "tiny", folder: "nothing-here", configuredRoot: data.path))
        }
        let message = try #require(error?.description)
        #expect(message.contains("--data-dir, nothing-here: no such folder"))
        #expect(message.contains("data.root, \(data.path): incomplete, without t10k-labels"))
        #expect(message.contains("$VAE_REPORT_DATA: not given"))
        #expect(message.contains("https://two.example/train-images-idx3-ubyte.gz: no answer"))
        #expect(message.contains("vae-report data fetch tiny"))
    }

    @Test("draws digits in place of what is nowhere, and says what they stand in for")
    func standIn() throws {
        let tiny = try TinyDigits()
        let home = try TemporaryFolder()
        let request = DatasetRequest(name: "tiny", whenUnavailable: .drawnDigits)
        let loader = tiny.loader(home: home)
        let set = try loader.load(request)
        #expect(set.name == "drawn-digits")
        #expect(set.train.count == 4)
        #expect(set.test.count == 2)
        #expect(set.provenance.standsInFor == "tiny")
        #expect(try loader.provenance(request) == set.provenance)

        let wanted = try loader.load(DatasetRequest(name: "drawn-digits"))
        #expect(wanted.provenance.standsInFor == nil)
        #expect(wanted.provenance.digest == set.provenance.digest)
        #expect(wanted.train == set.train)
    }

    @Test("an unknown name is refused with the nearest one")
    func unknown() throws {
        let loader = DatasetLoader(environment: [:], downloader: nil)
        let error = #expect(throws: DatasetError.self) {
            try loader.load(DatasetRequest(name: "minst"))
        }
        #expect(error?.description.contains("Did you mean 'mnist'?") == true)
    }

    @Test("remembers digests until a file changes")
    func memory() throws {
        let tiny = try TinyDigits()
        let home = try TemporaryFolder()
        let data = try TemporaryFolder()
        try tiny.write(to: data) { $0 }
        let loader = tiny.loader(home: home)
        var request = DatasetRequest(name: "tiny", folder: data.path)
        let known = try loader.provenance(request)
        #expect(home.contents().contains(".cache/vae-report/digests.json"))

        let path = data.path("tiny/train-labels-idx1-ubyte")
        try AtomicFile(path).write(try WholeFile.bytes(at: path).dropLast() + [0])
        #expect(throws: DatasetError.self) { try loader.provenance(request) }
        try tiny.write(to: data) { $0 }
        #expect(try loader.provenance(request) == known)
        request.rereadsFiles = true
        #expect(try loader.provenance(request) == known)
    }

    @Test(
        "reads no further into files that it knows than it is asked to, unless told to check them")
    func knownFiles() throws {
        let tiny = try TinyDigits()
        let home = try TemporaryFolder()
        let data = try TemporaryFolder()
        try tiny.write(to: data) { $0 }
        let path = data.path("tiny/train-images-idx3-ubyte")
        try setTime(of: path)
        let loader = tiny.loader(home: home)
        var request = DatasetRequest(
            name: "tiny", folder: data.path, limits: SplitLimits(train: 2, test: 1))
        let first = try loader.load(request)

        let file = try #require(FileHandle(forUpdatingAtPath: path))
        try file.seek(toOffset: 27)
        try file.write(contentsOf: Data([7]))
        try file.close()
        try setTime(of: path)
        let second = try loader.load(request)
        #expect(second.train == first.train && second.test == first.test)
        #expect(second.train.labels == [0, 1])
        #expect(second.provenance == first.provenance)
        request.rereadsFiles = true
        #expect(throws: DatasetError.self) { try loader.load(request) }
    }

    /// Gives a file a time that it can be given again.
    private func setTime(of path: String) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1e9)], ofItemAtPath: path)
    }

    @Test("works without a home folder, remembering nothing")
    func homeless() throws {
        let tiny = try TinyDigits()
        let data = try TemporaryFolder()
        try tiny.write(to: data)
        let loader = DatasetLoader(
            catalogue: tiny.catalogue, environment: [:], downloader: FakeNetwork([:]))
        let request = DatasetRequest(name: "tiny", folder: data.path)
        #expect(try loader.load(request).provenance == loader.provenance(request))
    }

    @Test("labels beyond the classes are refused")
    func labels() throws {
        let tiny = try TinyDigits()
        let home = try TemporaryFolder()
        try tiny.write(to: home)
        let entries = tiny.catalogue.entries.map { entry in
            CatalogueEntry(
                name: entry.name, title: entry.title, shape: entry.shape, counts: entry.counts,
                classNames: ["only"], source: entry.source)
        }
        let loader = DatasetLoader(
            catalogue: DatasetCatalogue(entries: entries), environment: [:], downloader: nil)
        let error = #expect(throws: DatasetError.self) {
            try loader.load(DatasetRequest(name: "tiny", folder: home.path))
        }
        #expect(error?.description.contains("at byte 9: label 1, but there are 1 classes") == true)
    }
}
