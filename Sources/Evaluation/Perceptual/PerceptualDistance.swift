import Datasets
import Networks
import Tensors

/// The learned perceptual distance LPIPS v0.1 (Zhang et al. 2018, eq. 1): differences of unit-length
/// feature vectors at several depths of a trunk, squared, weighed by channel and averaged over positions.
///
/// The numbers of the `lpips` package with `normalize=True` on images resized as `protocolPart` says.
/// Lower is closer; 0 for equal images.
public final class PerceptualDistance {
    /// Pairs that go through the trunk at a time.
    public static let batch = 32

    /// What a reader calls it: "LPIPS (AlexNet)".
    public let title: String
    /// Trunk, weights and size for a protocol sentence.
    public let protocolPart: String
    private let input: PerceptualInput
    private let trunk: PerceptualTrunk
    private let heads: [[Float]]

    /// Compiles the distance for images of a shape with the tensors of the files the user named; which
    /// trunk it is follows from their names and must be `expected` where that is given. Images with a
    /// side under `size` pixels are resized to a square of it. Throws `EvaluationError` for what is
    /// missing or of another shape, and `PrimitiveError`.
    public init(
        _ weights: PerceptualWeights, shape: ImageShape, size: Int = 64,
        expected: PerceptualArchitecture? = nil
    ) throws {
        let architecture = try Self.architecture(weights, expected: expected)
        guard shape.channels == 1 || shape.channels == 3 else {
            throw EvaluationError.badOption(
                name: "image channels", found: "\(shape.channels)", expected: "1 or 3 for LPIPS")
        }
        let input = PerceptualInput(shape, side: size)
        let trunk = try PerceptualTrunk(
            architecture, weights: weights,
            input: FeatureShape(channels: 3, height: input.height, width: input.width),
            batch: Self.batch)
        heads = try trunk.taps.enumerated().map { index, tap in
            try weights.tensor("lin\(index).weight", shape: [1, tap.channels, 1, 1]).values
        }
        self.input = input
        self.trunk = trunk
        title = "LPIPS (\(architecture.title))"
        protocolPart =
            "LPIPS v0.1 (Zhang et al. 2018), \(architecture.title) trunk and heads from "
            + "\(weights.source), \(shape.channels == 1 ? "grey repeated to three channels, " : "")"
            + "in −1 … 1, \(input.sentence)"
    }

    private static func architecture(
        _ weights: PerceptualWeights, expected: PerceptualArchitecture?
    ) throws -> PerceptualArchitecture {
        guard let found = PerceptualArchitecture(weights) else {
            throw EvaluationError.badWeights(
                file: weights.source, problem: "there is no trunk: no tensor 'features.0.weight'")
        }
        if let expected, found != expected {
            throw EvaluationError.badWeights(
                file: weights.source,
                problem: "its tensors are named as those of \(found.title), \(expected.title) is "
                    + "asked for")
        }
        return found
    }

    /// The distance of each pair of images `[count, channels, height, width]` in 0 … 1; both are
    /// clipped. Any `count`.
    public func distances(_ images: [Float], _ others: [Float]) throws -> [Double] {
        let size = input.image.pixelCount
        precondition(
            images.count == others.count && images.count % size == 0,
            "\(images.count) and \(others.count) numbers, images of \(size)")
        var result: [Double] = []
        for start in stride(from: 0, to: images.count, by: Self.batch * size) {
            let range = start..<min(images.count, start + Self.batch * size)
            let first = try trunk.maps(of: input.pictures(Array(images[range])))
            let second = try trunk.maps(of: input.pictures(Array(others[range])))
            var sums = [Double](repeating: 0, count: range.count / size)
            for (tap, shape) in trunk.taps.enumerated() {
                Self.add(first[tap], second[tap], shape, heads[tap], to: &sums)
            }
            result.append(contentsOf: sums)
        }
        return result
    }

    /// Adds one depth's part of the distance of each pair.
    private static func add(
        _ first: [Float], _ second: [Float], _ shape: FeatureShape, _ head: [Float],
        to sums: inout [Double]
    ) {
        let positions = shape.height * shape.width
        for image in sums.indices {
            let start = image * shape.count
            let lengths = [first, second].map { maps in
                inverseLengths(maps, start, channels: shape.channels, positions: positions)
            }
            var total = 0.0
            for channel in 0..<shape.channels {
                let row = start + channel * positions
                var squares: Float = 0
                for position in 0..<positions {
                    let difference =
                        first[row + position] * lengths[0][position]
                        - second[row + position] * lengths[1][position]
                    squares += difference * difference
                }
                total += Double(head[channel] * squares)
            }
            sums[image] += total / Double(positions)
        }
    }

    /// 1 / (‖vector‖ + 10⁻¹⁰) at each position.
    private static func inverseLengths(
        _ maps: [Float], _ start: Int, channels: Int, positions: Int
    ) -> [Float] {
        var squares = [Float](repeating: 0, count: positions)
        for channel in 0..<channels {
            let row = start + channel * positions
            for position in 0..<positions {
                squares[position] += maps[row + position] * maps[row + position]
            }
        }
        return squares.map { 1 / ($0.squareRoot() + 1e-10) }
    }
}
