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

    /// Every kind about one run.
    static let figureKinds = FigureKind.allCases.filter { $0.subject == .run }.map(\.rawValue)

    /// Those that can be drawn of a run whose evaluation computed no importance-weighted bound
    /// or compared no codes with factors.
    static let flatFigureKinds = figureKinds.filter {
        $0 != "likelihood-curve" && $0 != "factor-map"
    }
    /// Every kind about one run.
    static let tableKinds = TableKind.allCases.filter { $0.subject == .run }.map(\.rawValue)

    private static let text =
        Workbench.report(
            eval: "iwae: [1, 4, 16]\ndraws: 2\neval.mixture: 2\neval.refined_images: 6\n"
                + "disentanglement: true")
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
        + flatFigureKinds.map { figure($0, run: "flat") }.joined()
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
        ```{table}
        #| label: tbl-short
        kind: scores
        run: main
        without: [distances, gaps]
        ```

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

        ```{figure}
        #| label: fig-straight
        kind: interpolations
        run: main
        pairs: [[95, 0], [3, 4]]
        mode: linear
        ```

        ```{figure}
        #| label: fig-plane
        kind: latent-scatter
        run: main
        dims: [2, 1]
        ```

        ```{figure}
        #| label: fig-grid
        kind: manifold
        run: main
        dims: [1, 0]
        steps: 4
        range: 1.5
        image: 3
        ```

        ```{figure}
        #| label: fig-sum
        kind: latent-arithmetic
        run: main
        from: [image 4, 7]
        minus: 1
        plus: [0, image 2]
        ```

        ```{figure}
        #| label: fig-draws
        kind: posterior-samples
        run: main
        images: [9, 2]
        draws: 3
        seed: 5
        ```

        ```{figure}
        #| label: fig-other-seed
        kind: prior-samples
        run: main
        seed: 11
        ```

        ```{figure}
        #| label: fig-mixture
        kind: prior-samples
        run: main
        prior: mixture
        ```

        ```{figure}
        #| label: fig-warm-mixture
        kind: prior-temperatures
        run: main
        prior: mixture
        ```

        ```{figure}
        #| label: fig-runs
        kind: rate-distortion
        runs: [main, flat]
        ```

        ```{figure}
        #| label: fig-runs-psnr
        kind: rate-distortion
        runs: [main, flat]
        distortion: psnr
        ```
        """
}
