import Files

/// What the preview shows now; the server reads it while the next version is made.
final class PreviewSite: Sendable {
    private let current = Guarded((version: 0, page: ""))
    private let trainings: TrainingWatch

    init(trainings: TrainingWatch) { self.trainings = trainings }

    /// Takes a page that knows its own version.
    func show(_ page: (_ version: Int) throws -> String) rethrows {
        let next = current.withLock { $0.version } + 1
        let text = try page(next)
        current.withLock { $0 = (next, text) }
    }

    /// The page at "/", its version at "/version", trainings at "/training", nothing else.
    func answer(_ request: PreviewRequest) -> PreviewResponse {
        guard request.method == "GET" || request.method == "HEAD" else {
            return PreviewResponse("405 Method Not Allowed", "only GET\n")
        }
        let (version, page) = current.withLock { $0 }
        switch request.path {
        case "/": return PreviewResponse("200 OK", page, type: "text/html; charset=utf-8")
        case "/version": return PreviewResponse("200 OK", "\(version)")
        case "/training":
            return PreviewResponse("200 OK", trainings.text, type: "text/html; charset=utf-8")
        default: return PreviewResponse("404 Not Found", "there is only the page, at /\n")
        }
    }
}
