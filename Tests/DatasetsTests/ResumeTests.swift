import Datasets
import Files
import TestSupport
import Testing

@Suite("Interrupted downloads, against a server on this machine")
struct ResumeTests {
    private let home: TemporaryFolder
    private let request = DatasetRequest(name: "tiny")
    private let events = EventList()
    private static let name = "train-images-idx3-ubyte.gz"

    init() throws { home = try TemporaryFolder() }

    /// What the loader told of.
    private final class EventList: Sendable {
        private let list = Guarded<[DatasetEvent]>([])
        private let servers = Guarded<[LoopbackServer]>([])
        func add(_ event: DatasetEvent) { list.withLock { $0.append(event) } }
        /// Lets a server live as long as the test.
        func keep(_ server: LoopbackServer) { servers.withLock { $0.append(server) } }
        /// From which byte on each file was sent.
        var starts: [Int] {
            list.withLock { events in
                events.compactMap { event -> Int? in
                    if case .downloadStarts(_, _, let from, _) = event { from } else { nil }
                }
            }
        }
        /// Why mirrors failed.
        var failures: [String] {
            list.withLock { events in
                events.compactMap { event -> String? in
                    if case .mirrorFailed(_, _, let reason, _) = event { reason } else { nil }
                }
            }
        }
    }

    /// How a server behaves that has the files.
    private struct Behaviour: Sendable {
        var knowsRanges = true
        /// Bytes of the image file after which the first connection is cut.
        var cutAfter: Int?
        var tag = "\"one\""
        var status: String?
        /// What it has in place of the image file.
        var images: [UInt8]?
    }

    private func server(_ fashion: TinyFashion, _ behaviour: Behaviour) throws -> LoopbackServer {
        let files = fashion.tiny.contents.mapValues { Gzip.stored($0) }
        let cut = Guarded(behaviour.cutAfter)
        let server = try LoopbackServer { request in
            let name = String(request.path.dropFirst())
            let isImages = name == Self.name
            guard let file = files[String(name.dropLast(3))], behaviour.status == nil else {
                return LoopbackServer.Reply(
                    bytes: LoopbackServer.reply(
                        status: behaviour.status ?? "404 Not Found", body: Array("none".utf8)))
            }
            let bytes = isImages ? behaviour.images ?? file : file
            let limit =
                isImages
                ? cut.withLock { limit in
                    defer { limit = nil }; return limit
                } : nil
            return LoopbackServer.Reply(
                bytes: Self.reply(to: request, with: bytes, behaviour, cutAfter: limit))
        }
        events.keep(server)
        return server
    }

    private static func reply(
        to request: LoopbackServer.Request, with bytes: [UInt8], _ behaviour: Behaviour,
        cutAfter: Int?
    ) -> [UInt8] {
        var (status, start, fields) = ("200 OK", 0, ["ETag: \(behaviour.tag)"])
        let validator = request.fields["if-range"] ?? behaviour.tag
        if behaviour.knowsRanges, validator == behaviour.tag,
            let range = request.fields["range"], let from = Int(range.dropFirst(6).dropLast())
        {
            guard from < bytes.count else {
                return LoopbackServer.reply(status: "416 Range Not Satisfiable", body: [])
            }
            (status, start) = ("206 Partial Content", from)
            fields.append("Content-Range: bytes \(from)-\(bytes.count - 1)/\(bytes.count)")
        }
        let body = Array(bytes[start...])
        return LoopbackServer.reply(
            status: status, length: body.count, fields: fields,
            body: Array(body.prefix(cutAfter ?? body.count)))
    }

    private func loader(_ fashion: TinyFashion) -> DatasetLoader {
        fashion.loader(
            home: home, downloader: NetworkDownloader(stallLimit: 5, plainHosts: ["127.0.0.1"]),
            progress: { [events] in events.add($0) })
    }

    private func expectComplete(_ loader: DatasetLoader) throws {
        let set = try loader.load(request)
        #expect(set.train.pixels == (0..<12).map { UInt8($0 * 20) })
        #expect(set.provenance.origin == "the published Tiny files, checked by SHA-256")
        #expect(!home.contents().contains { $0.contains(".part") })
    }

    private func fashion(_ roots: String...) throws -> TinyFashion {
        try TinyFashion(mirrors: roots, archiveMirrors: [])
    }

    /// The server of a data set that is published where the server listens.
    private func published(_ behaviour: Behaviour) throws -> (TinyFashion, LoopbackServer) {
        let server = try server(try TinyFashion(), behaviour)
        return (try fashion(server.root), server)
    }

