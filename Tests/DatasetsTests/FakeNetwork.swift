import Datasets
import Synchronization

/// A network that answers from a table and keeps a list of what it was asked for.
final class FakeNetwork: Downloader {
    private let answers: [String: Result<[UInt8], DownloadFailure>]
    private let asked = Mutex<[String]>([])

    init(_ answers: [String: Result<[UInt8], DownloadFailure>]) { self.answers = answers }

    var requests: [String] { asked.withLock(\.self) }

    func bytes(
        from address: String, limit: Int, patience: Double, progress: (Int, Int?) -> Void
    ) throws -> [UInt8] {
        asked.withLock { $0.append(address) }
        guard let answer = answers[address] else {
            throw DownloadFailure.noAnswer("no such host")
        }
        let bytes = try answer.get()
        progress(bytes.count, bytes.count)
        return bytes
    }
}
