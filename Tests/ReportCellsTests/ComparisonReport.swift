import Literate

/// A small report that compares a run with a denoising autoencoder trained in it, built once.
struct ComparisonReport {
    let workbench: Workbench
    let built: BuiltReport

    nonisolated(unsafe) private static let shared = Result { try ComparisonReport() }

    /// The report, built when the first test asks for it.
    static func get() throws -> ComparisonReport { try shared.get() }

    private init() throws {
        workbench = try Workbench()
        built = try workbench.build(Self.text())
    }

    static let tableKinds = ["denoising", "abilities", "probes"]

    /// The report; `body` goes into the compare cell.
    static func text(_ body: String = "dae.base_ch: 2\ndae.epochs: 2\ndae.batch_size: 32") -> String
    {
        Workbench.report(
            rest: """
                ```{compare}
                #| label: dae
                kind: denoising
                run: main
                count: 40
                \(body)
                ```

                PSNR `{val} dae.psnr_dae_gaussian_30:.2f`, `{val} dae.probe_linear_vae:.1%`.


                """ + tableKinds.map(table).joined() + figures)
    }

    private static func table(_ kind: String) -> String {
        "```{table}\n#| label: tbl-\(kind)\nkind: \(kind)\ncompare: dae\n```\n\n"
    }

    private static let figures = """
        ```{table}
        #| label: tbl-ssim
        kind: denoising
        compare: dae
        metric: ssim
        ```

        ```{figure}
        #| label: fig-scores
        kind: denoising-scores
        compare: dae
        ```

        ```{figure}
        #| label: fig-ratio
        kind: denoising-scores
        compare: dae
        metric: high_frequency
        ```

        ```{figure}
        #| label: fig-rows
        kind: denoised-images
        compare: dae
        images: [39, 5]
        ```

        """
}
