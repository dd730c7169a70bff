import Datasets
import Testing

@Suite("NetworkDownloader, against a server on this machine")
struct NetworkDownloaderTests {
    private func fetch(
        _ address: String, start: Int = 0, validator: String? = nil, limit: Int = 1 << 20,
        patience: Double = 4, stallLimit: Double = 15, trusts: Set<String> = ["127.0.0.1"]
    ) throws -> (bytes: [UInt8], answer: TransferAnswer?) {
        var bytes: [UInt8] = []
        var answer: TransferAnswer?
        try NetworkDownloader(stallLimit: stallLimit, plainHosts: trusts).fetch(
            TransferRequest(
                address: address, start: start, validator: validator, limit: limit,
                patience: patience)
        ) {
            answer = $0
        } receive: {
            bytes += $0
        }
        return (bytes, answer)
    }

    @Test("receives a file, byte for byte")
    func receives() throws {
        let body = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let server = try LoopbackServer(sending: LoopbackServer.reply(body: body))
        let result = try fetch(server.address)
        #expect(result.bytes == body)
        #expect(result.answer == TransferAnswer(start: 0, total: 300_000, validator: nil))
        #expect(server.requests.map(\.path) == ["/file.gz"])
        #expect(server.requests.first?.fields["accept-encoding"] == "identity")
        #expect(server.requests.first?.fields["range"] == nil)
    }

    @Test("asks for the rest of a file, and takes what the server sends instead")
    func ranges() throws {
        let part = LoopbackServer.reply(
            status: "206 Partial Content",
            fields: ["Content-Range: bytes 3-5/6", "ETag: \"one\""], body: [3, 4, 5])
        let server = try LoopbackServer(sending: part)
        let result = try fetch(server.address, start: 3, validator: "\"one\"")
        #expect(result.bytes == [3, 4, 5])
        #expect(result.answer == TransferAnswer(start: 3, total: 6, validator: "\"one\""))
        #expect(server.requests.first?.fields["range"] == "bytes=3-")
        #expect(server.requests.first?.fields["if-range"] == "\"one\"")

        let whole = try LoopbackServer(
            sending: LoopbackServer.reply(
                fields: ["ETag: W/\"weak\"", "Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT"],
                body: [0, 1, 2, 3, 4, 5]))
        let anew = try fetch(whole.address, start: 3)
        #expect(anew.bytes == [0, 1, 2, 3, 4, 5])
        #expect(
            anew.answer
                == TransferAnswer(start: 0, total: 6, validator: "Mon, 01 Jan 2024 00:00:00 GMT"))
        #expect(whole.requests.first?.fields["if-range"] == nil)
    }

    @Test(
        "refuses a part that does not say which, or says so wrongly",
        arguments: [
            "", "Content-Range: bytes 3-1/6", "Content-Range: bytes 3-7/6", "Content-Range: 3",
        ])
    func badRange(field: String) throws {
        let server = try LoopbackServer(
            sending: LoopbackServer.reply(
                status: "206 Partial Content", fields: field.isEmpty ? [] : [field], body: [3]))
        #expect(throws: DownloadFailure.self) { try fetch(server.address, start: 3) }
    }

    @Test("follows a redirection to where it may go, and no other")
    func redirection() throws {
        let goal = try LoopbackServer(sending: LoopbackServer.reply(body: [7, 8, 9]))
        func server(to place: String) throws -> LoopbackServer {
            try LoopbackServer(
                sending: LoopbackServer.reply(
                    status: "302 Found", fields: ["Location: \(place)"], body: [1, 1, 1, 1]))
        }
        let first = try server(to: goal.address)
        #expect(try fetch(first.address).bytes == [7, 8, 9])
        let elsewhere = "http://localhost:\(goal.port)/file.gz"
        let second = try server(to: elsewhere)
        #expect(throws: DownloadFailure.insecure(address: elsewhere)) { try fetch(second.address) }
        let third = try server(to: "file:///etc/hostname")
        #expect(throws: DownloadFailure.self) { try fetch(third.address) }
        let loop = try LoopbackServer { request in
            LoopbackServer.Reply(
                bytes: LoopbackServer.reply(
                    status: "302 Found", fields: ["Location: \(request.path)x"], body: []))
        }
        #expect(throws: DownloadFailure.self) { try fetch(loop.address) }
        #expect(loop.requests.count < 20)
    }

    @Test(
        "asks nobody without HTTPS",
        arguments: ["http://example.invalid/x", "ftp://example.invalid/x", "file:///etc/hostname"])
    func insecure(address: String) throws {
        #expect(throws: DownloadFailure.insecure(address: address)) {
            try fetch(address, trusts: [])
        }
    }

    @Test("asks no server on this machine without HTTPS unless a test says so")
    func loopback() throws {
        let server = try LoopbackServer(sending: LoopbackServer.reply(body: [1]))
        #expect(throws: DownloadFailure.insecure(address: server.address)) {
            try fetch(server.address, trusts: [])
        }
        #expect(server.requests.isEmpty)
    }

    @Test("names the status that a server refuses with")
    func refused() throws {
        let server = try LoopbackServer(
            sending: LoopbackServer.reply(status: "404 Not Found", body: [1]))
        #expect(throws: DownloadFailure.refused(status: 404)) { try fetch(server.address) }
    }

    @Test("refuses more bytes than the file can have, announced or not")
    func tooLarge() throws {
        let announced = try LoopbackServer(
            sending: LoopbackServer.reply(length: 1 << 40, body: [1]), staysOpen: true)
        #expect(throws: DownloadFailure.tooLarge(limit: 100)) {
            try fetch(announced.address, limit: 100)
        }
        let head = Array("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".utf8)
        let silent = try LoopbackServer(sending: head + [UInt8](repeating: 1, count: 50_000))
        #expect(throws: DownloadFailure.tooLarge(limit: 100)) {
            try fetch(silent.address, limit: 100)
        }
    }

    @Test("gives up on a server that never answers")
    func neverAnswers() throws {
        let server = try LoopbackServer(sending: [], staysOpen: true)
        #expect(throws: DownloadFailure.noAnswer("nothing after 0 seconds")) {
            try fetch(server.address, patience: 0.3)
        }
    }

    @Test("gives up on a transfer that stops, and one that is cut short")
    func stops() throws {
        let reply = LoopbackServer.reply(length: 1000, body: [1, 2, 3])
        let silent = try LoopbackServer(sending: reply, staysOpen: true)
        #expect(throws: DownloadFailure.interrupted("nothing for 0 seconds")) {
            try fetch(silent.address, stallLimit: 0.5)
        }
        let cut = try LoopbackServer(sending: reply)
        #expect(throws: DownloadFailure.self) { try fetch(cut.address) }
    }

    @Test("says at once that nobody listens")
    func nobody() throws {
        let port = try LoopbackServer(sending: []).port
        let error = #expect(throws: DownloadFailure.self) {
            try fetch("http://127.0.0.1:\(port)/x")
        }
        guard case .noAnswer = error else {
            Issue.record("expected no answer, found \(String(describing: error))")
            return
        }
    }
}
