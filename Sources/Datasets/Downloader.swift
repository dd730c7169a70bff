/// Fetches files over the network; tests put a fake in its place.
public protocol Downloader: Sendable {
    /// Asks for a file and hands on what comes: once the answer, then the bytes in order.
    ///
    /// Waits on the calling thread. Throws a ``DownloadFailure``, and what `answer` and `receive` throw,
    /// which ends the transfer.
    func fetch(
        _ request: TransferRequest, answer: (TransferAnswer) throws -> Void,
        receive: ([UInt8]) throws -> Void
    ) throws
}

/// Which bytes are wanted from where.
public struct TransferRequest: Sendable, Equatable {
    /// The file's address.
    public let address: String
    /// How many of the file's first bytes are here already and need not come again.
    public let start: Int
    /// What the server called the version of the file that these bytes are of; nil when it is not known.
    public let validator: String?
    /// Bytes that the whole file can have at most.
    public let limit: Int
    /// Seconds in which an answer must have begun.
    public let patience: Double

    package init(
        address: String, start: Int = 0, validator: String? = nil, limit: Int, patience: Double
    ) {
        self.address = address
        self.start = start
        self.validator = validator
        self.limit = limit
        self.patience = patience
    }
}

/// What a server says before it sends bytes.
public struct TransferAnswer: Sendable, Equatable {
    /// The place in the file of the first byte that follows: what was asked for, or 0 when the server
    /// sends the whole file, because it knows no ranges or the file has changed.
    public let start: Int
    /// Bytes of the whole file; nil when the server does not say.
    public let total: Int?
    /// What the server calls this version of the file: a strong entity tag or a date.
    public let validator: String?

    package init(start: Int, total: Int?, validator: String?) {
        self.start = start
        self.total = total
        self.validator = validator
    }
}

/// Why a file did not arrive.
public enum DownloadFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// Nobody answered: no network, no such host, no connection in time.
    case noAnswer(String)
    /// The server answered with a status that brings no file.
    case refused(status: Int)
    /// The transfer began and stopped.
    case interrupted(String)
    /// More bytes than the file can have.
    case tooLarge(limit: Int)
    /// The file is another one: its size alone shows it.
    case otherSize(found: Int, expected: Int)
    /// The address, or one that the server sent us on to, is not HTTPS.
    case insecure(address: String)

    /// The reason, without the address.
    public var description: String {
        switch self {
        case .noAnswer(let reason): "no answer (\(reason))"
        case .refused(let status): "the server answered with status \(status)"
        case .interrupted(let reason): "the transfer stopped (\(reason))"
        case .tooLarge(let limit): "the answer is larger than \(limit) bytes"
        case .otherSize(let found, let expected):
            "the file there has \(found) bytes, the published one \(expected)"
        case .insecure(let address): "refused \(address): only HTTPS is trusted"
        }
    }
}
