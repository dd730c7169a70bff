import Literate

extension ExperimentCells {
    /// `check`: every key is the name of a published value.
    static var checkKind: CellKind {
        CellKind(
            "check", keysAreValues: true,
            validate: { cell in
                guard !cell.fields.isEmpty else {
                    throw cell.error(
                        "this check names no value",
                        suggestion: "add a line like 'main.test.elbo: {min: -100}'")
                }
                _ = try cell.fields.map { try Expectation($0, in: cell) }
            })
    }

    /// Compares values with what the author expects of them.
    func check(_ cell: Cell, in context: CellContext) throws -> CellResult {
        var result = CellResult()
        var rows: [[TableCell]] = []
        for expectation in try cell.fields.map({ try Expectation($0, in: cell) }) {
            let name = expectation.name
            guard let value = context.values[name] else {
                throw CellError("'\(name)' has no value")
            }
            let objection = try expectation.objection(to: value)
            if let objection {
                result.failedChecks.append(
                    UnmetExpectation(
                        name, "\(name) should be \(expectation.words), but \(objection)"))
            }
            let format = value.number == nil ? "" : "±"
            rows.append([
                TableCell(.text(name), note: value.protocolNote), .value(value, format),
                .text(expectation.words),
                TableCell(
                    .text(objection.map { "fails: \($0)" } ?? "holds"),
                    isEmphasised: objection != nil),
            ])
        }
        let failed = result.failedChecks.count
        let verdict = failed == 0 ? "All hold." : "\(failed) of \(rows.count) fail."
        result.outputs = [
            .table(
                TableOutput(
                    columns: ["Value", "Measured", "Expected", "Result"], rows: rows,
                    defaultCaption: "What this report has to show. \(verdict)"))
        ]
        return result
    }
}