    /// The file with the training images as it is published.
    private func wholeFile() throws -> [UInt8] {
        Gzip.stored(try #require(TinyDigits().contents["train-images-idx3-ubyte"]))
    }

    private func writePart(_ bytes: [UInt8]) throws {
        try home.write(bytes, to: ".cache/vae-report/tiny/\(Self.name).part")
    }

    @Test("go on after the last byte that came")
    func goesOn() throws {
        let (fashion, server) = try published(Behaviour(cutAfter: 10))
        try expectComplete(loader(fashion))
        #expect(events.starts == [0, 10, 0, 0, 0])
        #expect(server.requests.prefix(2).map { $0.fields["range"] } == [nil, "bytes=10-"])
        #expect(server.requests[1].fields["if-range"] == "\"one\"")
        #expect(events.failures.count == 1)
    }

    @Test("begin anew at a server that knows no ranges")
    func withoutRanges() throws {
        let (fashion, _) = try published(Behaviour(knowsRanges: false, cutAfter: 10))
        try expectComplete(loader(fashion))
        #expect(events.starts == [0, 0, 0, 0, 0])
    }

    @Test("of an earlier process are finished by the next, at another mirror too")
    func nextProcess() throws {
        try writePart(Array(try wholeFile().prefix(20)))
        let (fashion, server) = try published(Behaviour())
        try expectComplete(loader(fashion))
        #expect(events.starts.first == 20)
        #expect(server.requests.first?.fields["if-range"] == nil)
    }

    @Test("that had every byte need none")
    func everyByte() throws {
        try writePart(try wholeFile())
        let (fashion, server) = try published(Behaviour())
        try expectComplete(loader(fashion))
        #expect(server.requests.count == 3)
    }

    @Test("begin anew when the file has changed meanwhile, whether or not the server notices")
    func changed() throws {
        try writePart([9, 9, 9, 9, 9])
        try home.write(
            "{\"address\":\"ADDRESS\",\"validator\":\"\\\"zero\\\"\"}",
            to: ".cache/vae-report/tiny/\(Self.name).part.json")
        let (fashion, _) = try published(Behaviour())
        try expectComplete(loader(fashion))
        #expect(events.starts == [5, 0, 0, 0, 0])
    }

    @Test("begin anew when the server says that the version is another")
    func otherVersion() throws {
        let (fashion, server) = try published(Behaviour(tag: "\"two\""))
        try writePart([9, 9, 9, 9, 9])
        try home.write(
            "{\"address\":\"\(server.root)\(Self.name)\",\"validator\":\"\\\"one\\\"\"}",
            to: ".cache/vae-report/tiny/\(Self.name).part.json")
        try expectComplete(loader(fashion))
        #expect(server.requests.first?.fields["if-range"] == "\"one\"")
        #expect(events.starts == [0, 0, 0, 0])
    }

    @Test("with more bytes than the file has begin anew")
    func tooLong() throws {
        try writePart([UInt8](repeating: 7, count: 1000))
        let (fashion, server) = try published(Behaviour())
        try expectComplete(loader(fashion))
        #expect(server.requests.first?.fields["range"] == nil)
    }

    @Test(
        "go to the next mirror, with a line that says why",
        arguments: ["404 Not Found", "503 Busy"])
    func nextMirror(status: String) throws {
        let tiny = try TinyFashion()
        let bad = try server(tiny, Behaviour(status: status))
        let good = try server(tiny, Behaviour())
        try expectComplete(loader(try fashion(bad.root, good.root)))
        #expect(events.failures == ["the server answered with status \(status.prefix(3))"])
        #expect(bad.requests.count == 1)
    }

    @Test("with another content go to the next mirror", arguments: [false, true])
    func wrongContent(hasRightSize: Bool) throws {
        let tiny = try TinyFashion()
        let whole = try wholeFile()
        let wrong = hasRightSize ? whole.dropLast() + [whole[whole.count - 1] ^ 1] : whole + [0]
        let bad = try server(tiny, Behaviour(images: Array(wrong)))
        let good = try server(tiny, Behaviour())
        try expectComplete(loader(try fashion(bad.root, good.root)))
        #expect(events.failures.count == 1)
    }

    @Test("that never succeed leave a part for the next attempt, and an error with every address")
    func neverWhole() throws {
        let size = try wholeFile().count
        let bad = try LoopbackServer(sending: LoopbackServer.reply(length: size, body: [1, 2, 3]))
        let error = #expect(throws: DatasetError.self) {
            try loader(try fashion(bad.root)).load(request)
        }
        let message = try #require(error?.description)
        #expect(message.contains("\(bad.root)\(Self.name): the transfer stopped"), "\(message)")
        #expect(bad.requests.count == 3)
        let part = ".cache/vae-report/tiny/\(Self.name).part"
        #expect(try WholeFile.bytes(at: home.path(part)) == [1, 2, 3])
    }

    @Test("take the archive when the files are not to be had one by one")
    func archive() throws {
        let tiny = try TinyFashion()
        let server = try LoopbackServer { [archive = tiny.archive] request in
            LoopbackServer.Reply(
                bytes: request.path == "/all.zip"
                    ? LoopbackServer.reply(body: archive)
                    : LoopbackServer.reply(status: "404 Not Found", body: []))
        }
        let fashion = try TinyFashion(mirrors: [server.root], archiveMirrors: [server.root])
        try expectComplete(loader(fashion))
        #expect(home.contents().contains(".cache/vae-report/tiny/all.zip"))
    }
}
