import Words

/// Something that a VAE or a denoising autoencoder can do and the other may not, with the numbers that
/// show it.
public struct DenoisingAbility: Sendable, Hashable, Codable {
    /// One model's answer.
    public struct Answer: Sendable, Hashable, Codable {
        /// Whether it can; nil where both can and the number is the answer.
        public let can: Bool?
        /// The number, or why not.
        public let text: String

        /// "yes: …", "no: …" or the text alone.
        public var sentence: String {
            can.map { $0 ? "yes: \(text)" : "no: \(text)" } ?? text
        }
    }

    /// What is asked: "Draw new images".
    public let question: String
    /// The VAE's answer.
    public let vae: Answer
    /// The DAE's answer.
    public let dae: Answer

    /// Numbers of the VAE's own evaluation that the table quotes; each may be missing.
    public struct Facts: Sendable {
        /// `elbo`.
        public var evidenceLowerBound: Score?
        /// `frechet_samples`.
        public var sampleDistance: Score?
        /// `frechet_floor`.
        public var distanceFloor: Score?
        /// Numbers in the VAE's code.
        public var vaeCodeSize: Int
        /// Numbers in the DAE's bottleneck.
        public var daeCodeSize: Int
        /// The noise that the DAE was trained on: "Gaussian noise, σ = 0.1 to 0.5".
        public var daeTrainingNoise: String

        /// What is known.
        public init(
            evidenceLowerBound: Score? = nil, sampleDistance: Score? = nil,
            distanceFloor: Score? = nil, vaeCodeSize: Int, daeCodeSize: Int,
            daeTrainingNoise: String
        ) {
            self.evidenceLowerBound = evidenceLowerBound
            self.sampleDistance = sampleDistance
            self.distanceFloor = distanceFloor
            self.vaeCodeSize = vaeCodeSize
            self.daeCodeSize = daeCodeSize
            self.daeTrainingNoise = daeTrainingNoise
        }
    }

    /// The whole table, the differences of kind first.
    public static func table(_ result: DenoisingResult, facts: Facts) -> [DenoisingAbility] {
        [
            DenoisingAbility(
                question: "Draw new images", vae: Answer(can: true, text: samples(facts)),
                dae: Answer(can: false, text: "nothing says which codes are likely")),
            DenoisingAbility(
                question: "Bound the likelihood of an image",
                vae: Answer(can: true, text: "ELBO \(text(facts.evidenceLowerBound, decimals: 2))"),
                dae: Answer(can: false, text: "it is trained on squared error alone")),
            DenoisingAbility(
                question: "Say how sure a code is",
                vae: Answer(can: true, text: "a variance beside each number of the code"),
                dae: Answer(can: false, text: "a code is one point")),
            DenoisingAbility(
                question: "Learn without a model of the noise",
                vae: Answer(can: true, text: "trained on clean images alone"),
                dae: Answer(can: false, text: "trained on \(facts.daeTrainingNoise)")),
            DenoisingAbility(
                question: "Numbers in a code",
                vae: Answer(can: nil, text: Quantity.text(facts.vaeCodeSize)),
                dae: Answer(can: nil, text: Quantity.text(facts.daeCodeSize))),
        ] + result.levels.compactMap { comparison(result, $0.noise) }
    }

    private static func samples(_ facts: Facts) -> String {
        let distance = "Fréchet distance \(text(facts.sampleDistance, decimals: 1))"
        guard let floor = facts.distanceFloor?.value else { return distance }
        return distance + " (real against real \(SentenceNumber.fixed(floor, decimals: 1)))"
    }

    private static func text(_ score: Score?, decimals: Int) -> String {
        guard let score else { return "not computed" }
        guard let value = score.value else {
            return "not computed: \(score.reasonNotComputed ?? "unknown")"
        }
        let number = SentenceNumber.fixed(value, decimals: decimals)
        return score.unit.isEmpty ? number : "\(number) \(score.unit)"
    }

    private static func comparison(
        _ result: DenoisingResult, _ noise: ImageNoise
    ) -> DenoisingAbility? {
        guard let vae = result.entry("vae", noise), let dae = result.entry("dae", noise) else {
            return nil
        }
        func answer(_ entry: DenoisingResult.Entry) -> Answer {
            let estimate = entry.peakSignalToNoise
            let error = estimate.standardError.map {
                " ± " + SentenceNumber.fixed($0, decimals: 2)
            }
            let value = SentenceNumber.fixed(estimate.mean, decimals: 2)
            return Answer(can: nil, text: "\(value)\(error ?? "") dB")
        }
        let question =
            noise.kind == .clean
            ? "Return a clean image (PSNR)" : "Restore: \(noise.title) (PSNR)"
        return DenoisingAbility(question: question, vae: answer(vae), dae: answer(dae))
    }
}
