import Words

/// Writes scores with their protocol sentences, for one data set and one set of options.
struct ScoreSheet {
    /// The unit of bounds and of their parts.
    static let nats = "nats per image"

    /// What was asked for.
    let options: EvaluationOptions
    /// Images scored.
    let count: Int
    /// Scores written so far.
    private(set) var scores = Scores()

    init(options: EvaluationOptions, count: Int) {
        self.options = options
        self.count = count
    }

    /// "10,000 test images of MNIST, grey values in 0 … 1".
    private var subject: String {
        "\(Quantity.text(count)) \(options.split) images of \(options.dataTitle), "
            + options.binarization.sentencePart
    }

    /// Adds a mean over images with its standard error.
    mutating func add(
        _ name: String, title: String, mean values: [Double], unit: String, how: String
    ) {
        let statistics = SampleStatistics(values)
        add(
            name, title: title, .value(statistics.mean), unit: unit,
            standardError: statistics.standardError,
            how: how + "; mean and standard error over")
    }

    /// Adds one outcome; `how` runs on into "N test images of …".
    mutating func add(
        _ name: String, title: String, _ outcome: Score.Outcome, unit: String,
        standardError: Double? = nil, how: String
    ) {
        insert(
            Score(
                name: "\(options.split).\(name)", title: title, outcome: outcome, unit: unit,
                count: count, standardError: standardError, protocolText: "\(how) \(subject)."))
    }

    /// Adds a score whose protocol is complete.
    mutating func insert(_ score: Score) { scores.insert(score) }
}
