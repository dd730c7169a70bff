/// What is wrong with an experiment outside of its config's text.
public struct ExperimentError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was found, what was expected and what to do.
    public let description: String

    /// A mistake in words.
    public init(_ description: String) { self.description = description }
}
