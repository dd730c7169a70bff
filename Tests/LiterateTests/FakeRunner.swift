import Files
import Literate

/// A runner that counts what it runs and computes nothing.
final class FakeRunner: CellRunner {
    private(set) var runs: [String] = []
    var failing: Set<String> = []
    var failure: any Error = FakeFailure(description: "out of luck")
    var failedChecks: [UnmetExpectation] = []
    var dataDigest = "digits-1"
    var engine = "1"
    var ownedFiles: [String: [String]] = [:]

    /// Config keys that the fake `train` takes.
    static let configKeys = ["train.beta", "train.epochs", "train.lr"]

    var kinds: [CellKind] { FakeRunner.kinds }

    static let kinds: [CellKind] = [
        CellKind(
            "train", keys: [CellKey("matrix", matrix: .axes)], requiresLabel: true,
            configKey: { key in
                if configKeys.contains(key) { return .accepted }
                return .unknown(nearest: configKeys.nearest(to: key).map { [$0] } ?? [])
            },
            publishes: { [ValueDeclaration("\($0.id).data.title", .text)] }),
        CellKind(
            "eval",
            keys: [
                CellKey("run", refersTo: ["train"], isRequired: true, matrix: .follows),
                CellKey("iwae"),
            ],
            publishes: { cell in
                let run = cell["run"]?.scalarText ?? ""
                return [ValueDeclaration("\(run).test.elbo"), ValueDeclaration("\(run).test.kl")]
            }),
        CellKind(
            "figure",
            keys: [
                CellKey("kind"), CellKey("run", refersTo: ["train"]),
                CellKey("after", refersTo: ["figure"]),
                CellKey("runs", refersTo: ["train"], matrix: .everyPoint),
            ],
            numbering: .figure,
            needs: { cell in
                cell["kind"]?.text == "kl" ? ["\(cell["run"]?.scalarText ?? "").test.kl"] : []
            },
            uses: { cell in
                cell["kind"]?.text == "samples" ? ["\(cell["run"]?.scalarText ?? "").test.kl"] : []
            },
            validate: { cell in
                if let kind = cell["kind"], kind.text == "pie" {
                    throw cell.error("no figure 'pie'", at: kind.location)
                }
            }),
        CellKind("table", keys: [CellKey("run", refersTo: ["train"])], numbering: .table),
        CellKind("check", keysAreValues: true),
    ]

    func cacheInputs(of cell: Cell, in context: CellContext) throws -> [String: String] {
        cell.kind == "train" ? ["data": dataDigest, "engine": engine] : [:]
    }

    func run(_ cell: Cell, in context: CellContext) throws -> CellResult {
        runs.append(cell.id)
        if failing.contains(cell.id) { throw failure }
        var result = CellResult()
        if let matrix = cell.matrix {
            result.values = matrix.gathered(context.values)
            return result
        }
        switch cell.kind {
        case "train": result.values["\(cell.id).data.title"] = PublishedValue(text: "MNIST")
        case "eval":
            let run = cell["run"]?.scalarText ?? ""
            result.values["\(run).test.elbo"] = PublishedValue(
                -96.214, unit: "nats per image", count: 10_000, standardError: 0.331,
                protocolNote: "one draw per image")
            result.values["\(run).test.kl"] = PublishedValue(notComputed: "no time")
        case "check": result.failedChecks = failedChecks
        default: result.outputs = [.markdown("drawn")]
        }
        for name in ownedFiles[cell.id] ?? [] {
            try AtomicFile(FilePath.join(context.outputFolder, name)).write("made by \(cell.id)")
            result.files.append(name)
        }
        return result
    }
}

struct FakeFailure: Error, CustomStringConvertible { let description: String }

/// A small report with every kind of dependence.
let smallReport = """
    ---
    title: "A VAE on `{val} main.data.title`"
    params: {beta: 1.0}
    ---
    The ELBO (@eq-elbo) is `{val} main.test.elbo:.2f` nats, see @fig-kl and @sec-end.

    $$ \\log p(x) $$ {#eq-elbo}

    ```{figure}
    #| label: fig-kl
    #| caption: "KL per dimension"
    kind: kl
    run: main
    ```

    ```{eval}
    run: main
    ```

    ```{train}
    #| label: main
    train.beta: ${params.beta}
    ```

    ```{figure}
    #| label: fig-free
    kind: curves
    ```

    # The end {#sec-end}
    """

func parse(_ text: String, overrides: [String] = [], files: [String: String] = [:]) throws
    -> Document
{
    try DocumentParser.parse(
        SourceText(name: "reports/small.md", text: text), kinds: FakeRunner.kinds,
        overrides: try overrides.map { try ParameterOverride($0) },
        files: ReportFiles { path in
            guard let text = files[path] else {
                throw FileError(
                    action: "read", path: path, problem: "it is not there", advice: "look")
            }
            return SourceText(name: path, text: text)
        })
}
