import Evaluation
import Experiments
import Literate

extension FigureKind {
    /// The rules whose findings stand beside this figure, since it shows what they are about.
    package var rules: [DiagnosisRule] {
        switch self {
        case .lossCurves: [.underTrained, .overFitted]
        case .klPerDimension: [.collapse]
        case .reconstructions: [.overRegularised, .belowBaseline]
        case .rateDecomposition: [.underRegularised]
        case .priorSamples: [.holes]
        case .likelihoodCurve: [.loosePosterior, .untrustworthyBound]
        default: []
        }
    }

    /// Whether those rules look at scores, and not at the training alone.
    var judgesScores: Bool { !rules.isEmpty && self != .lossCurves }
}

extension ExperimentCells {
    /// What rules found about what the figure shows, beside the first figure of its kind of the run.
    func callouts(
        _ cell: Cell, _ kind: FigureKind, in context: CellContext
    ) throws -> [CellOutput] {
        guard tellsDiagnoses(cell), kind.subject == .run else { return [] }
        let run = try cell.run()
        let view = try view(ofRun: run, in: context.outputFolder)
        let hasScores = kind.judgesScores && context.values["\(run).test.elbo"] != nil
        guard hasScores || !kind.judgesScores else { return [] }
        let diagnoses = Diagnoses(
            DiagnosisEvidence(
                try RunRecord.read(from: view.folder).history,
                trainingDraws: view.config.train.objective.importanceSamples,
                hasScores ? try view.evaluation : nil))
        return kind.rules.compactMap { diagnoses[$0].diagnosis }.map { .callout($0.callout) }
    }

    /// Whether a figure cell is the one that findings stand beside: the first of its kind and run.
    func tellsDiagnoses(_ cell: Cell) -> Bool {
        func subject(_ cell: Cell) -> [String?] {
            [cell["kind"]?.scalarText, cell["run"]?.scalarText]
        }
        guard let kind = cell["kind"]?.scalarText.flatMap(FigureKind.init), !kind.rules.isEmpty
        else { return false }
        return cellsOfKind("figure").first { subject($0) == subject(cell) }?.id == cell.id
    }
}

extension Diagnosis {
    /// The diagnosis as a note on the page.
    var callout: CalloutOutput {
        let kind: CalloutKind =
            switch severity {
            case .information: .note
            case .warning: .warning
            case .bad: .caution
            }
        return CalloutOutput(kind, title: rule.title, "\(sentence) *Try* \(remedy).")
    }
}
