import Literate
import ReportCells
import Testing

/// Small trainings on drawn digits that go wrong in one way each.
@Suite("Diagnoses of real trainings")
struct DiagnosisTrainingTests {
    /// A run with these settings, and figures that findings may stand beside.
    private struct Trained {
        let report: BuiltReport
        static let figures = [
            "loss-curves", "kl-per-dimension", "rate-decomposition", "prior-samples",
        ]

        init(_ train: String, beta: Double = 1, config: String = Workbench.config) throws {
            let cells = (Self.figures + ["kl-per-dimension"]).enumerated().map { place, kind in
                """
                ```{figure}
                #| label: fig-\(kind)-\(place)
                kind: \(kind)
                run: main
                ```

                """
            }
            report = try Workbench().build(
                Workbench.report(train: train, rest: cells.joined()), config: config,
                arguments: ["beta=\(beta)"])
            #expect(report.failures.isEmpty, "\(report.failures)")
        }

        /// What the eval cell publishes.
        var found: String {
            report.outcomes.compactMap { $0.result?.values["main.test.diagnoses"] }.first
                .map { ValueFormat.natural.write($0) } ?? ""
        }

        /// Titles of the callouts beside the figure at a place.
        func callouts(_ place: Int) -> [CalloutOutput] {
            let kind = (Self.figures + ["kl-per-dimension"])[place]
            return report.result("fig-\(kind)-\(place)")?.outputs.compactMap { output in
                if case .callout(let callout) = output { callout } else { nil }
            } ?? []
        }
    }

    @Test("a code that costs far too much collapses, told once beside the KL of each dimension")
    func collapsed() throws {
        let trained = try Trained("train.epochs: 6\ntrain.kl_warmup_epochs: 0", beta: 300)
        #expect(trained.found.contains("collapse"))
        #expect(!trained.found.contains("regularised"))
        #expect(trained.callouts(1).map(\.title) == ["Posterior collapse"])
        #expect(trained.callouts(1).map(\.kind) == [.caution])
        #expect(
            trained.callouts(1).first?.text.contains("*Try* more train.kl_warmup_epochs") == true)
        #expect(trained.callouts(4).isEmpty && trained.callouts(2).isEmpty)
    }

    @Test("a code that costs nothing strays from the prior, told beside the rate")
    func spread() throws {
        let trained = try Trained("train.epochs: 8", beta: 0)
        #expect(trained.found.contains("under-regularised") && !trained.found.contains("collapse"))
        #expect(trained.callouts(2).map(\.title) == ["Under-regularised"])
    }

    @Test("a training that was cut short is told beside its curves")
    func cutShort() throws {
        let trained = try Trained("train.epochs: 3\ntrain.lr_schedule: constant\ntrain.lr: 0.0005")
        #expect(trained.found.contains("under-trained") && !trained.found.contains("over-fitted"))
        #expect(trained.callouts(0).map(\.title) == ["Under-trained"])
    }

    @Test("a few images seen over and over are learnt by heart, told beside the curves")
    func overFitted() throws {
        let trained = try Trained(
            """
            model.name: vae_mlp
            model.latent_dim: 16
            data.train_limit: 96
            data.validation: 32
            train.epochs: 80
            train.lr_schedule: constant
            train.weight_decay: 0
            """)
        #expect(trained.found.contains("over-fitted") && !trained.found.contains("collapse"))
        #expect(trained.callouts(0).map(\.title).contains("Over-fitted"))
        #expect(trained.callouts(0).first?.text.contains("mostly in reconstruction") == true)
    }
}
