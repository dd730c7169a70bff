import Evaluation

/// Test images' codes in the plane of the latent scatter, and the way from a code to its place.
struct PlaygroundScatter: Encodable {
    /// Most points that a page holds.
    private static let mostPoints = 1000

    /// The code in the plane's middle.
    let mean: [Float]
    /// Two unit directions, one after the other.
    let axes: [Float]
    /// Places, across and up in turn, in thousandths.
    let points: [Int]
    let labels: [Int]
    let classes: [String]

    /// The two dimensions of a code of two numbers, else the two principal directions; nil for codes of
    /// one number.
    init?(_ view: RunView) throws {
        let size = view.config.model.latentSize
        let (evaluation, dataset) = (try view.evaluation, try view.dataset)
        guard size > 1, let directions = evaluation.codeDirections else { return nil }
        let all: [Float]
        if size == 2 {
            mean = [0, 0]
            axes = [1, 0, 0, 1]
            all = try view.posterior().mean
        } else {
            mean = directions.mean.values
            axes = directions.directions.values
            all = directions.coordinates.values
        }
        let kept = all.prefix(2 * Self.mostPoints)
        points = kept.map { Int(($0 * 1000).rounded()) }
        labels = dataset.test.labels.prefix(kept.count / 2).map { Int($0) }
        classes = dataset.classNames
    }
}
