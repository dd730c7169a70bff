import Datasets
import Evaluation
import Experiments
import Foundation

/// Test images' codes in the plane of the latent scatter, and the way from a code to its place.
struct PlaygroundScatter: Encodable {
    /// Most points that a page holds.
    private static let mostPoints = 1000

    /// The code in the plane's middle, then two unit directions.
    let frame: CompactFloats
    /// Least and greatest place across, then up.
    let box: [Double]
    /// Places, across and up in turn: base64 of 16 bits each, little-endian, between the ends of `box`.
    let points: Data
    /// Each point's class, base64 of bytes; empty without classes.
    let labels: Data
    let classes: [String]
    /// Whether the plane is that of two dimensions themselves.
    let direct: Bool

    /// The two dimensions of a code of two numbers, else the two principal directions; nil where one
    /// test image has none.
    init?(_ view: RunView) throws {
        let size = view.config.model.latentSize
        let (evaluation, dataset) = (try view.evaluation, try view.dataset)
        guard let directions = evaluation.codeDirections else { return nil }
        direct = size == 2
        let all: [Float]
        if direct {
            frame = CompactFloats([0, 0, 1, 0, 0, 1] as [Float])
            all = try view.posterior().mean
        } else {
            frame = CompactFloats(directions.mean.values + directions.directions.values)
            all = directions.coordinates.values
        }
        let kept = Array(all.prefix(2 * Self.mostPoints))
        let ends = [0, 1].flatMap { axis in
            let values = stride(from: axis, to: kept.count, by: 2).map { Double(kept[$0]) }
            return [
                ((values.min() ?? 0) * 1000).rounded(.down) / 1000,
                ((values.max() ?? 1) * 1000).rounded(.up) / 1000,
            ]
        }
        box = ends
        let words = kept.indices.map { index in
            let (low, high) = (ends[index % 2 * 2], ends[index % 2 * 2 + 1])
            let share = high > low ? (Double(kept[index]) - low) / (high - low) : 0.5
            return UInt16(min(max(share * 65535, 0), 65535).rounded()).littleEndian
        }
        points = words.withUnsafeBytes { Data($0) }
        labels = Data(dataset.test.labels.prefix(kept.count / 2))
        classes = dataset.classNames
    }
}
