import Files
import Training

/// The series of a run as `history.csv`: one line an epoch, terms in nats per image.
///
/// No times: equal runs give equal bytes.
public enum HistoryCSV {
    /// The first line, without its end.
    public static let header = CSV.line([
        "epoch", "train.elbo", "train.reconstruction", "train.kl", "validation.elbo",
        "validation.reconstruction", "validation.kl", "beta", "learning_rate", "train.objective",
        "validation.objective", "skipped_steps", "pixel_scale",
    ])

    /// The whole file.
    public static func text(_ history: TrainingHistory) -> String {
        ([header] + history.epochs.map(line)).map { $0 + "\n" }.joined()
    }

    /// An epoch's line, without its end; fields are empty where nothing was measured.
    public static func line(_ epoch: EpochRecord) -> String {
        let validation = epoch.validation
        let numbers: [Double?] = [
            Double(epoch.epoch), -epoch.train.negativeEvidenceLowerBound,
            epoch.train.reconstruction, epoch.train.kl,
            validation.map { -$0.negativeEvidenceLowerBound }, validation?.reconstruction,
            validation?.kl, epoch.beta, epoch.learningRate, epoch.objective,
            epoch.validationObjective, Double(epoch.skippedSteps), epoch.pixelScale,
        ]
        return CSV.line(numbers.map { $0.map(text) ?? "" })
    }

    private static func text(_ number: Double) -> String {
        guard number.isFinite else { return "" }
        return number == number.rounded() && abs(number) < 1e15
            ? String(Int(number)) : String(number)
    }
}
