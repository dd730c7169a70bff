import Dispatch
import Files
import Glibc

/// Ends the process on Ctrl-C and on a request to terminate, but never in the middle of a file.
struct Interruption {
    private let sources: [any DispatchSourceSignal]

    /// Watches from now on, for as long as this value lives; what is drawn on `display` is tidied up.
    ///
    /// `farewell` says what becomes of work that was begun.
    init(
        display: BuildDisplay,
        farewell: String = "stopped; what is finished stays, the next command goes on from there"
    ) {
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                AtomicFile.betweenWrites {
                    display.finish()
                    display.say(farewell)
                    Self.die(of: number)
                }
            }
            source.resume()
            return source
        }
    }

    /// Watches no longer.
    func end() { sources.forEach { $0.cancel() } }

    /// Ends the process by the signal itself, so that a shell's loop around it ends too.
    private static func die(of number: Int32) {
        signal(number, SIG_DFL)
        var numbers = sigset_t()
        sigemptyset(&numbers)
        sigaddset(&numbers, number)
        pthread_sigmask(SIG_UNBLOCK, &numbers, nil)
        raise(number)
        _exit(128 + number)
    }
}
