import Datasets
import Evaluation
import Experiments
import Literate
import Words

/// The box at the top of the page: what the scores and curves say, by the written rules.
package struct Verdict {
    private let result: EvaluationResult
    private let dataset: ImageDataset
    private let config: ExperimentConfig
    /// What each rule says.
    package let diagnoses: Diagnoses

    /// The judgement of a run of `config` on `dataset` by its record and its evaluation.
    package init(
        _ record: RunRecord, _ result: EvaluationResult, dataset: ImageDataset,
        config: ExperimentConfig
    ) {
        self.result = result
        self.dataset = dataset
        self.config = config
        diagnoses = Diagnoses(
            DiagnosisEvidence(
                record.history, trainingDraws: config.train.objective.importanceSamples, result))
    }

    /// What each light is about: its name and the rules behind it.
    private static let topics: [(name: String, rules: [DiagnosisRule])] = [
        ("Training", [.underTrained]), ("Generalisation", [.overFitted]),
        ("Reconstruction", [.overRegularised, .belowBaseline]), ("Latent code", [.collapse]),
        ("Prior", [.underRegularised]), ("Samples", [.holes]), ("Posterior", [.loosePosterior]),
        ("Likelihood", [.untrustworthyBound]),
    ]

    /// The sentence, the lights, and the facts of the run.
    package var output: VerdictOutput {
        VerdictOutput(
            sentence: sentence, lights: Self.topics.map { light($0.name, $0.rules) },
            facts: [
                Fact("Data set", dataset.fullTitle),
                Fact(
                    "Model",
                    "\(config.model.name), base \(config.model.baseChannels), "
                        + "latent \(config.model.latentSize)"),
                Fact("Seed", String(config.seed)),
            ])
    }

    /// The published text: the rules that found a warning or worse, "none" where none did.
    package var found: String {
        let names = diagnoses.found.filter { $0.severity > .information }.map(\.rule.rawValue)
        return names.isEmpty ? "none" : names.joined(separator: ", ")
    }

    private var sentence: String {
        let elbo = number(result.scores.value("test.elbo"))
        let psnr = result.scores.value("test.psnr").map { "at \(number($0)) dB" }
        let start =
            "Test ELBO \(elbo) nats, reconstructions \(psnr ?? "not scored"), "
            + "\(result.activeUnits.active.count) of "
            + "\(Quantity.text(config.model.latentSize, "dimension")) in use"
        func nouns(_ severity: Diagnosis.Severity) -> [String] {
            diagnoses.found.filter { $0.severity == severity }.map(\.rule.noun)
        }
        let (bad, warnings) = (nouns(.bad), nouns(.warning))
        if !bad.isEmpty { return "\(start); something is wrong: \(Self.list(bad))." }
        if !warnings.isEmpty { return "\(start); worth a look: \(Self.list(warnings))." }
        return "\(start); no rule found anything wrong."
    }

    /// The light of the gravest judgement; of equal ones one with advice, else the last, which says most.
    private func light(_ name: String, _ rules: [DiagnosisRule]) -> VerdictOutput.Light {
        let lights = rules.map { light(name, diagnoses[$0]) }
        return lights.reversed().max {
            ($0.level.weight, $0.advice == nil ? 0 : 1) < (
                $1.level.weight, $1.advice == nil ? 0 : 1
            )
        }
            ?? .init(name, .unknown, "No rule is about it.")
    }

    private func light(_ name: String, _ judgement: Judgement) -> VerdictOutput.Light {
        switch judgement {
        case .fine(let sentence): .init(name, .good, sentence)
        case .unknown(let reason): .init(name, .unknown, reason)
        case .found(let diagnosis):
            .init(
                name, .init(diagnosis.severity), diagnosis.sentence, advice: diagnosis.remedy)
        case .follows(let cause, let sentence):
            .init(
                name, .init(diagnoses[cause].diagnosis?.severity ?? .warning),
                "\(sentence) It comes with the \(cause.noun).")
        }
    }

    private func number(_ value: Double?) -> String {
        value.map { Quantity.text($0, decimals: 2) } ?? "not computed"
    }

    private static func list(_ words: [String]) -> String {
        words.count < 2
            ? words.joined()
            : words.dropLast().joined(separator: ", ") + " and " + (words.last ?? "")
    }
}

extension VerdictOutput.Light.Level {
    fileprivate init(_ severity: Diagnosis.Severity) {
        switch severity {
        case .information: self = .information
        case .warning: self = .warning
        case .bad: self = .bad
        }
    }

    /// Which of two lights is shown.
    fileprivate var weight: Int {
        switch self {
        case .unknown: 0
        case .good: 1
        case .information: 2
        case .warning: 3
        case .bad: 4
        }
    }
}
