/// What a validation found: the two terms, and the number that epochs are selected by.
public struct Validation: Sendable, Hashable {
    /// Both terms on the validation images.
    public var terms: ObjectiveTerms
    /// Lower is better; comparable between all epochs of a run.
    public var objective: Double

    /// A finding.
    public init(terms: ObjectiveTerms, objective: Double) {
        self.terms = terms
        self.objective = objective
    }

    /// The finding of a model whose whole loss is one number, such as a classifier or autoencoder.
    public init(loss: Double) {
        self.init(terms: ObjectiveTerms(reconstruction: loss, kl: 0), objective: loss)
    }
}
