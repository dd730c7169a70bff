import Datasets
import Files

/// A network that answers from a table and keeps a list of what it was asked for.
final class FakeNetwork: Downloader {
    private let answers: [String: Result<[UInt8], DownloadFailure>]
    /// Whether it sends parts of files when parts are asked for.
    private let knowsRanges: Bool
    private let asked = Guarded<[TransferRequest]>([])

    init(_ answers: [String: Result<[UInt8], DownloadFailure>], knowsRanges: Bool = true) {
        self.answers = answers
        self.knowsRanges = knowsRanges
    }

    /// Addresses that were asked for, in order.
    var requests: [String] { asked.withLock { $0.map(\.address) } }
    /// From which byte on, in order.
    var starts: [Int] { asked.withLock { $0.map(\.start) } }

    func fetch(
        _ request: TransferRequest, answer: (TransferAnswer) throws -> Void,
        receive: ([UInt8]) throws -> Void
    ) throws {
        asked.withLock { $0.append(request) }
        guard let reply = answers[request.address] else {
            throw DownloadFailure.noAnswer("no such host")
        }
        let bytes = try reply.get()
        let start = knowsRanges ? request.start : 0
        guard start == 0 || start < bytes.count else { throw DownloadFailure.refused(status: 416) }
        try answer(TransferAnswer(start: start, total: bytes.count, validator: nil))
        try receive(Array(bytes[start...]))
    }
}
