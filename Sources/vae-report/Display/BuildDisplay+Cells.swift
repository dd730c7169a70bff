import Evaluation
import Experiments
import Files
import Literate
import ReportCells
import Training
import Words

/// Cells report here while they run.
extension BuildDisplay: CellProgress {
    package func trainingStarts(
        run: String, measure: TrainedMeasure, totalEpochs: Int, startEpoch: Int
    ) {
        let now = now()
        state.withLock {
            $0.training = (now, startEpoch)
            $0.measure = measure
            $0.epochsBefore[run] = startEpoch
        }
        let rest = startEpoch > 0 ? ", going on after epoch \(startEpoch)" : ""
        say("training \(run): \(Quantity.text(totalEpochs, "epoch"))\(rest)")
    }

    package func trainingSteps(run: String, _ progress: StepProgress, totalEpochs: Int) {
        let perEpoch = max(1, progress.stepsPerEpoch)
        let done = (progress.epoch - 1) * perEpoch + progress.step
        let total = totalEpochs * perEpoch
        draw(
            "\(run)  epoch \(progress.epoch)/\(totalEpochs)",
            fraction: Double(done) / Double(max(1, total)),
            detail: [
                "\(Quantity.text(Int(progress.imagesPerSecond))) images/s",
                measure.text(progress.terms),
                timeLeft(done: done, total: total, perEpoch: perEpoch),
            ].joined(separator: "  "))
    }

    package func epochEnds(run: String, _ record: EpochRecord, timing: EpochTiming, isBest: Bool) {
        var parts = ["train \(measure.text(record.train))"]
        if let validation = record.validation {
            parts.append(
                "validation \(measure.text(validation))\(isBest ? " (best so far)" : "")")
        }
        parts.append("\(Quantity.text(Int(timing.imagesPerSecond))) images/s")
        parts.append(ProgressText.duration(timing.seconds))
        say("\(run)  epoch \(record.epoch): \(parts.joined(separator: ", "))")
    }

    package func evaluates(run: String, _ progress: EvaluationProgress) {
        let stage = "evaluating \(run): \(progress.stage)"
        let isNew = state.withLock { state in
            defer { state.stage = stage }
            return state.stage != stage
        }
        if isNew, !terminal.isInteractive { say(stage) }
        draw(
            progress.part.map { "\(stage), \($0)" } ?? stage,
            fraction: Double(progress.completed) / Double(max(1, progress.total)),
            detail: "\(Quantity.text(progress.completed)) \(progress.unit)")
    }

    private var measure: TrainedMeasure { state.withLock { $0.measure } }

    package func notice(_ text: String) { warn(text) }

    /// What a build does with a cell; only a terminal hears of the short ones.
    func show(_ event: ReportBuild.Event) {
        if case .willRun(let cell, _) = event {
            draw("\(cell.kind) \(cell.label ?? cell.id)", fraction: nil, detail: "…")
        }
    }

    /// The right to write in a report's folder; says so when another process has to be waited for.
    ///
    /// What killed processes left half-written there is removed.
    func lock(_ folder: String) throws -> FolderLock {
        let lock = try FolderLock(folder) { holder in
            let process = holder.map { " (process \($0))" } ?? ""
            note("waiting for another vae-report\(process) that works in \(folder)")
        }
        ReportTraces(folder: folder).removeLeftovers()
        RunFolder.all(in: folder).forEach { $0.removeLeftovers() }
        return lock
    }

    private func timeLeft(done: Int, total: Int, perEpoch: Int) -> String {
        guard let training = state.withLock({ $0.training }) else { return "" }
        let taken = done - training.epochsBefore * perEpoch
        guard taken > 0 else { return "" }
        let elapsed = (now() - training.start) / .seconds(1)
        return "\(ProgressText.duration(elapsed / Double(taken) * Double(total - done))) left"
    }
}
