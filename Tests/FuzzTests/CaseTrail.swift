import Foundation
import Glibc

/// A small file that says which case is being tried: what is left of a process that a case ends.
final class CaseTrail: Sendable {
    /// The file; gone when the trail is.
    let path: String
    private let descriptor: Int32
    private static let width = 80

    init() {
        let folder = FileManager.default.temporaryDirectory.path
        path = "\(folder)/vae-report-fuzz-\(getpid()).trail"
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    }

    deinit {
        close(descriptor)
        unlink(path)
    }

    /// Says that case `number` of `parser` is next.
    func note(_ parser: String, _ number: Int) {
        var line = Array("\(parser):\(number)".utf8.prefix(Self.width - 1))
        line += [UInt8](repeating: 32, count: Self.width - 1 - line.count)
        line.append(10)
        _ = pwrite(descriptor, line, line.count, 0)
    }
}
