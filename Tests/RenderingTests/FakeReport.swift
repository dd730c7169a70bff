import Files
import Literate
import Rendering

/// A runner with the cells of the reports that ship, whose results are made up.
struct FakeReportRunner: CellRunner {
    var failing: Set<String> = []
    var banners: [String] = []

    static let trainNames: [(String, PublishedValue)] = [
        ("data.title", PublishedValue(text: "MNIST")),
        ("data.train_count", PublishedValue(integer: 55_000)),
        ("data.validation_count", PublishedValue(integer: 5000)),
        ("data.test_count", PublishedValue(integer: 10_000)),
        ("model.parameters", PublishedValue(integer: 4_302_113)),
        ("latent_size", PublishedValue(integer: 32)), ("seed", PublishedValue(integer: 0)),
        ("train.epochs", PublishedValue(integer: 10)),
        ("train.selected_epoch", PublishedValue(integer: 10)),
        ("train.beta", PublishedValue(1)), ("train.batch_size", PublishedValue(integer: 128)),
        ("train.iwae_samples", PublishedValue(integer: 5)),
    ]

    static let scores: [(String, PublishedValue, String)] = [
        ("elbo", score(-96.214, "nats per image", 0.331), ".2f"),
        ("reconstruction", score(-70.512, "nats per image", 0.321), ".2f"),
        ("kl", score(25.702, "nats per image", 0.041), ".2f"),
        ("iwae_64", score(-92.113, "nats per image", 0.329), ".2f"),
        ("iwae", score(-92.113, "nats per image", 0.329), ".2f"),
        ("iwae_samples", PublishedValue(integer: 64), ".0f"),
        ("nll", score(92.113, "nats per image", 0.329), ".2f"),
        ("active_units", PublishedValue(integer: 21), ".0f"),
        ("psnr", score(22.413, "dB", 0.021), ".2f"), ("psnr_pca", score(18.562, "dB", 0.02), ".2f"),
        ("psnr_mean_image", score(11.861, "dB", 0.01), ".2f"),
        ("ssim", score(0.924, "", 0.001), ".3f"), ("ssim_pca", score(0.708, "", 0.001), ".3f"),
        ("ssim_mean_image", score(0.221, "", 0.001), ".3f"),
        ("mig", score(0.312, "", 0.004), ".3f"),
        ("dci_disentanglement", score(0.584, "", 0.01), ".3f"),
        ("dci_completeness", score(0.551, "", 0.01), ".3f"),
        ("dci_informativeness", score(0.912, "", 0.002), ".3f"),
        ("sap", score(0.121, "", 0.003), ".3f"), ("factor_vae", score(0.842, "", 0.005), ".3f"),
        ("lpips", PublishedValue(notComputed: "no weights were given"), ".3f"),
        ("diagnoses", PublishedValue(text: "none"), ""),
        ("mixture_gain", score(1.214, "nats per image", 0.021), ".2f"),
        ("probe_linear", score(0.912, "", 0.003), ".3f"),
        ("probe_knn", score(0.964, "", 0.002), ".3f"),
    ]

    /// What a comparison with an autoencoder publishes below its label.
    static let comparison: [(String, PublishedValue)] =
        [
            ("dae.parameters", PublishedValue(integer: 1_667_521)),
            ("dae.code_size", PublishedValue(integer: 4096)),
            ("dae.noise", PublishedValue(text: "Gaussian noise, σ = 0.1 or 0.3")),
        ]
        + ["vae", "dae", "identity"].flatMap { method in
            ["clean", "gaussian_10", "gaussian_50", "gaussian_100"].map {
                ("psnr_\(method)_\($0)", score(17.12, "dB", 0.021))
            }
        }

    private static func score(_ value: Double, _ unit: String, _ error: Double) -> PublishedValue {
        PublishedValue(
            value, unit: unit, count: 10_000, standardError: error,
            protocolNote:
                "Mean over the test images; one draw from the posterior for each."
        )
    }

    var kinds: [CellKind] { FakeReportRunner.kinds }

