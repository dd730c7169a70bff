import Datasets
import Foundation
import Networks
import Training
import VAEModels

/// Training against itself: the same seed gives the same bytes, and so does a run that was interrupted
/// and went on from its file.
enum RepeatChecks {
    static func lines() throws -> [SelfCheck] {
        let images = try DrawnDigits.generate(seed: 0, trainCount: 320, testCount: 1).train
        let whole = try epochs(images)
        let again = try epochs(images)
        let file = try Checkpoint(try encoded(whole.first), name: "last.safetensors")
        let resumed = try epochs(images, from: file.state)
        let bytes = try encoded(whole.last)
        return [
            line("training again with the same seed", try encoded(again.last) == bytes),
            line("training stopped and resumed from its file", try encoded(resumed.last) == bytes),
            progress(whole.last?.history),
        ]
    }

    private static func line(_ check: String, _ isSame: Bool) -> SelfCheck {
        SelfCheck(
            check, expected: "the same bytes", found: isSame ? "the same bytes" : "other bytes",
            holds: isSame)
    }

    private static func progress(_ history: TrainingHistory?) -> SelfCheck {
        let values = (history?.epochs ?? []).map(\.train.negativeEvidenceLowerBound)
        return SelfCheck(
            "−ELBO of two epochs on drawn digits, nats", expected: "falling",
            found: values.map { SentenceNumber.fixed($0, decimals: 1) }.joined(separator: ", "),
            holds: values.count == 2 && values[1] < values[0])
    }

    /// A checkpoint's bytes; none without a state.
    private static func encoded(_ state: TrainingState?) throws -> Data {
        guard let state else { return Data() }
        return try Checkpoint(state: state, fingerprint: "", config: [:]).encodedState()
    }

    /// The states after each epoch.
    private static func epochs(
        _ images: ImageSet, from state: TrainingState? = nil
    ) throws -> [TrainingState] {
        let model = VAEDescription.convolutional(
            image: FeatureShape(channels: 1, height: 28, width: 28), base: 4, latentSize: 4)
        let options = TrainingOptions(
            fitting: FittingOptions(epochs: 2), batchSize: 32, validationCount: 64)
        let collector = StateCollector()
        _ = try Trainer(model, images: images, options: options)
            .run(from: state, observer: collector)
        return collector.states
    }
}

/// Keeps the state after each epoch.
private final class StateCollector: TrainingObserver {
    private(set) var states: [TrainingState] = []

    func epochEnds(
        _ record: EpochRecord, timing: EpochTiming, isBest: Bool, state: TrainingState
    ) throws {
        states.append(state)
    }
}
