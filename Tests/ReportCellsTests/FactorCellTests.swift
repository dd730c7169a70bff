import Files
import Literate
import ReportCells
import Testing

@Suite("Cells about known factors")
struct FactorCellTests {
    private static let config = """
        seed: 3
        data: {dataset: sprites, sprite_size: 32, sprite_orientations: 2, sprite_x: 4, sprite_y: 3,
               batch_size: 32, validation: 20}
        model: {latent_dim: 3, base_ch: 4}
        train: {epochs: 1}
        eval: {iwae_samples: 2, frechet: false, disentanglement: true}

        """

    private static let text = """
        ---
        title: Sweep
        config: configs/workbench.yaml
        ---
        ```{train}
        #| label: main
        matrix: {train.beta: [1, 4]}
        ```

        ```{eval}
        run: main
        ```

        ```{figure}
        #| label: fig-map
        kind: factor-map
        run: main@beta=4
        measure: information
        count: 2
        ```

        ```{table}
        #| label: tbl-factors
        kind: factors
        run: main@beta=4
        ```

        MIG goes from `{val} main@beta=1.test.mig:.3f±` to `{val} main@beta=4.test.mig:.3f±`.
        """

    @Test("a sweep on sprites has a second table, a heat map and a table of factors")
    func sweep() throws {
        let built = try Workbench().build(Self.text, config: Self.config)
        #expect(built.failures == [:] && built.exitCode == 0)
        let outputs = try #require(built.result("eval-1")).outputs
        #expect(outputs.count == 2)
        let tables = outputs.compactMap { if case .table(let table) = $0 { table } else { nil } }
        let scores = try #require(tables.last)
        #expect(scores.columns.contains("MIG") && scores.rows.count == 2)
        #expect(
            scores.rows[1].last?.number == built.values["main@beta=4.test.factor_vae"]?.number)
        let figure = try #require(built.result("fig-map")?.figure)
        #expect(figure.alternativeText.contains("5 factors by 2 latent dimensions"))
        #expect(!figure.alternativeText.contains("Importance"))
        let table = try #require(built.result("tbl-factors")?.table)
        #expect(table.rows.count == 5 && table.rows.allSatisfy { $0.count == table.columns.count })
        let gaps = table.rows.compactMap { $0[6].number }
        let mean = gaps.reduce(0, +) / 5
        #expect(abs(mean - (built.values["main@beta=4.test.mig"]?.number ?? -1)) < 1e-12)
    }

    @Test("data without known factors have no scores, and say why")
    func unknown() throws {
        let workbench = try Workbench()
        let report = try workbench.build(
            Workbench.report(eval: "disentanglement: true\nfrechet: false\niwae: []"),
            config: Self.config.replacing("sprite_orientations: 2", with: "sprite_orientations: 1")
                .replacing("sprite_x: 4, sprite_y: 3", with: "sprite_x: 40, sprite_y: 1"),
            arguments: ["data.sprite_shapes=1", "data.sprite_scales=1", "data.batch_size=8"])
        #expect(report.failures == [:])
        // One factor is left, so a dimension cannot favour one over another.
        #expect(report.values["main.test.dci_disentanglement"]?.number == 1)
        let limited = try workbench.build(
            Workbench.report(eval: "disentanglement: true\nfrechet: false\niwae: []"),
            config: Self.config, arguments: ["data.test_limit=2"])
        let score = try #require(limited.values["main.test.mig"])
        #expect(score.number == nil)
    }
}
