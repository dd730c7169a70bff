import Datasets
import Synchronization

/// Shows on standard error how far things are: a bar in a terminal, plain lines in a pipe.
final class BuildDisplay: Sendable {
    let terminal: Terminal
    let state = Mutex(State())

    /// What is remembered between two reports of progress.
    struct State {
        var lastDrawn: ContinuousClock.Instant?
        /// When the training began, and how many of its steps an interrupted run had done.
        var training: (start: ContinuousClock.Instant, epochsBefore: Int)?
        /// The stage that a pipe has been told of.
        var stage = ""
    }

    /// A display on `terminal`.
    init(terminal: Terminal = .standardError) { self.terminal = terminal }

    /// What the data set's loader does.
    func show(_ event: DatasetEvent) {
        switch event {
        case .downloading(let file, let received, let total):
            let done = total.map { Double(received) / Double(max(1, $0)) }
            draw("downloading \(file)", fraction: done, detail: ProgressText.megabytes(received))
        case .downloaded(let file): say("downloaded and checked \(file)")
        case .drawing(let count): say("drawing \(ProgressText.grouped(count)) digits")
        case .notice(let text): warn(text)
        }
    }

    /// A line that stays, such as an explanation or a problem.
    func note(_ text: String) { terminal.writeLine(terminal.highlighted("error:", in: text)) }

    /// A line that stays.
    func say(_ text: String) { terminal.writeLine(text) }

    /// A line that stays and should be read.
    func warn(_ text: String) {
        terminal.writeLine(terminal.highlighted("warning:", in: "warning: \(text)"))
    }

    /// Ends with a clean line, whatever was drawn last.
    func finish() { terminal.clearLine() }

    /// Draws a bar, at most ten times a second; does nothing in a pipe.
    func draw(_ label: String, fraction: Double?, detail: String) {
        guard terminal.isInteractive else { return }
        let now = ContinuousClock.now
        let isDue = state.withLock { state in
            if let last = state.lastDrawn, now - last < .milliseconds(100) { return false }
            state.lastDrawn = now
            return true
        }
        guard isDue else { return }
        terminal.redraw(
            ProgressText.line(label, fraction: fraction, detail: detail, width: terminal.width))
    }
}
