import Files
import Foundation
import Glibc

/// Ends the process, naming the case, when one takes longer than any should.
final class HangWatch: Sendable {
    private struct Case {
        let name: String
        let work: Double
        let start: ContinuousClock.Instant
    }

    private let current = Guarded<Case?>(nil)

    /// Who waits does no work: then it is time that counts, of which a busy machine takes much.
    private static let longest = Duration.seconds(600)

    /// `work`: seconds of the whole process's work. Beside other tests a case is not measured.
    init(work: Double) {
        Thread.detachNewThread { [weak self] in
            while true {
                usleep(250_000)
                guard let self else { return }
                guard let found = self.current.withLock({ $0 }) else { continue }
                let done = ProcessWork.seconds - found.work
                let taken = ContinuousClock.now - found.start
                guard done > work || taken > Self.longest else { continue }
                let message = "fuzzing: the case \(found.name) takes \(done) s of work, \(taken)\n"
                FileHandle.standardError.write(Data(message.utf8))
                _exit(86)
            }
        }
    }

    /// Begins to watch a case.
    func begin(_ parser: String, _ number: Int) {
        let begun = Case(name: "\(parser):\(number)", work: ProcessWork.seconds, start: .now)
        current.withLock { $0 = begun }
    }

    /// No case is being tried.
    func rest() { current.withLock { $0 = nil } }
}

/// How much this process has worked.
enum ProcessWork {
    /// Seconds of all its threads, in the program and in the system.
    static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
