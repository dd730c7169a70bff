/// Something that a score needs beyond the model and the images, or why it is not there.
public enum EvaluationTool<Tool> {
    /// Here it is.
    case given(Tool)
    /// The score is not computed for this reason.
    case missing(because: String)
}

/// Reasons why scores are not computed where a caller has nothing to say about it.
public enum MissingTool {
    /// Nobody named a file of LPIPS weights.
    public static let perceptualWeights =
        "name the weights' file in eval.lpips"
    /// Nobody gave a decoder with gradients.
    public static let gradients = "there is no way back through the decoder"
    /// Nobody gave features.
    public static let features = "there is no classifier of this data set to take features from"
}
