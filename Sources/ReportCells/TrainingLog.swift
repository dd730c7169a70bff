import Foundation
import Training

/// The lines of `train.log`.
enum TrainingLog {
    /// What an epoch did.
    static func line(_ record: EpochRecord, _ timing: EpochTiming, isBest: Bool) -> String {
        var parts = [
            "epoch \(record.epoch): train \(text(record.train))",
            record.validation.map {
                "validation \(text($0))\(isBest ? ", best so far" : "")"
            },
            String(format: "beta %.4g, lr %.3g", record.beta, record.learningRate),
            record.pixelScale.map { String(format: "scale of the pixels %.4g", $0) },
        ].compactMap(\.self)
        if record.skippedSteps > 0 { parts.append("\(record.skippedSteps) steps not applied") }
        parts.append(
            String(format: "%.1f s, %.0f images/s", timing.seconds, timing.imagesPerSecond))
        return parts.joined(separator: "; ")
    }

    /// Why a step was not applied.
    static func line(_ step: SkippedStep) -> String {
        let place = "epoch \(step.epoch), step \(step.step): not applied, because "
        let cause =
            step.parameter.map { "the gradient of '\($0)' is not finite" }
            ?? "the loss is not finite"
        let largest = step.largestGradient.map {
            String(format: ", largest finite gradient %.3g", $0)
        }
        return place + cause + (largest ?? "") + String(format: ", lr %.3g", step.learningRate)
    }

    private static func text(_ terms: ObjectiveTerms) -> String {
        String(
            format: "-ELBO %.3f (reconstruction %.3f, KL %.3f)", terms.negativeEvidenceLowerBound,
            terms.reconstruction, terms.kl)
    }
}
