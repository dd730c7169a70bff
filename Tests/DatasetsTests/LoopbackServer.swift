import Dispatch
import Glibc

/// A server on 127.0.0.1 that sends prepared bytes to whoever asks, then does as it is told.
final class LoopbackServer: Sendable {
    /// What happens after the prepared bytes are sent.
    enum End: Sendable {
        /// The connection is closed.
        case close
        /// Nothing more comes, and the connection stays.
        case silence
    }

    /// The port that it listens on.
    let port: UInt16
    private let listener: Int32

    /// Starts to listen on a free port.
    init(sending reply: [UInt8], then end: End = .close) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr = in_addr(s_addr: UInt32(0x7f00_0001).bigEndian)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let socket = listener
        let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, size) == 0 && listen(socket, 8) == 0
                    && getsockname(socket, $0, &size) == 0
            }
        }
        guard isOpen else { throw ServerError(code: errno) }
        port = UInt16(bigEndian: address.sin_port)
        DispatchQueue(label: "loopback").async {
            while true {
                let client = accept(socket, nil, nil)
                guard client >= 0 else { return }
                var request = [UInt8](repeating: 0, count: 4096)
                _ = read(client, &request, request.count)
                _ = send(client, reply, reply.count, Int32(MSG_NOSIGNAL))
                if end == .close { close(client) }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// An address of this server.
    var address: String { "http://127.0.0.1:\(port)/file.gz" }

    /// A reply with a status, a stated length and a body.
    static func reply(status: String = "200 OK", length: Int? = nil, body: [UInt8]) -> [UInt8] {
        let head = [
            "HTTP/1.1 \(status)", "Content-Type: application/octet-stream",
            "Content-Length: \(length ?? body.count)", "Connection: close", "", "",
        ]
        return Array(head.joined(separator: "\r\n").utf8) + body
    }

    struct ServerError: Error { let code: Int32 }
}