    static let kinds: [CellKind] = {
        let run = CellKey("run", refersTo: ["train"], isRequired: true, matrix: .follows)
        let about = [
            CellKey("run", refersTo: ["train"]), CellKey("compare", refersTo: ["compare"]),
        ]
        let kind = CellKey("kind", isRequired: true)
        return [
            CellKind(
                "data", requiresLabel: true, configKey: { _ in .accepted },
                publishes: { cell in
                    trainNames.map {
                        ValueDeclaration(
                            "\(cell.id).\($0.0.replacing("data.", with: ""))",
                            $0.0 == "data.title" ? .text : .number)
                    }
                }),
            CellKind(
                "train", keys: [CellKey("matrix", matrix: .axes)], requiresLabel: true,
                configKey: { _ in .accepted },
                publishes: { cell in
                    trainNames.map {
                        ValueDeclaration(
                            "\(cell.id).\($0.0)", $0.0 == "data.title" ? .text : .number)
                    }
                }),
            CellKind(
                "eval", keys: [run, CellKey("iwae"), CellKey("disentanglement")],
                configKey: { _ in .accepted },
                publishes: { cell in
                    scores.map {
                        ValueDeclaration(
                            "\(cell["run"]?.text ?? "").test.\($0.0)",
                            $0.0 == "diagnoses" ? .text : .number)
                    }
                }),
            CellKind(
                "compare", keys: [kind, run], requiresLabel: true, configKey: { _ in .accepted },
                publishes: { cell in
                    comparison.map {
                        ValueDeclaration(
                            "\(cell.id).\($0.0)", $0.0 == "dae.noise" ? .text : .number)
                    }
                }),
            CellKind(
                "figure",
                keys: [kind, CellKey("runs", refersTo: ["train"], matrix: .everyPoint)] + about
                    + ["image", "count", "measure", "prior", "temperatures"].map { CellKey($0) },
                numbering: .figure),
            CellKind(
                "table", keys: [kind, CellKey("metric"), CellKey("without")] + about,
                numbering: .table,
                needs: { cell in
                    let run = cell["run"]?.text ?? "main"
                    return run.contains("@") ? [] : ["\(run).test.elbo"]
                }),
            CellKind("playground", keys: [run], numbering: .figure),
            CellKind("check", keysAreValues: true), CellKind("note", keys: [CellKey("text")]),
        ]
    }()

    func cacheInputs(of cell: Cell, in context: CellContext) -> [String: String] { [:] }

