/// How far an evaluation has come; sent after each block of images.
public struct EvaluationProgress: Sendable, Hashable {
    /// What is being computed, for a reader: "IWAE-64".
    public let stage: String
    /// The part of a stage with many: "VAE, Gaussian noise, σ = 0.3".
    public let part: String?
    /// Done in this stage, or in this part of it.
    public let completed: Int
    /// To be done in this stage, or in this part of it.
    public let total: Int
    /// What is counted.
    public let unit: String

    /// Receives progress; called on the thread that evaluates.
    public typealias Report = (EvaluationProgress) -> Void

    init(
        stage: String, part: String? = nil, completed: Int, total: Int, unit: String = "images"
    ) {
        self.stage = stage
        self.part = part
        self.completed = completed
        self.total = total
        self.unit = unit
    }

    /// The same as a part of a larger stage.
    func within(_ stage: String) -> EvaluationProgress {
        EvaluationProgress(
            stage: stage, part: self.stage, completed: completed, total: total, unit: unit)
    }
}
