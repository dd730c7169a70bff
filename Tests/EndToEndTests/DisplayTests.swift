import Datasets
import Files
import Foundation
import Testing
import vae_report

@Suite("The progress line")
struct DisplayTests {
    /// A clock that a test moves.
    private final class Clock: Sendable {
        private let time = Guarded(ContinuousClock.now)
        var now: ContinuousClock.Instant { time.withLock { $0 } }
        func advance(by duration: Duration) { time.withLock { $0 += duration } }
    }

    @Test("a bar is drawn at once for a new label and then ten times a second")
    func bar() async throws {
        let text = try await drawn { display, clock in
            for step in 1...30 {
                display.draw("main  epoch 1/2", fraction: Double(step) / 100, detail: "\(step)!")
                clock.advance(by: .milliseconds(10))
            }
            display.draw("main  epoch 2/2", fraction: 1, detail: "end!")
        }
        #expect(text.contains("━") && text.contains("╌"))
        let steps = text.split(separator: "\r").compactMap { line in
            line.split(separator: " ").last { $0.hasSuffix("!") }
        }
        #expect(steps == ["1!", "11!", "21!", "end!"])
    }

    @Test("a quiet display draws and says nothing, but warns")
    func quiet() async throws {
        let text = try await drawn(isQuiet: true) { display, _ in
            display.draw("main", fraction: 0.5, detail: "")
            display.say("something")
            display.warn("something else")
        }
        #expect(!text.contains("━"))
        #expect(text.contains("something else"))
        #expect(!text.contains("something\r"))
    }

    @Test("a download tells how much is here, how fast it comes and what is left")
    func download() async throws {
        let text = try await drawn { display, clock in
            display.show(
                .downloadStarts(
                    file: "a.gz", host: "one.example", from: 10_000_000, total: 60_000_000))
            display.show(.downloading(file: "a.gz", received: 11_000_000, total: 60_000_000))
            clock.advance(by: .seconds(2))
            display.show(.downloading(file: "a.gz", received: 30_000_000, total: 60_000_000))
            display.show(
                .mirrorFailed(
                    file: "a.gz", host: "one.example", reason: "the transfer stopped",
                    next: "two.example"))
            display.show(
                .mirrorFailed(
                    file: "a.gz", host: "two.example", reason: "no answer", next: "two.example"))
        }
        for words in [
            "downloading a.gz, 60.0 MB, from one.example, going on after 10.0 MB",
            "11.0 of 60.0 MB", "30.0 of 60.0 MB  10.0 MB/s  0:03 left",
            "a.gz from one.example: the transfer stopped; trying two.example",
            "a.gz from two.example: no answer; trying again",
        ] {
            #expect(text.contains(words), "\(text)")
        }
    }

    /// What appears on a terminal on which `body` draws.
    private func drawn(
        isQuiet: Bool = false, _ body: (BuildDisplay, Clock) -> Void
    ) async throws -> String {
        try await PseudoTerminal.output { terminal in
            let clock = Clock()
            let display = BuildDisplay(
                terminal: Terminal(
                    descriptor: terminal.fileDescriptor,
                    environment: ["TERM": "xterm", "NO_COLOR": "1"]),
                isQuiet: isQuiet, now: { clock.now })
            body(display, clock)
        }
    }
}
