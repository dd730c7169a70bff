import Files
import Literate
import ReportCells
import Testing

@Suite("A matrix of trained runs")
struct MatrixCellTests {
    private static let text = """
        ---
        title: Sweep
        config: configs/workbench.yaml
        ---
        `{val} main@beta=4.test.elbo:.1f±`

        ```{train}
        #| label: main
        train.epochs: 1
        matrix: {train.beta: [1, 4], seed: [0, 1]}
        ```

        ```{eval}
        run: main
        iwae: []
        frechet: false
        ```

        ```{figure}
        kind: rate-distortion
        runs: [main]
        ```

        ```{figure}
        kind: loss-curves
        run: main@beta=4,seed=1
        ```

        ```{check}
        main@beta=4,seed=1.train.beta: 4
        main@beta=4.test.elbo: {max: 0, sigmas: 1}
        ```
        """

    @Test("every run has a folder, values are means over runs, the table shows runs and means")
    func sweep() throws {
        let workbench = try Workbench()
        let built = try workbench.build(Self.text)
        #expect(built.failures == [:])
        #expect(built.exitCode == 0)
        let labels = [1, 4].flatMap { beta in [0, 1].map { "main@beta=\(beta),seed=\($0)" } }
        #expect(workbench.progress.trainings.map(\.run) == labels)
        for label in labels { #expect(workbench.has("runs/\(label)/ckpts/best.safetensors")) }
        let scores = labels.suffix(2).compactMap { built.values["\($0).test.elbo"]?.number }
        let mean = try #require(built.values["main@beta=4.test.elbo"])
        #expect(mean.number == (scores[0] + scores[1]) / 2)
        #expect(mean.runCount == 2)
        let table = try #require(built.result("eval-1")?.table)
        #expect(table.rows.count == 6)
        #expect(built.outcomes.allSatisfy { $0.result?.verdict == nil })
        #expect(built.result("figure-1")?.figure?.data?.rows.count == 5)
        let wider = Self.text.replacing("seed: [0, 1]", with: "seed: [0, 1, 2]")
        _ = try workbench.build(wider)
        #expect(
            workbench.progress.trainings.dropFirst(4).map(\.run)
                == ["main@beta=1,seed=2", "main@beta=4,seed=2"])
    }
}
