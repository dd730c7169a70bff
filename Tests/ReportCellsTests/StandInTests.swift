import Datasets
import Literate
import ReportCells
import Testing

@Suite("Drawn digits in MNIST's place")
struct StandInTests {
    private static let config = Workbench.config.replacing(
        "dataset: drawn-digits", with: "dataset: mnist, when_unavailable: drawn-digits")

    @Test("are named in banner, title, captions, verdict, values and record")
    func named() throws {
        let workbench = try Workbench()
        let built = try workbench.build(
            Workbench.report(
                title: "A VAE on `{val} main.data.title`",
                rest: "```{figure}\n#| label: fig-kl\nkind: kl-per-dimension\nrun: main\n```"),
            config: Self.config)
        let words = "Drawn digits (standing in for MNIST)"
        #expect(built.failures == [:])
        #expect(built.banners.count == 1)
        #expect(built.banners[0].contains("because MNIST was nowhere to be had"))
        #expect(built.values["main.data.title"]?.content == .text(words))
        #expect(built.result("fig-kl")?.figure?.defaultCaption.contains(words) ?? false)
        let verdict = try #require(built.result("eval-1")?.verdict)
        #expect(verdict.facts[0].value == words)
        #expect(built.result("main")?.record?.contains("\"standsInFor\" : \"mnist\"") ?? false)
        #expect(built.values["main.test.elbo"]?.protocolNote?.contains(words) ?? false)
    }

    @Test("need no banner when they were asked for")
    func onPurpose() throws {
        let built = try FullReport.get().built
        #expect(built.banners.isEmpty)
        #expect(built.values["main.data.title"]?.content == .text("Drawn digits"))
    }

    @Test("are not taken with --strict: the error lists where MNIST was looked for")
    func strict() throws {
        let workbench = try Workbench()
        let error = try #require(
            #expect(throws: DatasetError.self) {
                _ = try workbench.prepare(
                    Workbench.report(), config: Self.config, isStrict: true)
            })
        for place in ["--data-dir: not given", "$VAE_REPORT_DATA", "the user cache"] {
            #expect(error.description.contains(place))
        }
        #expect(workbench.folder.contents().isEmpty)
    }
}
