import Datasets
import Files
import TestSupport
import Testing

@Suite("Downloads")
struct DownloadTests {
    private let tiny: TinyDigits
    private let home: TemporaryFolder
    private let request = DatasetRequest(name: "tiny")

    init() throws {
        tiny = try TinyDigits()
        home = try TemporaryFolder()
    }

    private func answers(
        from mirror: String, spoiling: String? = nil
    ) -> [String: Result<[UInt8], DownloadFailure>] {
        var result: [String: Result<[UInt8], DownloadFailure>] = [:]
        for (name, content) in tiny.contents {
            let bytes = name == spoiling ? content + [1] : content
            result["\(mirror)\(name).gz"] = .success(Gzip.stored(bytes))
        }
        return result
    }

    @Test("land checked in the cache, and are not repeated")
    func cached() throws {
        let network = FakeNetwork(answers(from: "https://one.example/"))
        let events = Guarded<[DatasetEvent]>([])
        let loader = tiny.loader(
            home: home, network: network,
            progress: { event in events.withLock { $0.append(event) } })
        let set = try loader.load(request)
        #expect(set.train.labels == [0, 1, 1])
        #expect(network.requests.count == 4)
        #expect(
            events.withLock(\.self).contains(.downloaded(file: "train-images-idx3-ubyte")))
        _ = try loader.load(request)
        #expect(network.requests.count == 4)
        let files = home.contents().filter { $0.hasSuffix(".gz") }
        #expect(files.count == 4)
        #expect(!home.contents().contains { $0.hasSuffix(".tmp") })
    }

    @Test("come from the second mirror when the first is gone")
    func secondMirror() throws {
        let network = FakeNetwork(answers(from: "https://two.example/"))
        _ = try tiny.loader(home: home, network: network).load(request)
        #expect(network.requests.count == 5)
    }

    @Test("with altered content are refused, and the other mirror is asked")
    func altered() throws {
        let name = "train-images-idx3-ubyte"
        var table = answers(from: "https://one.example/", spoiling: name)
        table.merge(answers(from: "https://two.example/")) { $1 }
        let network = FakeNetwork(table)
        _ = try tiny.loader(home: home, network: network).load(request)
        #expect(network.requests.prefix(2).last == "https://two.example/\(name).gz")
    }

    @Test("that never succeed leave nothing behind and say why")
    func failing() throws {
        let name = "t10k-labels-idx1-ubyte"
        let network = FakeNetwork(answers(from: "https://one.example/", spoiling: name))
        let error = #expect(throws: DatasetError.self) {
            try tiny.loader(home: home, network: network).fetch(request)
        }
        #expect(error?.description.contains("the content is altered") == true)
        #expect(!home.contents().contains { $0.contains("t10k-labels") })
        #expect(!home.contents().contains { $0.hasSuffix(".tmp") })
    }

    @Test("ask each mirror once when there is no network, and not again for ten minutes")
    func noNetwork() throws {
        let network = FakeNetwork([:])
        var drawing = request
        drawing.whenUnavailable = .drawnDigits
        let notices = Guarded<[String]>([])
        func loader(at time: Double) -> DatasetLoader {
            tiny.loader(home: home, network: network, clock: { time }) { event in
                if case .notice(let text) = event { notices.withLock { $0.append(text) } }
            }
        }
        let provenance = try loader(at: 1000).provenance(drawing)
        #expect(provenance.standsInFor == "tiny")
        #expect(network.requests.count == 2)
        #expect(try loader(at: 1500).provenance(drawing) == provenance)
        #expect(network.requests.count == 2)
        _ = try loader(at: 1601).provenance(drawing)
        #expect(network.requests.count == 4)
        #expect(throws: DatasetError.self) { try loader(at: 1602).load(request) }
        #expect(network.requests.count == 6)
        #expect(notices.withLock(\.self).allSatisfy { $0.contains("stand in for it") })
    }

    @Test("that are not complete are known, so that clean takes them away")
    func parts() throws {
        let names = [
            "kmnist/t10k-labels-idx1-ubyte.gz.part", "cifar100/cifar-100-binary.tar.gz.part",
        ]
        for name in names {
            try home.write([1], to: ".cache/vae-report/\(name)")
            try home.write([1], to: ".cache/vae-report/\(name).json")
        }
        try home.write([1], to: ".cache/vae-report/kmnist/mine.part")
        let files = DownloadList(environment: ["HOME": home.path]).files
        let expected = names.flatMap { [$0, $0 + ".json"] }.sorted()
        #expect(files == expected.map { home.path(".cache/vae-report/\($0)") })
    }
}
