import Files
import Rendering
import ReportCells
import Words

/// Tells a preview's visitors of trainings in the report's folder, whoever is at them.
final class TrainingWatch: Sendable {
    private struct Memory {
        var folder: String?
        var states: [LiveTraining.State] = []
        var text = ""
    }

    private let memory = Guarded(Memory())

    /// Looks into this report's folder from now on.
    func watch(_ folder: String) {
        memory.withLock { $0.folder = folder }
    }

    /// A panel for each training, as markup; empty when nobody trains. Read anew only when files changed.
    var text: String {
        memory.withLock { memory in
            guard let folder = memory.folder else { return "" }
            let states = LiveTraining.states(in: folder)
            if states != memory.states {
                memory.states = states
                let trainings = states.compactMap { try? LiveTraining($0, in: folder) }
                memory.text = trainings.map { TrainingPanel($0).element }.joined(separator: "\n")
            }
            return memory.text
        }
    }
}

extension TrainingPanel {
    /// What a training tells of itself.
    fileprivate init(_ training: LiveTraining) {
        let total = training.totalEpochs
        let epochs =
            total.map { "epoch \(min(training.epoch + 1, $0)) of \($0)" }
            ?? "epoch \(training.epoch + 1)"
        self.init(
            heading: "Training \(training.run): \(epochs)",
            share: total.map { Double(training.epoch) / Double(max(1, $0)) },
            note: training.lastLine, curves: training.curves,
            pictures: training.pictures.map {
                Picture(
                    caption: "\($0.title) after \(Quantity.text($0.step, "step"))", png: $0.png)
            })
    }
}
