/// Something that a rule found, with its numbers and what to try.
public struct Diagnosis: Sendable, Hashable, Codable {
    /// How much it matters.
    public enum Severity: String, Sendable, Codable, Comparable {
        /// Worth knowing; nothing is wrong.
        case information
        /// Worth a look.
        case warning
        /// The model does not do what it is for.
        case bad

        /// From information to bad.
        public static func < (first: Severity, second: Severity) -> Bool {
            first.rank < second.rank
        }

        private var rank: Int {
            switch self {
            case .information: 0
            case .warning: 1
            case .bad: 2
            }
        }
    }

    /// The rule that holds.
    public let rule: DiagnosisRule
    /// How much it matters.
    public let severity: Severity
    /// What was found, a sentence with its numbers.
    public let sentence: String

    /// What to try.
    public var remedy: String { rule.remedy }

    init(_ rule: DiagnosisRule, _ severity: Severity, _ sentence: String) {
        self.rule = rule
        self.severity = severity
        self.sentence = sentence
    }
}

/// What a rule says of a model.
public enum Judgement: Sendable, Hashable {
    /// The rule does not hold; the numbers that say so.
    case fine(String)
    /// The rule holds.
    case found(Diagnosis)
    /// The rule holds, but another one accounts for it; the numbers.
    case follows(from: DiagnosisRule, String)
    /// There is no telling, and why.
    case unknown(String)

    /// What was found; nil for anything else.
    public var diagnosis: Diagnosis? {
        if case .found(let diagnosis) = self { diagnosis } else { nil }
    }

    /// Its sentence, whatever it comes to.
    public var sentence: String {
        switch self {
        case .fine(let text), .follows(_, let text), .unknown(let text): text
        case .found(let diagnosis): diagnosis.sentence
        }
    }
}
