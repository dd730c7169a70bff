import Files
import Foundation
import Glibc

/// A small HTTP server that only this machine can reach; one thread takes visitors, one serves each.
///
/// The only file of the command with sockets and their pointers.
final class LoopbackServer: Sendable {
    /// Where it listens.
    let port: UInt16
    private let descriptor: Int32
    /// How many are being served.
    private let visitors = Guarded(0)

    private static let mostVisitors = 64
    private static let longestHead = 16_384
    /// A visitor who takes longer to ask, or to take the answer, is sent away.
    private static let patience: Duration = .seconds(20)

    /// Listens on 127.0.0.1; port 0 takes a free one. Throws a ``UsageMistake`` when it is taken.
    init(port wanted: UInt16) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var reuses: Int32 = 1
        setsockopt(
            descriptor, SOL_SOCKET, SO_REUSEADDR, &reuses, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = wanted.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listens = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
                bind(descriptor, place, length) == 0 && listen(descriptor, 128) == 0
                    && getsockname(descriptor, place, &length) == 0
            }
        }
        guard listens else {
            let problem = String(cString: strerror(errno))
            close(descriptor)
            throw UsageMistake(
                "the preview cannot listen on 127.0.0.1:\(wanted): \(problem)",
                advice: "leave --port out to take a free one")
        }
        self.descriptor = descriptor
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(descriptor) }

    /// Answers visitors in threads of its own from now on.
    func start(_ answer: @escaping @Sendable (PreviewRequest) -> PreviewResponse) {
        Thread.detachNewThread { [self] in
            while true {
                let visitor = accept(descriptor, nil, nil)
                if visitor < 0 {
                    if errno == EINTR || errno == ECONNABORTED { continue }
                    usleep(100_000)
                    continue
                }
                guard admits() else {
                    close(visitor)
                    continue
                }
                Thread.detachNewThread { [self] in
                    serve(visitor, answer)
                    close(visitor)
                    visitors.withLock { $0 -= 1 }
                }
            }
        }
    }

    /// Counts a visitor in, unless there are too many.
    private func admits() -> Bool {
        visitors.withLock { count in
            if count >= LoopbackServer.mostVisitors { return false }
            count += 1
            return true
        }
    }

    private func serve(_ visitor: Int32, _ answer: (PreviewRequest) -> PreviewResponse) {
        var patience = timeval(tv_sec: 5, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(
                visitor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
        }
        let response: PreviewResponse
        var isHeadOnly = false
        switch head(from: visitor) {
        case .nothing: return
        case .tooLong:
            response = PreviewResponse("431 Request Header Fields Too Large", "too long\n")
        case .text(let head):
            guard let request = PreviewRequest(head: head) else {
                response = PreviewResponse("400 Bad Request", "this is no request\n")
                break
            }
            isHeadOnly = request.method == "HEAD"
            response =
                request.isMeant(for: port)
                ? answer(request)
                : PreviewResponse("403 Forbidden", "this server is 127.0.0.1:\(port)\n")
        }
        send(response.bytes(isHeadOnly: isHeadOnly), to: visitor)
        shutdown(visitor, Int32(SHUT_WR))
    }

    private enum Head {
        /// What comes before the empty line.
        case text(String)
        case tooLong
        /// The visitor left, or said too little in too long a time.
        case nothing
    }

    private func head(from visitor: Int32) -> Head {
        var received: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4096)
        let end = ContinuousClock.now + LoopbackServer.patience
        while received.count < LoopbackServer.longestHead {
            let count = recv(visitor, &part, part.count, 0)
            guard count > 0, ContinuousClock.now < end else { return .nothing }
            received += part[..<count]
            let text = String(decoding: received, as: UTF8.self)
            if let end = text.firstRange(of: "\r\n\r\n") {
                return .text(String(text[..<end.lowerBound]))
            }
        }
        return .tooLong
    }

    private func send(_ bytes: [UInt8], to visitor: Int32) {
        var rest = bytes[...]
        let end = ContinuousClock.now + LoopbackServer.patience
        while !rest.isEmpty, ContinuousClock.now < end {
            let sent = rest.withUnsafeBytes {
                Glibc.send(visitor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return }
            rest = rest.dropFirst(sent)
        }
    }
}
