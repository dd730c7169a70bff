/// How far an evaluation has come; sent after each block of images.
public struct EvaluationProgress: Sendable, Hashable {
    /// What is being computed, for a reader: "IWAE-64".
    public let stage: String
    /// Images done in this stage.
    public let completed: Int
    /// Images in this stage.
    public let total: Int

    /// Receives progress; called on the thread that evaluates.
    public typealias Report = (EvaluationProgress) -> Void
}
