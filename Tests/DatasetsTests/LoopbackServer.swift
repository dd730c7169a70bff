import Dispatch
import Files
import Glibc

/// A server on 127.0.0.1 that answers each request as it is told.
final class LoopbackServer: Sendable {
    /// What a client asks for.
    struct Request: Sendable {
        /// The path, with its slash.
        let path: String
        /// Header fields by their names in small letters.
        let fields: [String: String]
    }

    /// What is sent, and what happens then.
    struct Reply: Sendable {
        let bytes: [UInt8]
        /// Whether the connection stays open although nothing more comes.
        var staysOpen = false
    }

    /// The port that it listens on.
    let port: UInt16
    private let listener: Int32
    private let seen = Guarded<[Request]>([])

    /// Requests that came, in order.
    var requests: [Request] { seen.withLock(\.self) }

    /// Starts to listen on a free port; sends the same to whoever asks.
    convenience init(sending reply: [UInt8], staysOpen: Bool = false) throws {
        try self.init { _ in Reply(bytes: reply, staysOpen: staysOpen) }
    }

    /// Starts to listen on a free port.
    init(answering answer: @escaping @Sendable (Request) -> Reply) throws {
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
        DispatchQueue(label: "loopback").async { [weak self] in
            while true {
                let client = accept(socket, nil, nil)
                guard client >= 0 else { break }
                let request = LoopbackServer.request(from: client)
                self?.seen.withLock { $0.append(request) }
                let reply = answer(request)
                _ = send(client, reply.bytes, reply.bytes.count, Int32(MSG_NOSIGNAL))
                if !reply.staysOpen { close(client) }
            }
            // Not before: another server would get the number, and its clients would come here.
            close(socket)
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    /// The address of its root.
    var root: String { "http://127.0.0.1:\(port)/" }
    /// An address of this server.
    var address: String { root + "file.gz" }

    private static func request(from client: Int32) -> Request {
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !text.hasSuffix("\r\n\r\n") {
            let count = read(client, &buffer, buffer.count)
            guard count > 0 else { break }
            text += String(decoding: buffer.prefix(count), as: UTF8.self)
        }
        let lines = text.split(separator: "\r\n").map(String.init)
        let path = lines.first?.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        let pairs = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (
                parts[0].lowercased(),
                parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
            )
        }
        return Request(path: path, fields: Dictionary(pairs, uniquingKeysWith: { $1 }))
    }

    /// A reply with a status, a stated length, further header fields and a body.
    static func reply(
        status: String = "200 OK", length: Int? = nil, fields: [String] = [], body: [UInt8]
    ) -> [UInt8] {
        let head =
            [
                "HTTP/1.1 \(status)", "Content-Type: application/octet-stream",
                "Content-Length: \(length ?? body.count)", "Connection: close",
            ] + fields + ["", ""]
        return Array(head.joined(separator: "\r\n").utf8) + body
    }

    struct ServerError: Error { let code: Int32 }
}
