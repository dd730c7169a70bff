/// A model that runs in the page: its description, its weights, and the drawing that stands in for it.
public struct PlaygroundOutput: Sendable, Equatable, Codable {
    /// What the page's script reads: one JSON object.
    public let description: String
    /// Weights of eight bits, base64.
    public let weights: String
    /// What is seen where no script runs, and in other formats; its caption is the playground's.
    public let fallback: FigureOutput

    /// A playground.
    public init(description: String, weights: String, fallback: FigureOutput) {
        self.description = description
        self.weights = weights
        self.fallback = fallback
    }
}
