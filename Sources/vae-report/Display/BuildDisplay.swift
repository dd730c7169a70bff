import Datasets
import Files
import ReportCells
import Words

/// Shows on standard error how far things are: a bar in a terminal, plain lines in a pipe.
package final class BuildDisplay: Sendable {
    let terminal: Terminal
    let state = Guarded(State())
    /// Tells the time; tests set it.
    let now: @Sendable () -> ContinuousClock.Instant
    /// Whether only warnings and errors are shown.
    private let isQuiet: Bool

    /// What is remembered between two reports of progress.
    struct State {
        var lastDrawn: (time: ContinuousClock.Instant, label: String)?
        /// When the training began, and how many of its steps an interrupted run had done.
        var training: (start: ContinuousClock.Instant, epochsBefore: Int)?
        /// Epochs that were there before the training of a run began, by run.
        var epochsBefore: [String: Int] = [:]
        /// What the training's numbers mean.
        var measure = TrainedMeasure.evidenceLowerBound
        /// The stage that a pipe has been told of.
        var stage = ""
        /// When a server began to send a file, and how much of it was here before.
        var download: (start: ContinuousClock.Instant, bytesBefore: Int)?
        /// First lines of what the data set's loader had to say; the rest tells of attempts and times.
        var heard: Set<Substring> = []
    }

    /// A display on `terminal`; `isQuiet` shows nothing but warnings and errors.
    package init(
        terminal: Terminal = .standardError, isQuiet: Bool = false,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.terminal = terminal
        self.isQuiet = isQuiet
        self.now = now
    }

    /// Epochs that were there before the training of a run began; nil when it was not trained.
    func epochsBefore(_ run: String) -> Int? { state.withLock { $0.epochsBefore[run] } }

    /// What the data set's loader does; what it says again with every look is shown once.
    package func show(_ event: DatasetEvent) {
        switch event {
        case .downloadStarts(let file, let host, let from, let total):
            state.withLock { $0.download = (now(), from) }
            say(ProgressText.downloadStarts(file: file, host: host, from: from, total: total))
        case .mirrorFailed(let file, let host, let reason, let next):
            let place = next == host ? "trying again" : "trying \(next)"
            say("\(file) from \(host): \(reason); \(place)")
        case .downloading(let file, let received, let total):
            let done = total.map { Double(received) / Double(max(1, $0)) }
            draw(file, fraction: done, detail: pace(received: received, total: total))
        case .downloaded(let file): say("downloaded and checked \(file)")
        case .drawing(let count): say("drawing \(Quantity.text(count)) digits")
        case .preparing(let stage, let completed, let total):
            draw(
                stage, fraction: Double(completed) / Double(max(1, total)),
                detail: "\(Quantity.text(completed)) of \(Quantity.text(total))")
        case .notice(let text):
            let isNew = state.withLock { $0.heard.insert(text.prefix { $0 != "\n" }).inserted }
            if isNew { warn(text) }
        }
    }

    /// How much of a file is here, how fast it comes, and how long the rest takes.
    private func pace(received: Int, total: Int?) -> String {
        let download = state.withLock { $0.download }
        let elapsed = download.map { (now() - $0.start) / .seconds(1) } ?? 0
        return ProgressText.pace(
            received: received, since: received - (download?.bytesBefore ?? 0), total: total,
            seconds: elapsed)
    }

    /// A line that stays, such as an explanation or a problem.
    func note(_ text: String) { terminal.writeLine(text, highlighting: "error:") }

    /// A line that stays.
    package func say(_ text: String) {
        if !isQuiet { terminal.writeLine(text) }
    }

    /// A line that stays and should be read.
    package func warn(_ text: String) {
        terminal.writeLine("warning: \(text)", highlighting: "warning:")
    }

    /// Ends with a clean line, whatever was drawn last.
    package func finish() { terminal.clearLine() }

    /// Draws a bar, at most ten times a second for the same label; does nothing in a pipe.
    package func draw(_ label: String, fraction: Double?, detail: String) {
        guard terminal.isInteractive, !isQuiet else { return }
        let now = now()
        let isDue = state.withLock { state in
            if let last = state.lastDrawn, last.label == label,
                now - last.time < .milliseconds(100)
            {
                return false
            }
            state.lastDrawn = (now, label)
            return true
        }
        guard isDue else { return }
        terminal.redraw(
            ProgressText.line(label, fraction: fraction, detail: detail, width: terminal.width))
    }
}
