/// The head of an HTTP request, as far as the preview needs it.
package struct PreviewRequest: Equatable {
    /// "GET".
    package let method: String
    /// The path without a query.
    package let path: String
    /// What the visitor takes this server for.
    package let host: String?

    /// Reads a request's head; nil when it is none.
    package init?(head: String) {
        let lines = head.split(separator: "\r\n", omittingEmptySubsequences: false)
        let words = (lines.first ?? "").split(separator: " ")
        guard words.count == 3, words[2].hasPrefix("HTTP/1."), words[1].hasPrefix("/") else {
            return nil
        }
        method = String(words[0])
        path = String(words[1].prefix { $0 != "?" })
        let hosts = lines.dropFirst().filter { $0.lowercased().hasPrefix("host:") }
        host =
            hosts.count == 1
            ? hosts.first.map { $0.dropFirst(5).filter { $0 != " " }.lowercased() } : nil
    }

    /// Whether the visitor means this server: a page elsewhere whose name was pointed here does not.
    package func isMeant(for port: UInt16) -> Bool {
        host == "127.0.0.1:\(port)" || host == "localhost:\(port)"
    }
}

/// An answer of the preview server.
package struct PreviewResponse {
    let status: String
    let type: String
    let body: [UInt8]

    init(_ status: String, _ body: String, type: String = "text/plain; charset=utf-8") {
        self.status = status
        self.type = type
        self.body = Array(body.utf8)
    }

    /// Head and body; a HEAD request gets the head alone.
    func bytes(isHeadOnly: Bool) -> [UInt8] {
        let head = [
            "HTTP/1.1 \(status)", "Content-Type: \(type)", "Content-Length: \(body.count)",
            "Cache-Control: no-store", "X-Content-Type-Options: nosniff",
            "Cross-Origin-Resource-Policy: same-origin", "Referrer-Policy: no-referrer",
            "Connection: close", "", "",
        ].joined(separator: "\r\n")
        return Array(head.utf8) + (isHeadOnly ? [] : body)
    }
}
