import Datasets
import Files
import TestSupport
import Testing

@Suite("Published files in their forms")
struct PublishedFormTests {
    private let home: TemporaryFolder
    private let data: TemporaryFolder
    private let request: DatasetRequest

    init() throws {
        home = try TemporaryFolder()
        data = try TemporaryFolder()
        request = DatasetRequest(name: "tiny", folder: data.path)
    }

    @Test("are compared by the compressed bytes, or the content's MD5, whichever form lies there")
    func forms() throws {
        let fashion = try TinyFashion()
        let loader = fashion.loader(home: home)
        try fashion.tiny.write(to: data)
        let packed = try loader.load(request)
        #expect(packed.provenance.origin == "the published Tiny files, checked by SHA-256")
        let checks = try loader.verify(request)
        #expect(checks.allSatisfy { $0.state == .ok && $0.comparisons.count == 1 })
        #expect(checks[0].comparisons[0].name == "SHA-256 of the compressed file")

        let other = try TemporaryFolder()
        try fashion.tiny.write(to: other) { $0 }
        let plain = DatasetRequest(name: "tiny", folder: other.path)
        let unpacked = try loader.load(plain)
        #expect(unpacked.provenance.origin == "the published Tiny files, checked by MD5")
        #expect(unpacked.provenance.digest == packed.provenance.digest)
        #expect(unpacked.train == packed.train)
        #expect(try loader.provenance(plain) == unpacked.provenance)
        #expect(
            try loader.verify(plain)[0].comparisons[0].name == "MD5 of the decompressed content")
    }

    @Test("compressed anew are the published ones by their content, changed ones are none")
    func recompressed() throws {
        let fashion = try TinyFashion()
        try fashion.tiny.write(to: data)
        let name = "t10k-images-idx3-ubyte"
        let content = try #require(fashion.tiny.contents[name])
        // A member of no bytes after the first: the same content, other compressed bytes.
        let again = Gzip.stored(content) + Gzip.stored([])
        try data.write(again, to: "tiny/\(name).gz")
        let checks = try fashion.loader(home: home).verify(request)
        #expect(checks.map(\.state) == [.ok, .ok, .ok, .ok])
        #expect(checks[2].comparisons.map(\.holds) == [false, true])
        #expect(try fashion.loader(home: home).load(request).test.count == 2)

        try data.write(Gzip.stored(content.dropLast() + [9]), to: "tiny/\(name).gz")
        let error = #expect(throws: DatasetError.self) {
            try fashion.loader(home: home).load(request)
        }
        #expect(error?.description.contains("expected MD5 of the decompressed content") == true)
        #expect(try fashion.loader(home: home).verify(request)[2].state == .altered)
    }

    @Test("without a checksum of their form are used, and said to be unchecked")
    func unchecked() throws {
        let fashion = try TinyFashion(content: .nothing)
        let loader = fashion.loader(home: home)
        try fashion.tiny.write(to: data) { $0 }
        let set = try loader.load(request)
        #expect(set.provenance.origin.contains("no published checksum of this form"))
        #expect(try loader.provenance(request) == set.provenance)
        #expect(try loader.verify(request).allSatisfy { $0.state == .unchecked })
        let path = try data.write([0, 0, 8, 3, 0, 0, 0, 4], to: "tiny/train-images-idx3-ubyte")
        let error = #expect(throws: DatasetError.self) { try loader.load(request) }
        #expect(error?.description.contains("\(path): at byte 8: the file ends inside") == true)
        #expect(error?.description.contains("expected SHA-256") == true)
        #expect(try loader.verify(request)[0].state == .truncated)
    }

    @Test("on their side are turned upright")
    func transposed() throws {
        let (upright, lying) = (try TinyFashion(), try TinyFashion(isTransposed: true))
        try upright.tiny.write(to: data)
        let first = try upright.loader(home: home).load(request)
        let second = try lying.loader(home: home).load(request)
        #expect(first.train.pixels.prefix(4) == [0, 20, 40, 60])
        #expect(second.train.pixels.prefix(4) == [0, 40, 20, 60])
        #expect(second.train.pixels.count == first.train.pixels.count)
        #expect(second.test.pixels.suffix(4) == [120, 180, 150, 210])
        #expect(second.train.labels == first.train.labels)
        var limited = request
        limited.limits = SplitLimits(train: 2, test: 1)
        #expect(try lying.loader(home: home).load(limited).train == second.train.slice(0..<2))
    }

    @Test("are read from the archive that has them, of which nothing is written to the disk")
    func archive() throws {
        let fashion = try TinyFashion(content: .nothing)
        let loader = fashion.loader(home: home)
        try data.write(fashion.archive, to: "tiny/all.zip")
        let set = try loader.load(request)
        #expect(set.train.pixels == (0..<12).map { UInt8($0 * 20) })
        #expect(set.test.labels == [1, 0])
        #expect(set.provenance.origin.contains("checked by SHA-256"))
        #expect(try loader.provenance(request) == set.provenance)
        #expect(data.contents() == ["tiny", "tiny/all.zip"])
        #expect(home.contents().allSatisfy { !$0.contains("ubyte") })
        let checks = try loader.verify(request)
        #expect(checks.allSatisfy { $0.state == .ok })
        #expect(checks[0].path == data.path("tiny/all.zip") + ", train-images-idx3-ubyte")
    }

    @Test("in another archive than the published are as good as their content")
    func otherArchive() throws {
        let fashion = try TinyFashion()
        var contents = fashion.tiny.contents
        contents["train-labels-idx1-ubyte"] = TinyDigits.idx(sizes: [3], bytes: [1, 1, 1])
        try data.write(TinyFashion.archive(contents), to: "tiny/all.zip")
        #expect(throws: DatasetError.self) { try fashion.loader(home: home).load(request) }
        let states = try fashion.loader(home: home).verify(request).map(\.state)
        #expect(states == [.ok, .altered, .ok, .ok])
    }

    @Test("in an archive that is damaged anywhere are whole or an error")
    func damagedArchive() throws {
        let fashion = try TinyFashion()
        let loader = fashion.loader(home: home)
        for place in stride(from: 0, to: fashion.archive.count, by: 7) {
            var bytes = fashion.archive
            bytes[place] ^= 0x55
            for spoilt in [bytes, Array(fashion.archive.prefix(place))] where !spoilt.isEmpty {
                try data.write(spoilt, to: "tiny/all.zip")
                do {
                    let set = try loader.load(request)
                    #expect(set.train.count == 3)
                } catch is DatasetError {
                    continue
                }
            }
            #expect(try loader.verify(request).count == 4)
        }
        try data.write([1, 2, 3], to: "tiny/all.zip")
        let error = #expect(throws: DatasetError.self) { try loader.load(request) }
        #expect(error?.description.contains("all.zip: at byte 0: no whole .zip archive") == true)
        let states = try loader.verify(request).map(\.state)
        #expect(states == [.truncated, .truncated, .truncated, .truncated])
    }

    @Test("of a name that other data sets use count only in a folder that says whose they are")
    func ownFolder() throws {
        let fashion = try TinyFashion(folders: ["tiny", "Tiny/raw"])
        let loader = fashion.loader(home: home)
        try fashion.tiny.write(to: data, place: "")
        #expect(try loader.location(request) == nil)
        let error = #expect(throws: DatasetError.self) { try loader.load(request) }
        #expect(error?.description.contains("must lie in a folder called tiny") == true)
        for place in ["some/Tiny/raw/", "other/tiny/"] {
            try fashion.tiny.write(to: data, place: place)
            let folder = data.path(place)
            let found = try loader.location(DatasetRequest(name: "tiny", folder: folder))
            #expect(found.map { $0 + "/" } == folder || found == folder)
        }
    }

    @Test("and where to put them are named when they are nowhere and no network may be asked")
    func offline() throws {
        let fashion = try TinyFashion()
        let loader = fashion.loader(home: home)
        let error = #expect(throws: DatasetError.self) { try loader.fetch(request) }
        let message = try #require(error?.description)
        #expect(message.contains("the network: not asked (--offline or $VAE_REPORT_OFFLINE)"))
        #expect(message.contains("Put these files into \(home.path)/.cache/vae-report/tiny/,"))
        #expect(message.contains("\n        train-images-idx3-ubyte.gz\n"))
        #expect(home.contents().isEmpty)
    }
}
