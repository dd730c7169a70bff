import Literate
import ReportCells

/// A report with every kind of figure and table about two runs, built once for all tests that look at it.
struct FullReport {
    let workbench: Workbench
    let built: BuiltReport

    nonisolated(unsafe) private static let shared = Result { try FullReport() }

    /// The report, built when the first test asks for it.
    static func get() throws -> FullReport { try shared.get() }

    private init() throws {
        workbench = try Workbench()
        built = try workbench.build(Self.text)
        try ExperimentCells.writeScores(of: built, to: workbench.output)
    }

    static let figureKinds = [
        "loss-curves", "reconstructions", "prior-samples", "kl-per-dimension", "traversals",
        "latent-scatter", "interpolations",
    ]
    static let tableKinds = ["scores", "baselines", "architecture", "config"]

    private static let text =
        Workbench.report(eval: "iwae: [1, 4, 16]\ndraws: 2")
            + """
            ```{train}
            #| label: flat
            model.latent_dim: 2
            train.epochs: 1
            data.binarize: dynamic
            ```

            ```{eval}
            #| label: flat-scores
            run: flat
            iwae: []
            ```

            """
        + figureKinds.map { figure($0, run: "main") }.joined()
        + figureKinds.map { figure($0, run: "flat") }.joined()
        + tableKinds.map { table($0) }.joined() + options

    private static func figure(_ kind: String, run: String) -> String {
        """
        ```{figure}
        #| label: fig-\(run)-\(kind)
        kind: \(kind)
        run: \(run)
        ```


        """
    }

    private static func table(_ kind: String) -> String {
        """
        ```{table}
        #| label: tbl-\(kind)
        kind: \(kind)
        run: main
        ```


        """
    }

    /// Figures that say everything they can say.
    private static let options = """
        ```{figure}
        #| label: fig-chosen
        #| caption: "Chosen by hand"
        #| alt: "What one sees"
        kind: traversals
        run: main
        dims: [2, 0]
        range: 2
        steps: 5
        image: 7
        ```

        ```{figure}
        #| label: fig-cold
        kind: prior-samples
        run: main
        count: 6
        temperatures: [0.3, 1]
        ```

        ```{figure}
        #| label: fig-many
        kind: reconstructions
        run: main
        count: 64
        ```

        ```{figure}
        #| label: fig-way
        kind: interpolations
        run: main
        count: 2
        steps: 3
        ```
        """
}
