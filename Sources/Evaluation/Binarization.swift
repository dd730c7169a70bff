import Tensors

/// What the pixels of scored images are: two different data sets, never mixed in one table.
public enum Binarization: String, Codable, Sendable, Hashable, CaseIterable {
    /// Grey values in 0 … 1 as they are. A Bernoulli "likelihood" of them is not normalised, so its
    /// scores are called greyscale Bernoulli scores and never NLL.
    case none
    /// Each pixel is 1 with its grey value as probability, drawn once for the test set with a seed
    /// that is the same in every run.
    case dynamic

    /// The seed of the test set's binarisation, whatever the run's seed.
    public static let testSeed: UInt64 = 0

    /// What the targets are, for a protocol sentence.
    var sentencePart: String {
        switch self {
        case .none: "grey values in 0 … 1"
        case .dynamic: "pixels binarised dynamically (fixed seed \(Self.testSeed))"
        }
    }

    /// What a bound on log p(x) of these targets may be called.
    var boundName: String {
        switch self {
        case .none: "greyscale Bernoulli score"
        case .dynamic: "−NLL"
        }
    }
}
