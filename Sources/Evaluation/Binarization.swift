import Datasets

/// What the pixels of scored images are; ``Datasets/Binarization`` under the name that scores use.
public typealias Binarization = Datasets.Binarization

extension Datasets.Binarization {
    /// What the targets are, for a protocol sentence.
    var sentencePart: String {
        switch self {
        case .none: "grey values in 0 … 1"
        case .dynamic: "pixels binarised dynamically (fixed seed \(Self.testSeed))"
        case .static: "pixels binarised statically (one draw for every run, seed \(Self.testSeed))"
        case .threshold: "pixels binarised by a threshold at ½"
        }
    }

    /// What a bound on log p(x) of these targets may be called.
    var boundName: String {
        switch self {
        case .none: "greyscale Bernoulli score"
        case .dynamic, .static, .threshold: "−NLL"
        }
    }
}
