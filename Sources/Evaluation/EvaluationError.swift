/// Why scores cannot be computed at all; a single score that cannot says so in its own value.
public enum EvaluationError: Error, Equatable, CustomStringConvertible {
    /// The split to be scored holds no image.
    case noImages(split: String)
    /// The model takes images of another size.
    case wrongImageSize(found: Int, expected: Int)
    /// The model's output is infinite or undefined.
    case notFinite(what: String)
    /// An option is out of its range.
    case badOption(name: String, found: String, expected: String)
    /// The data set has no classes that a classifier could learn.
    case noClasses(data: String)
    /// A file of perceptual weights lacks a tensor or has one of another shape.
    case badWeights(file: String, problem: String)

    /// What was found, what was expected and what to do.
    public var description: String {
        switch self {
        case .noImages(let split):
            "the \(split) split has no images; scores need at least one"
        case .wrongImageSize(let found, let expected):
            "the images have \(found) numbers each but the model was built for \(expected); "
                + "evaluate on the data the model was trained on"
        case .notFinite(let what):
            "the model gives \(what) that are not finite numbers, so the training has diverged; "
                + "try a smaller learning rate"
        case .badOption(let name, let found, let expected):
            "\(name) is \(found); expected \(expected)"
        case .noClasses(let data):
            "\(data) has no labels of at least two classes, so no classifier gives features for it"
        case .badWeights(let file, let problem):
            "\(file): \(problem); LPIPS needs the trunk as torchvision names it "
                + "(features.0.weight …, AlexNet or SqueezeNet 1.1) and the heads as lpips names them "
                + "(lin0.model.1.weight …), in one file or in two"
        }
    }
}
