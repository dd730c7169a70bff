import Datasets
import Testing

@Suite("NetworkDownloader, against a server on this machine")
struct NetworkDownloaderTests {
    private func fetch(
        _ address: String, limit: Int = 1 << 20, patience: Double = 4, stallLimit: Double = 15
    ) throws -> (bytes: [UInt8], reports: [Int]) {
        var reports: [Int] = []
        let bytes = try NetworkDownloader(stallLimit: stallLimit).bytes(
            from: address, limit: limit, patience: patience
        ) { received, _ in reports.append(received) }
        return (bytes, reports)
    }

    @Test("receives a file, byte for byte")
    func receives() throws {
        let body = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let server = try LoopbackServer(sending: LoopbackServer.reply(body: body))
        #expect(try fetch(server.address).bytes == body)
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
            sending: LoopbackServer.reply(length: 1 << 40, body: [1]), then: .silence)
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
        let server = try LoopbackServer(sending: [], then: .silence)
        #expect(throws: DownloadFailure.noAnswer("nothing after 0 seconds")) {
            try fetch(server.address, patience: 0.3)
        }
    }

    @Test("gives up on a transfer that stops, and one that is cut short")
    func stops() throws {
        let reply = LoopbackServer.reply(length: 1000, body: [1, 2, 3])
        let silent = try LoopbackServer(sending: reply, then: .silence)
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
