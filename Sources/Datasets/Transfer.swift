import Dispatch
import Files
import Foundation
import FoundationNetworking

/// One transfer as URLSession's queue reports it and the waiting thread reads it.
///
/// Foundation ends the process when a question of its own, where to go on or whether to, is answered
/// after the task was cancelled. So who cancels says so here first, with ``abandon()``: from then on
/// no question is answered, and one that is being answered is answered before.
final class Transfer: NSObject, URLSessionDataDelegate {
    /// What has happened since the waiting thread last looked.
    struct News {
        var answer: TransferAnswer?
        var bytes = Data()
        var outcome: Result<Void, DownloadFailure>?
    }

    /// Signalled when there is something new.
    let changed = DispatchSemaphore(value: 0)
    private struct State {
        var news = News()
        /// Whether an answer has come that brings the file.
        var hasBegun = false
        var redirections = 0
        var isAbandoned = false

        /// Keeps the first outcome: a cancelled task reports once more.
        mutating func finish(_ outcome: Result<Void, DownloadFailure>) {
            if news.outcome == nil { news.outcome = outcome }
        }
    }
    private let state = Guarded(State())
    private let request: TransferRequest
    private let plainHosts: Set<String>
    private static let mostRedirections = 10

    init(_ request: TransferRequest, plainHosts: Set<String>) {
        self.request = request
        self.plainHosts = plainHosts
    }

    /// Says that the task is about to be cancelled.
    func abandon() { state.withLock { $0.isAbandoned = true } }

    /// Whether an address may be asked: HTTPS, or plain HTTP where the host is named.
    static func isTrusted(_ url: URL, plainHosts: Set<String>) -> Bool {
        switch url.scheme?.lowercased() {
        case "https": true
        case "http": url.host.map(plainHosts.contains) ?? false
        default: false
        }
    }

    /// Takes what is new; the outcome stays.
    func news() -> News {
        state.withLock { state in
            defer {
                state.news.answer = nil
                state.news.bytes = Data()
            }
            return state.news
        }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
        completionHandler: @escaping (URLRequest?) -> Void
    ) {
        state.withLock { state in
            guard !state.isAbandoned else { return }
            state.redirections += 1
            let failure = failure(of: request, redirections: state.redirections)
            completionHandler(failure == nil ? request : nil)
            if let failure { state.finish(.failure(failure)) }
        }
        changed.signal()
    }

    /// Why a redirection is not followed; nil when it is.
    private func failure(of next: URLRequest, redirections: Int) -> DownloadFailure? {
        guard let url = next.url, Self.isTrusted(url, plainHosts: plainHosts) else {
            return .insecure(address: next.url?.absoluteString ?? "no address")
        }
        guard redirections <= Self.mostRedirections else {
            return .noAnswer("sent on more than \(Self.mostRedirections) times")
        }
        return nil
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        let found = Result { () throws(DownloadFailure) in try answer(in: response) }
        state.withLock { state in
            guard !state.isAbandoned else { return }
            switch found {
            case .success(let answer):
                completionHandler(.allow)
                guard state.news.outcome == nil else { return }
                state.news.answer = answer
                state.hasBegun = true
            case .failure(let failure):
                completionHandler(.cancel)
                state.finish(.failure(failure))
            }
        }
        changed.signal()
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        state.withLock { state in
            if state.hasBegun { state.news.bytes.append(data) }
        }
        changed.signal()
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
    ) {
        guard let error else { return finish(.success(())) }
        let reason = error.localizedDescription
        let hasBegun = state.withLock { $0.hasBegun }
        finish(.failure(hasBegun ? .interrupted(reason) : .noAnswer(reason)))
    }

    private func finish(_ outcome: Result<Void, DownloadFailure>) {
        state.withLock { $0.finish(outcome) }
        changed.signal()
    }

    private func answer(in response: URLResponse) throws(DownloadFailure) -> TransferAnswer {
        guard let response = response as? HTTPURLResponse else { throw .refused(status: 0) }
        let announced = Int(clamping: response.expectedContentLength)
        let length = announced > 0 ? announced : nil
        var (start, total) = (0, length)
        switch response.statusCode {
        case 200: break
        case 206:
            guard let range = ContentRange(response.value(forHTTPHeaderField: "Content-Range"))
            else { throw .interrupted("the server sends a part and does not say which") }
            start = range.start
            total =
                range.total ?? length.map { $0.addingReportingOverflow(range.start).partialValue }
        default: throw .refused(status: response.statusCode)
        }
        if let total, total > request.limit { throw .tooLarge(limit: request.limit) }
        let tag = response.value(forHTTPHeaderField: "ETag")
        return TransferAnswer(
            start: start, total: total,
            validator: tag.flatMap { $0.hasPrefix("W/") ? nil : $0 }
                ?? response.value(forHTTPHeaderField: "Last-Modified"))
    }
}

/// The header with which a server says what part of a file it sends: "bytes 100-199/200".
struct ContentRange: Equatable {
    /// The place of the first byte.
    let start: Int
    /// Bytes of the whole file; nil for "*".
    let total: Int?

    /// Reads the header's value; nil for what is none.
    init?(_ value: String?) {
        guard let match = value?.wholeMatch(of: /bytes\s+(\d+)-(\d+)\/(\d+|\*)/),
            let start = Int(match.1), let end = Int(match.2), end >= start
        else { return nil }
        let total = Int(match.3)
        guard match.3 == "*" || total.map({ $0 > end }) == true else { return nil }
        self.start = start
        self.total = total
    }
}
