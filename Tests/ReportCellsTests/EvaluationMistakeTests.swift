import Files
import Literate
import Testing

@Suite("Mistakes about evaluations")
struct EvaluationMistakeTests {
    @Test("an eval cell's bounds are numbers of samples", arguments: ["0", "[1, 0]", "[2, many]"])
    func importanceSamples(_ list: String) throws {
        let error = #expect(throws: SourceError.self) {
            _ = try Workbench().prepare(Workbench.report(eval: "iwae: \(list)"))
        }
        #expect(error?.message.contains("'iwae' lists numbers of samples") ?? false)
    }

    @Test("an override of what the eval cell says itself has no effect and is refused")
    func overruled() throws {
        let error = #expect(throws: SourceError.self) {
            _ = try Workbench().prepare(
                Workbench.report(eval: "iwae: [1, 4]"), arguments: ["eval.iwae_samples=9"])
        }
        #expect(error?.message.contains("'eval.iwae_samples' has no effect") ?? false)
    }

    @Test("a curve of bounds that the evaluation does not compute is refused")
    func noBounds() throws {
        let error = #expect(throws: SourceError.self) {
            _ = try Workbench().prepare(
                Workbench.report(
                    eval: "iwae: []", rest: Workbench.figure("kind: likelihood-curve\nrun: main")))
        }
        #expect(error?.message.contains("no importance-weighted bound") ?? false)
        #expect(error?.suggestion?.contains("iwae: [1, 10, 100]") ?? false)
    }

    @Test("images are counted after the test set is cut short, wherever that is said")
    func limitedTestSet() throws {
        let error = #expect(throws: SourceError.self) {
            _ = try Workbench().prepare(
                Workbench.report(
                    eval: "data.test_limit: 10",
                    rest: Workbench.figure("kind: posterior-samples\nrun: main\nimages: [10]")))
        }
        #expect(error?.message == "there is no test image 10; there are 10")
    }

    @Test("an eval cell's frechet is true or false, said once")
    func frechet() throws {
        let wrong = #expect(throws: SourceError.self) {
            _ = try Workbench().prepare(Workbench.report(eval: "frechet: maybe"))
        }
        #expect(wrong?.message.contains("'frechet' is true or false") ?? false)
        let twice = #expect(throws: SourceError.self) {
            _ = try Workbench().prepare(
                Workbench.report(eval: "frechet: false"), arguments: ["eval.frechet=true"])
        }
        #expect(twice?.message.contains("'eval.frechet' has no effect") ?? false)
    }

    @Test("a heat map of factors needs an eval cell that asks for them, which says true or false")
    func factors() throws {
        let map = Workbench.figure("kind: factor-map\nrun: main")
        let missing = #expect(throws: SourceError.self) {
            _ = try Workbench().prepare(Workbench.report(rest: map))
        }
        #expect(missing?.message.contains("main.test.mig") ?? false)
        _ = try Workbench().prepare(Workbench.report(eval: "disentanglement: true", rest: map))
        let arguments = ["eval.disentanglement=true"]
        _ = try Workbench().prepare(Workbench.report(rest: map), arguments: arguments)
        let wrong = #expect(throws: SourceError.self) {
            _ = try Workbench().prepare(Workbench.report(eval: "disentanglement: 1"))
        }
        #expect(wrong?.message.contains("'disentanglement' is true or false") ?? false)
    }

    @Test("a bound that an eval cell's own config key asks for is the one it announces")
    func ownSamples() throws {
        let names = try Workbench().prepare(Workbench.report(eval: "eval.iwae_samples: 5"))
            .document.publishers.keys
        #expect(names.contains("main.test.iwae_5"))
        #expect(!names.contains("main.test.iwae_8"))
    }

    @Test("a figure or a table of what an evaluation leaves out says what to ask for")
    func leftOut() throws {
        let mixture = #expect(throws: SourceError.self) {
            _ = try Workbench().prepare(
                Workbench.report(
                    rest: Workbench.figure("kind: prior-samples\nrun: main\nprior: mixture")))
        }
        #expect(mixture?.message == "the evaluation of 'main' fits no mixture to draw from")
        #expect(mixture?.suggestion?.contains("eval.mixture: 10") ?? false)
        let gaps = #expect(throws: SourceError.self) {
            _ = try Workbench().prepare(
                Workbench.report(rest: "```{table}\nkind: gaps\nrun: main\n```"))
        }
        #expect(gaps?.message.contains("main.test.amortisation_gap") ?? false)
    }

    @Test("an evaluation announces the scores that its own keys ask for, and no others")
    func announced() throws {
        func names(_ eval: String) throws -> Set<String> {
            Set(
                try Workbench().prepare(Workbench.report(eval: eval)).document.publishers.keys)
        }
        let plain = try names("")
        #expect(plain.contains("main.test.probe_linear"))
        #expect(plain.contains("main.test.precision_samples"))
        #expect(!plain.contains("main.test.frechet_mixture"))
        #expect(!plain.contains("main.test.amortisation_gap"))
        let all = try names("eval.mixture: 3\neval.refined_images: 9\neval.probe_images: 0")
        #expect(all.contains("main.test.frechet_mixture"))
        #expect(all.contains("main.test.elbo_mixture"))
        #expect(all.contains("main.test.amortisation_gap"))
        #expect(!all.contains("main.test.probe_knn"))
    }
}
