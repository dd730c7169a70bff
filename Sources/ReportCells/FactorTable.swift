import Evaluation
import Literate
import Words

/// The table of the known factors and the dimensions that stand for them.
struct FactorTable {
    private let scores: DisentanglementScores
    private let title: String

    init(_ view: RunView, title: String) throws {
        guard let scores = try view.evaluation.disentanglement else {
            throw CellError(
                "the evaluation could not compare codes with factors: sprites and drawn digits have "
                    + "known ones")
        }
        self.scores = scores
        self.title = title
    }

    var output: TableOutput {
        TableOutput(
            columns: [
                "Factor", "Values", "Best dimension", "Information", "Second", "Information", "Gap",
                "Completeness", "Told right",
            ],
            rows: scores.factors.indices.map(row),
            defaultCaption:
                "The factors of \(title) over \(Quantity.text(scores.countedCount, "test image")). Information: mutual "
                + "information of dimension and factor as a share of the factor's entropy; the gaps' "
                + "mean is MIG. Completeness and the share told right are of DCI's trees; of that "
                + "share, luck alone gives one in the number of values.")
    }

    private func row(_ factor: Int) -> [TableCell] {
        let shares = scores.information[factor]
        let order = shares.indices.sorted { (shares[$1], $0) < (shares[$0], $1) }
        let (best, second) = (order[0], order[1])
        let facts = scores.factors[factor]
        return [
            TableCell(.text(facts.name), note: facts.meaning),
            .number(Double(facts.valueCount), ".0f"), .text("z\(best)"),
            .number(shares[best], ".3f"), .text("z\(second)"), .number(shares[second], ".3f"),
            .number(shares[best] - shares[second], ".3f"), .number(facts.completeness, ".3f"),
            .number(facts.accuracy, ".3f"),
        ]
    }
}
