import Evaluation
import Literate

extension Verdict {
    /// Under-regularised: the dimensions' own KL to the prior outweighs what the code tells of images.
    var prior: VerdictOutput.Light {
        let scores = result.scores
        guard let information = scores.value("test.mutual_information"),
            let divergence = scores.value("test.dimensionwise_kl"),
            let ceiling = scores.value("test.mutual_information_ceiling")
        else { return .init("Prior", .unknown, "the KL term was not taken apart") }
        let numbers =
            "the code tells \(number(information, 2)) of at most \(number(ceiling, 2)) nats that tell "
            + "the images apart; its dimensions are \(number(divergence, 2)) nats from the prior"
        return divergence > information
            ? .init(
                "Prior", .warning,
                "\(numbers): codes do not look like the prior's draws; raise β or train longer")
            : .init("Prior", .good, numbers)
    }

    /// Holes: draws from the prior decode to images much farther from real ones than reconstructions.
    var samples: VerdictOutput.Light {
        guard let scores = result.distribution else {
            let reason = result.scores["test.frechet_samples"]?.reasonNotComputed
            return .init(
                "Samples", .unknown,
                "Fréchet distances were not computed\(reason.map { ": \($0)" } ?? "")")
        }
        let (samples, reconstructions) = (scores.samples.frechet, scores.reconstructions.frechet)
        let numbers =
            "Fréchet distance \(number(samples, 1)), reconstructions \(number(reconstructions, 1)), "
            + "real images \(number(scores.floor.frechet, 1))"
        return samples > Threshold.holes * reconstructions
            ? .init(
                "Samples", .warning,
                "\(numbers): the prior has regions that no image ever taught the decoder")
            : .init("Samples", .good, numbers)
    }
}
