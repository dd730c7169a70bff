import Foundation
import Glibc
import Synchronization

/// Ends the process, naming the case, when one takes longer than any should.
final class HangWatch: Sendable {
    private struct Case {
        let name: String
        let start: ContinuousClock.Instant
    }

    private let current = Mutex<Case?>(nil)

    /// Beside other tests a case gets its turn late, and it is not measured.
    init(patience: Duration) {
        Thread.detachNewThread { [weak self] in
            while true {
                usleep(250_000)
                guard let self else { return }
                let found = self.current.withLock { $0 }
                guard let found, ContinuousClock.now - found.start > patience else { continue }
                let message = "fuzzing: the case \(found.name) takes more than \(patience)\n"
                FileHandle.standardError.write(Data(message.utf8))
                _exit(86)
            }
        }
    }

    /// Begins to watch a case.
    func begin(_ parser: String, _ number: Int) {
        current.withLock { $0 = Case(name: "\(parser):\(number)", start: .now) }
    }

    /// No case is being tried.
    func rest() { current.withLock { $0 = nil } }
}
