/// Fetches a file over the network; tests put a fake in its place.
public protocol Downloader: Sendable {
    /// The bytes at `address`, at most `limit` of them.
    ///
    /// Gives up when no answer has begun after `patience` seconds. `progress` is told the bytes so
    /// far and how many the server announced. Throws a ``DownloadFailure``.
    func bytes(
        from address: String, limit: Int, patience: Double, progress: (Int, Int?) -> Void
    ) throws -> [UInt8]
}

/// Why a file did not arrive.
public enum DownloadFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// Nobody answered: no network, no such host, no connection in time.
    case noAnswer(String)
    /// The server answered with a status other than 200.
    case refused(status: Int)
    /// The transfer began and stopped.
    case interrupted(String)
    /// More bytes than the file can have.
    case tooLarge(limit: Int)

    /// The reason, without the address.
    public var description: String {
        switch self {
        case .noAnswer(let reason): "no answer (\(reason))"
        case .refused(let status): "the server answered with status \(status)"
        case .interrupted(let reason): "the transfer stopped (\(reason))"
        case .tooLarge(let limit): "the answer is larger than \(limit) bytes"
        }
    }
}