    func run(_ cell: Cell, in context: CellContext) throws -> CellResult {
        if failing.contains(cell.id) { throw FakeFailure(description: "no <luck>\nat all") }
        if let matrix = cell.matrix { return CellResult(values: matrix.gathered(context.values)) }
        let run = cell["run"]?.text ?? cell.id
        switch cell.kind {
        case "data":
            return CellResult(
                outputs: [.figure(FakeDrawing.figure(cell))],
                values: Dictionary(
                    uniqueKeysWithValues: Self.trainNames.map {
                        ("\(cell.id).\($0.0.replacing("data.", with: ""))", $0.1)
                    }))
        case "train":
            return CellResult(
                values: Dictionary(
                    uniqueKeysWithValues: Self.trainNames.map { ("\(run).\($0.0)", $0.1) }),
                banners: banners,
                stamp: [
                    Fact("Time", "2026-01-02 03:04 UTC"), Fact("Host", "2 × AMD EPYC, avx512_bf16"),
                    Fact("Duration", "3 min 20 s"), Fact("Engine", "oneDNN 2.6.3, float32"),
                ], record: #"{"config":"a </script> b"}"#)
        case "eval":
            return CellResult(
                outputs: [.verdict(Self.verdict)],
                values: Dictionary(
                    uniqueKeysWithValues: Self.scores.map { ("\(run).test.\($0.0)", $0.1) }))
        case "compare":
            return CellResult(
                outputs: [.table(Self.plainTable)],
                values: Dictionary(
                    uniqueKeysWithValues: Self.comparison.map { ("\(cell.id).\($0.0)", $0.1) }))
        case "figure": return CellResult(outputs: [.figure(FakeDrawing.figure(cell))])
        case "playground":
            let playground = PlaygroundOutput(
                description: #"{"latent":"</script>"}"#, weights: "AAAA",
                fallback: FakeDrawing.figure(cell))
            return CellResult(outputs: [.playground(playground)])
        case "table":
            let isScores = cell["kind"]?.text == "scores"
            return CellResult(outputs: [.table(isScores ? Self.table : Self.plainTable)])
        case "check": return CellResult(outputs: [.table(Self.plainTable)])
        default: return CellResult(outputs: [.markdown(cell["text"]?.text ?? "")])
        }
    }

    static let verdict = VerdictOutput(
        sentence: "Test ELBO −96.21 nats, reconstructions at 22.41 dB, 21 of 32 dimensions in use; "
            + "no rule found anything wrong.",
        lights: [
            .init(
                "Training", .good,
                "the validation ELBO gained 0.21 % over the last epoch: it has settled"),
            .init("Generalisation", .good, "validation ELBO −96.30, training −95.11 nats"),
            .init(
                "Reconstruction", .good,
                "22.41 dB against 11.86 dB for the mean image and 18.56 dB for PCA"),
            .init("Latent code", .warning, "25.7 nats in 21 of 32 dimensions"),
            .init("Posterior", .bad, "IWAE-64 is 4.1 nats above the ELBO"),
            .init("Samples", .unknown, "not judged here"),
        ],
        facts: [
            Fact("Data set", "MNIST"), Fact("Model", "vae_conv, base 32, latent 32"),
            Fact("Seed", "0"),
        ])

    static let plainTable = TableOutput(
        columns: ["Layer", "Output", "Parameters"],
        rows: (1...20).map { [.text("layer.\($0)"), .text("32×14×14"), .number(9248, ".0f")] },
        defaultCaption: "The layers.")

    static let table = TableOutput(
        columns: ["Score", "Value", "Standard error", "Unit", "Images"],
        rows: scores.map { name, value, format in
            [
                TableCell(.text(name), note: value.protocolNote), .value(value, format),
                value.standardError.map { .number($0, format) } ?? TableCell(.empty),
                value.unit.map { .text($0) } ?? TableCell(.empty),
                value.count.map { .number(Double($0), ".0f") } ?? TableCell(.empty),
            ]
        }, defaultCaption: "Scores on the test images. Hover over or focus a name for its protocol."
    )
}

struct FakeFailure: Error, CustomStringConvertible { let description: String }

/// A drawing that uses the theme's classes.
enum FakeDrawing {
    static func figure(_ cell: Cell) -> FigureOutput {
        let kind = cell["kind"]?.text ?? ""
        let run = cell["run"]?.text ?? cell["runs"]?.items.first?.text ?? "main"
        let subject = cell.kind == "data" ? "\(cell.id).title" : "\(run).data.title"
        let isWide = [
            "loss-curves", "reconstructions", "traversals", "interpolations", "prior-samples",
        ].contains(kind)
        let width = isWide ? 960 : 660
        let bars = (0..<20).map { index in
            let height = 200 - index * 9
            return
                "<rect class=\"f-0\" x=\"\(40 + index * (width - 80) / 20)\" y=\"\(230 - height)\" "
                + "width=\"\((width - 80) / 26)\" height=\"\(height)\"/>"
        }.joined()
        return FigureOutput(
            svg:
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) 260\" width=\"100%\">"
                + "\(bars)<path class=\"s-muted\" fill=\"none\" d=\"M30 230H\(width - 20)\"/>"
                + "<text class=\"f-ink\" x=\"40\" y=\"20\" font-size=\"13\">\(kind)</text></svg>",
            imageFile: nil, alternativeText: "Bars of “\(kind)”, falling from left to right.",
            defaultCaption:
                "The figure *\(kind)* of `{val} \(subject)`, with $\\sigma_j^2$ on the axis.",
            data: TableOutput(
                columns: ["Dimension", "KL"],
                rows: (0..<5).map {
                    [.number(Double($0), ".0f"), .number(3.1 - Double($0) / 2, ".2f")]
                }),
            width: isWide ? .wide : .text)
    }

    /// A small stand-in for the charts' style sheet.
    static let style = """
        svg{--c-0:light-dark(#2F6FB7,#6EA8E5);--c-ink:light-dark(#1B1F27,#E8EAED);\
        --c-muted:light-dark(#5B6470,#A3ACB8)}
        .f-0{fill:var(--c-0)}.f-ink{fill:var(--c-ink)}.s-muted{stroke:var(--c-muted)}
        """
}

/// Builds a report's text with the made-up runner.
func build(
    _ text: String, runner: FakeReportRunner = FakeReportRunner(), folder: String,
    overrides: [String] = [], files: [String: String] = [:]
) throws -> BuiltReport {
    let document = try DocumentParser.parse(
        SourceText(name: "reports/report.md", text: text), kinds: runner.kinds,
        overrides: try overrides.map { try ParameterOverride($0) },
        files: ReportFiles { path in
            guard let text = files[path] ?? EmbeddedFiles.text(named: path) else {
                throw FileError(
                    action: "read", path: path, problem: "it is not there", advice: "look")
            }
            return SourceText(name: path, text: text)
        })
    try MathML.check(document)
    return try ReportBuild(document, runner: runner, outputFolder: folder).run()
}

func page(_ report: BuiltReport) throws -> String {
    try HTMLRenderer(template: try PageTemplate(), figureStyle: FakeDrawing.style).render(report)
}
