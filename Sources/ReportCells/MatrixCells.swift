import Literate
import Words

extension ExperimentCells {
    /// Means over the runs of a matrix; the eval cell shows a table of the runs.
    func gather(_ matrix: RunMatrix, _ cell: Cell, in context: CellContext) -> CellResult {
        let values = matrix.gathered(context.values)
        guard cell.kind == "eval" else { return CellResult(values: values) }
        let known = context.values.merging(values) { $1 }
        let runs =
            "The \(Quantity.text(matrix.points.count, "run")) of \(matrix.label), scored on the test "
            + "images"
        var tables = [Self.table(matrix, known, Self.columns, caption: runs)]
        if matrix.points.contains(where: { known["\($0.label).test.mig"] != nil }) {
            tables.append(
                Self.table(
                    matrix, known, Self.factorColumns,
                    caption: "Codes of the same runs against the factors that the test images were "
                        + "drawn from"))
        }
        return CellResult(outputs: tables.map { .table($0) }, values: values)
    }

    private typealias Columns = [(title: String, name: String, format: String)]

    private static let factorColumns: Columns = [
        ("KL, nats", "kl", ".2f"), ("MIG", "mig", ".3f"),
        ("DCI disentanglement", "dci_disentanglement", ".3f"),
        ("Completeness", "dci_completeness", ".3f"),
        ("Informativeness", "dci_informativeness", ".3f"), ("SAP", "sap", ".3f"),
        ("FactorVAE score", "factor_vae", ".3f"),
    ]

    private static let columns: Columns = [
        ("ELBO, nats", "elbo", ".2f"), ("Reconstruction, nats", "reconstruction", ".2f"),
        ("KL, nats", "kl", ".2f"), ("IWAE, nats", "iwae", ".2f"), ("PSNR, dB", "psnr", ".2f"),
        ("SSIM", "ssim", ".4f"), ("Active dimensions", "active_units", ".0f"),
    ]

    /// Rows: the runs, then their means over seeds where seeds vary; columns: what varies, then scores.
    private static func table(
        _ matrix: RunMatrix, _ values: [String: PublishedValue], _ columns: Columns, caption: String
    ) -> TableOutput {
        let shown = columns.filter { column in
            matrix.points.contains { values["\($0.label).test.\(column.name)"] != nil }
        }
        func row(_ label: String, _ coordinates: [String: String], isMean: Bool) -> [TableCell] {
            matrix.axes.map { axis in
                let text = coordinates[axis.name] ?? "mean ± sd"
                return TableCell(
                    Double(text).map { .number($0, format: "") } ?? .text(text),
                    isEmphasised: isMean)
            }
                + shown.map { column in
                    // A mean of whole numbers is none.
                    let ofMean = column.format == ".0f" ? ".1f±" : "\(column.format)±"
                    let format = isMean ? ofMean : column.format
                    return values["\(label).test.\(column.name)"].map {
                        TableCell(.value($0, format: format), isEmphasised: isMean)
                    } ?? TableCell(.empty)
                }
        }
        func named(_ point: MatrixPoint) -> [String: String] {
            Dictionary(point.coordinates.map { ($0.name, $0.value) }) { $1 }
        }
        let runs = matrix.points.map { row($0.label, named($0), isMean: false) }
        let seed = matrix.axes.first { $0.key == "seed" }?.name
        let means = matrix.subsets.filter { subset in
            seed != nil && subset.coordinates.count == matrix.axes.count - 1
                && !subset.coordinates.contains { $0.name == seed }
        }.map { row($0.label, named($0), isMean: true) }
        let whole =
            seed != nil && matrix.axes.count == 1
            ? [row(matrix.label, [:], isMean: true)] : []
        return TableOutput(
            columns: matrix.axes.map(\.name) + shown.map(\.title), rows: runs + means + whole,
            defaultCaption:
                caption
                + (means.isEmpty && whole.isEmpty
                    ? "." : "; means over seeds ± their standard deviation."))
    }
}
