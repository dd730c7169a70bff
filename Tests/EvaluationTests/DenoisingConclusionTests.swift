import Evaluation
import Testing

@Suite("Conclusions written from denoising numbers")
struct DenoisingConclusionTests {
    private let strengths = [0.1, 0.3, 1]
    private let names = ["vae", "dae", "identity"]

    /// PSNR by method and strength, with an error of `error` dB each.
    private func result(
        _ peaks: [[Double]], error: Double = 0.1, probes: [ProbeResult] = []
    ) -> DenoisingResult {
        let levels = strengths.enumerated().map { place, strength in
            DenoisingResult.Level(
                noise: ImageNoise(.gaussian, strength: strength),
                entries: peaks.map { entry($0[place], error: error) })
        }
        return DenoisingResult(
            options: DenoisingOptions(dataTitle: "Toys", componentCount: 0), count: 100,
            methods: zip(names, ["VAE", "DAE", "leaving the noise in"]).map {
                DenoisingResult.Method(name: $0, title: $1, about: "")
            }, levels: levels, probes: probes)
    }

    private func entry(_ peak: Double, error: Double) -> DenoisingResult.Entry {
        DenoisingResult.Entry(
            peakSignalToNoise: MeanEstimate(mean: peak, standardError: error, count: 100),
            similarity: nil,
            squaredError: MeanEstimate(mean: 0.01, standardError: nil, count: 100),
            highFrequencyRatio: MeanEstimate(mean: peak / 20, standardError: nil, count: 100))
    }

    @Test("winners are named by range of strengths, with their numbers")
    func winners() {
        let sentences = DenoisingConclusion(
            result([[18, 17, 12], [18.3, 19, 15], [22.7, 13.5, 6]])
        ).sentences
        #expect(
            sentences.first
                == "Gaussian noise, highest PSNR: leaving the noise in at σ = 0.1: 22.7 dB; "
                + "DAE at σ = 0.3 and 1: 15.0 to 19.0 dB.")
    }

    @Test("a network that is worse than the noise is said to be")
    func worse() {
        let text = DenoisingConclusion(
            result([[18, 17, 12], [18.3, 19, 15], [22.7, 13.5, 6]])
        ).text
        #expect(text.contains("The VAE is worse than leaving the noise in at σ = 0.1, by 4.7 dB."))
        #expect(text.contains("The DAE is worse than leaving the noise in at σ = 0.1, by 4.4 dB."))
        let good = DenoisingConclusion(result([[25, 20, 16], [24, 19, 15], [22.7, 13.5, 6]])).text
        #expect(!good.contains("worse"))
    }

    @Test("where a number is missing there is no sentence about it, and none is empty")
    func missing() {
        let level = DenoisingResult.Level(
            noise: ImageNoise(.masking, strength: 0.5), entries: [entry(12, error: 0.1)])
        let result = DenoisingResult(
            options: DenoisingOptions(dataTitle: "Toys", componentCount: 0), count: 100,
            methods: [DenoisingResult.Method(name: "median", title: "median filter", about: "")],
            levels: [level])
        #expect(
            DenoisingConclusion(result).sentences
                == ["Masking, highest PSNR: median filter at 50 % of the pixels: 12.0 dB."])
    }

    @Test("the two networks are told apart only where the difference is clear")
    func duel() {
        let clear = DenoisingConclusion(result([[20, 17, 12], [18, 19, 15], [10, 9, 6]])).text
        #expect(
            clear.contains(
                "ahead by PSNR is the VAE at σ = 0.1 by 2.0 dB, "
                    + "the DAE at σ = 0.3 and 1 by 2.0 to 3.0 dB."))
        let unclear = DenoisingConclusion(
            result([[20, 17, 12], [20.1, 17.1, 12.1], [10, 9, 6]])
        ).text
        #expect(unclear.contains("ahead by PSNR is neither at σ = 0.1, 0.3 and 1."))
        #expect(unclear.contains("VAE and DAE (no clear difference) at σ = 0.1, 0.3 and 1"))
    }

    @Test("fine structure is quoted at the middle strength, probes by accuracy")
    func details() {
        func probe(_ title: String, _ accuracy: Double) -> ProbeResult {
            let estimate = MeanEstimate(mean: accuracy, standardError: 0.004, count: 100)
            return ProbeResult(
                name: title, title: title, codeSize: 8_192, linear: estimate, nearest: estimate,
                trainingCount: 1_000, neighbours: 5)
        }
        let text = DenoisingConclusion(
            result(
                [[20, 17, 12], [18, 19, 15], [10, 9, 6]],
                probes: [probe("VAE", 0.912), probe("DAE", 0.971)])
        ).text
        #expect(text.contains("Fine structure left at σ = 0.3"))
        #expect(text.contains("VAE 85 %, DAE 95 % and leaving the noise in 45 %."))
        #expect(
            text.contains(
                "linear probe finds: DAE (8,192 numbers) 97.1 ± 0.4 % and "
                    + "VAE (8,192 numbers) 91.2 ± 0.4 %."))
        #expect(!text.contains("SSIM"))
    }

    @Test("what each model can do that the other cannot is listed with numbers")
    func abilities() {
        let bound = Score(
            name: "test.elbo", title: "ELBO", outcome: .value(-98.4), unit: "nats per image",
            count: 100, protocolText: "")
        let table = DenoisingAbility.table(
            result([[20, 17, 12], [18, 19, 15], [10, 9, 6]]),
            facts: DenoisingAbility.Facts(
                evidenceLowerBound: bound,
                sampleDistance: Score(
                    name: "f", title: "F", outcome: .notComputed("no classes"), unit: "", count: 1,
                    protocolText: ""),
                vaeCodeSize: 32, daeCodeSize: 8_192, daeTrainingNoise: "Gaussian noise"))
        #expect(table[0].vae.sentence == "yes: Fréchet distance not computed: no classes")
        #expect(table[0].dae.can == false)
        #expect(table[1].vae.sentence == "yes: ELBO −98.40 nats per image")
        #expect(table.last?.question == "Restore: Gaussian noise, σ = 1 (PSNR)")
        #expect(table.last?.vae.sentence == "12.00 ± 0.10 dB")
        #expect(table.contains { $0.dae.text == "8,192" })
    }
}
