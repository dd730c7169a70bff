import Foundation
import FoundationNetworking

/// Downloads by HTTPS, for real.
public struct NetworkDownloader: Downloader {
    /// Seconds without a byte, once an answer has begun, after which a transfer counts as stopped.
    private let stallLimit: Double
    /// Hosts that are asked by plain HTTP too.
    private let plainHosts: Set<String>

    /// A downloader that gives up on a transfer that stands still for 15 seconds.
    public init() { self.init(stallLimit: 15) }

    /// A downloader for tests, which may trust a server on this machine without HTTPS.
    package init(stallLimit: Double, plainHosts: Set<String> = []) {
        self.stallLimit = stallLimit
        self.plainHosts = plainHosts
    }

    /// Follows redirections as long as they lead to HTTPS.
    public func fetch(
        _ request: TransferRequest, answer: (TransferAnswer) throws -> Void,
        receive: ([UInt8]) throws -> Void
    ) throws {
        let transfer = Transfer(request, plainHosts: plainHosts)
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = max(request.patience, stallLimit) + 5
        let session = URLSession(
            configuration: configuration, delegate: transfer, delegateQueue: nil)
        defer {
            transfer.abandon()
            session.invalidateAndCancel()
        }
        session.dataTask(with: try urlRequest(for: request)).resume()

        var deadline = Date() + request.patience
        var received: Int?
        while true {
            _ = transfer.changed.wait(timeout: .now() + .milliseconds(100))
            let news = transfer.news()
            if let found = news.answer {
                received = found.start
                deadline = Date() + stallLimit
                try answer(found)
            }
            if !news.bytes.isEmpty {
                received = (received ?? 0) + news.bytes.count
                deadline = Date() + stallLimit
                if received ?? 0 > request.limit {
                    throw DownloadFailure.tooLarge(limit: request.limit)
                }
                try receive([UInt8](news.bytes))
            }
            if let outcome = news.outcome { return try outcome.get() }
            if Date() > deadline {
                throw received != nil
                    ? DownloadFailure.interrupted("nothing for \(Int(stallLimit)) seconds")
                    : DownloadFailure.noAnswer("nothing after \(Int(request.patience)) seconds")
            }
        }
    }

    private func urlRequest(for request: TransferRequest) throws -> URLRequest {
        guard let url = URL(string: request.address) else {
            throw DownloadFailure.noAnswer("bad address")
        }
        guard Transfer.isTrusted(url, plainHosts: plainHosts) else {
            throw DownloadFailure.insecure(address: request.address)
        }
        var result = URLRequest(url: url)
        // A range of a compressed answer would be a range of something else.
        result.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
        if request.start > 0 {
            result.setValue("bytes=\(request.start)-", forHTTPHeaderField: "Range")
            if let validator = request.validator {
                result.setValue(validator, forHTTPHeaderField: "If-Range")
            }
        }
        return result
    }
}
