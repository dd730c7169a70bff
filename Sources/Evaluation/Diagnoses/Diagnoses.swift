/// What every rule says of one model.
public struct Diagnoses: Sendable {
    private let judgements: [DiagnosisRule: Judgement]

    /// Applies all rules. Where one follows from another that holds, the other is the diagnosis.
    public init(_ evidence: DiagnosisEvidence) {
        let all = DiagnosisRule.allCases
        let first = Dictionary(uniqueKeysWithValues: all.map { ($0, $0.judge(evidence)) })
        judgements = Dictionary(
            uniqueKeysWithValues: all.map { rule in
                let judgement = first[rule] ?? .unknown("The rule was not applied.")
                guard case .found(let diagnosis) = judgement,
                    let cause = rule.causes.first(where: { first[$0]?.diagnosis != nil })
                else { return (rule, judgement) }
                return (rule, .follows(from: cause, diagnosis.sentence))
            })
    }

    /// What a rule says.
    public subscript(rule: DiagnosisRule) -> Judgement {
        judgements[rule] ?? .unknown("The rule was not applied.")
    }

    /// What was found, in the rules' order.
    public var found: [Diagnosis] { DiagnosisRule.allCases.compactMap { self[$0].diagnosis } }
}

extension DiagnosisRule {
    /// What this rule alone says of the numbers.
    func judge(_ evidence: DiagnosisEvidence) -> Judgement {
        switch self {
        case .collapse: evidence.collapse
        case .overRegularised: evidence.overRegularised
        case .belowBaseline: evidence.belowBaseline
        case .underRegularised: evidence.underRegularised
        case .underTrained: evidence.underTrained
        case .overFitted: evidence.overFitted
        case .holes: evidence.holes
        case .loosePosterior: evidence.loosePosterior
        case .untrustworthyBound: evidence.untrustworthyBound
        }
    }
}
