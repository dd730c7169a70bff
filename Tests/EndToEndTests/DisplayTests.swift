import Foundation
import Synchronization
import Testing
import vae_report

@Suite("The progress line")
struct DisplayTests {
    /// A clock that a test moves.
    private final class Clock: Sendable {
        private let time = Mutex(ContinuousClock.now)
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
