import Dispatch
import Foundation
import FoundationNetworking
import Synchronization

/// Downloads by HTTPS, for real.
public struct NetworkDownloader: Downloader {
    /// Seconds without a byte, once an answer has begun, after which a transfer counts as stopped.
    private let stallLimit: Double

    /// A downloader that gives up on a transfer that stands still for 15 seconds.
    public init(stallLimit: Double = 15) { self.stallLimit = stallLimit }

    /// The bytes at `address`; waits on the calling thread, which also hears of the progress.
    public func bytes(
        from address: String, limit: Int, patience: Double, progress: (Int, Int?) -> Void
    ) throws -> [UInt8] {
        guard let url = URL(string: address) else { throw DownloadFailure.noAnswer("bad address") }
        let transfer = Transfer(limit: limit)
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = max(patience, stallLimit) + 5
        let session = URLSession(
            configuration: configuration, delegate: transfer, delegateQueue: nil)
        defer { session.invalidateAndCancel() }
        session.dataTask(with: url).resume()

        var deadline = Date() + patience
        var reported = 0
        while true {
            _ = transfer.changed.wait(timeout: .now() + .milliseconds(100))
            let state = transfer.state.withLock { $0.summary }
            if let outcome = state.outcome {
                if case .failure(let failure) = outcome { throw failure }
                return transfer.state.withLock { [UInt8]($0.received) }
            }
            if state.count > reported {
                reported = state.count
                deadline = Date() + stallLimit
                progress(reported, state.total)
            }
            if Date() > deadline {
                throw reported > 0
                    ? DownloadFailure.interrupted("nothing for \(Int(stallLimit)) seconds")
                    : DownloadFailure.noAnswer("nothing after \(Int(patience)) seconds")
            }
        }
    }
}

/// One transfer as URLSession's queue reports it and the waiting thread reads it.
private final class Transfer: NSObject, URLSessionDataDelegate {
    struct State {
        var received = Data()
        var total: Int?
        var outcome: Result<Void, DownloadFailure>?

        var summary: (count: Int, total: Int?, outcome: Result<Void, DownloadFailure>?) {
            (received.count, total, outcome)
        }
    }

    let state = Mutex(State())
    let changed = DispatchSemaphore(value: 0)
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        let expected = Int(response.expectedContentLength)
        if status != 200 {
            finish(.failure(.refused(status: status)))
        } else if expected > limit {
            finish(.failure(.tooLarge(limit: limit)))
        } else {
            state.withLock { $0.total = expected > 0 ? expected : nil }
        }
        completionHandler(status == 200 && expected <= limit ? .allow : .cancel)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isTooLarge = state.withLock { state in
            state.received.append(data)
            return state.received.count > limit
        }
        if isTooLarge {
            finish(.failure(.tooLarge(limit: limit)))
            dataTask.cancel()
        }
        changed.signal()
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
    ) {
        guard let error else { return finish(.success(())) }
        let reason = error.localizedDescription
        let begun = state.withLock { !$0.received.isEmpty }
        finish(.failure(begun ? .interrupted(reason) : .noAnswer(reason)))
    }

    /// Keeps the first outcome: a cancelled task reports once more.
    private func finish(_ outcome: Result<Void, DownloadFailure>) {
        state.withLock { if $0.outcome == nil { $0.outcome = outcome } }
        changed.signal()
    }
}
