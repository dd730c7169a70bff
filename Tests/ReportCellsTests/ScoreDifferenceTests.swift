import Literate
import ReportCells
import Testing

@Suite("Differences of scores")
struct ScoreDifferenceTests {
    private func score(
        _ value: Double, error: Double? = 0.3, count: Int? = 1_000
    ) -> PublishedValue {
        PublishedValue(value, unit: "nats per image", count: count, standardError: error)
    }

    @Test(
        "a change within two standard errors of itself is noise",
        arguments: [
            (-96.0, "the same"), (-95.2, "within noise"), (-95.1, "better"), (-96.9, "worse"),
        ])
    func noise(_ second: Double, _ words: String) {
        // Two errors of 0.3 make 0.424 of the difference.
        #expect(ScoreDifference("test.elbo", score(-96), score(second)).words == words)
    }

    @Test("less is better where it is, and neither where neither is")
    func directions() {
        #expect(ScoreDifference("test.reconstruction", score(70), score(75)).words == "worse")
        #expect(ScoreDifference("test.frechet_samples", score(9), score(5)).words == "better")
        #expect(ScoreDifference("test.kl", score(20), score(25)).words == "differs")
        #expect(ScoreDifference("test.mig", score(1), score(4)).words == "better")
        #expect(ScoreDifference("denoising.mse_vae_clean", score(1), score(4)).words == "worse")
        #expect(ScoreDifference("test.bits_per_dimension", score(4), score(1)).words == "better")
    }

    @Test("image by image, a change far below the errors of both scores is told from noise")
    func paired() {
        let first = (0..<100).map { Double($0 % 10) }
        let second = first.enumerated().map { $1 + 0.1 + ($0 % 2 == 0 ? 0.01 : -0.01) }
        let difference = ScoreDifference(
            "test.psnr", score(4.5, count: 100), score(4.6, count: 100),
            pairs: (first, second))
        #expect(difference.isPaired && difference.words == "better")
        #expect((difference.error ?? 1) < 0.002)
        let apart = ScoreDifference("test.psnr", score(4.5), score(4.6))
        #expect(!apart.isPaired && apart.words == "within noise")
    }

    @Test("the error of a mean over runs is their spread over the root of their number")
    func runs() {
        func mean(_ value: Double) -> PublishedValue {
            PublishedValue(value, count: 1_000, deviation: 0.6, runCount: 4)
        }
        let difference = ScoreDifference("test.elbo", mean(-96), mean(-95))
        #expect(abs((difference.error ?? 0) - 0.3 * 2.0.squareRoot()) < 1e-12)
    }

    @Test("what cannot be compared says why")
    func reasons() {
        let missing = PublishedValue(notComputed: "no time")
        #expect(ScoreDifference("a", nil, score(1)).words == "only the second has it")
        #expect(ScoreDifference("a", score(1), nil).words == "only the first has it")
        #expect(ScoreDifference("a", score(1), missing).words == "not computed in one of them")
        #expect(ScoreDifference("a", score(1), score(1, count: 7)).words == "other images")
        #expect(
            ScoreDifference("a", score(1, error: nil), score(2, error: nil)).words
                == "no error known")
    }
}

@Suite("Scores held against a baseline")
struct BaselineCheckTests {
    private func check(
        _ name: String, _ before: PublishedValue, _ now: PublishedValue?
    ) -> String? {
        let check = BaselineCheck(
            ["main": now.map { [name: $0] } ?? [:]], baseline: ["main": [name: before]])
        return check.lines.first?.objection
    }

    private func score(_ value: Double, _ error: Double? = 0.3) -> PublishedValue {
        PublishedValue(value, count: 1_000, standardError: error)
    }

    @Test(
        "three standard errors of the difference may be lost, and nothing is said of a gain",
        arguments: [(-96.0, true), (-97.2, true), (-97.4, false), (-80, true)])
    func losses(_ now: Double, _ holds: Bool) {
        #expect((check("test.elbo", score(-96), score(now)) == nil) == holds)
    }

    @Test("where no error is known, five per cent may be lost")
    func shares() {
        #expect(check("test.frechet_samples", score(10, nil), score(10.4, nil)) == nil)
        #expect(
            check("test.frechet_samples", score(10, nil), score(10.6, nil))
                == "worse by 0.6, 0.5 are allowed")
    }

    @Test("what is neither better nor worse may not move either way")
    func either() {
        #expect(check("test.active_units", score(20, nil), score(20, nil)) == nil)
        #expect(
            check("test.active_units", score(20, nil), score(15, nil))?.hasPrefix("off") == true)
        #expect(
            check("test.active_units", score(20, nil), score(25, nil))?.hasPrefix("off") == true)
    }

    @Test("a score that is gone, was not computed or is over other images does not hold")
    func gone() {
        #expect(check("test.elbo", score(-96), nil) == "it is not there any more")
        #expect(
            check("test.elbo", score(-96), PublishedValue(notComputed: "no time"))
                == "it was not computed: no time")
        #expect(
            check("test.elbo", score(-96), PublishedValue(-96, count: 10, standardError: 1))
                == "other images")
    }

    @Test("how a score was made is not held, and texts are not")
    func aside() {
        let before = [
            "test.ess_64": score(9), "test.iwae_samples": PublishedValue(integer: 64),
            "test.diagnoses": PublishedValue(text: "none"), "test.elbo": score(-96),
        ]
        let check = BaselineCheck(["main": before], baseline: ["main": before])
        #expect(check.lines.map(\.name) == ["main.test.elbo"])
        #expect(check.failures.isEmpty)
        #expect(BaselineCheck([:], baseline: ["main": before], names: ["test.kl"]).lines.isEmpty)
    }
}
