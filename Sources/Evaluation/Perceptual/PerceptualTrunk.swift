import Networks

/// A trunk compiled for images of one size: from pictures to the maps that are compared.
final class PerceptualTrunk {
    private enum Step {
        case convolution(RectifiedConvolution)
        case pool(MaximumPool)
        case fire(RectifiedConvolution, RectifiedConvolution, RectifiedConvolution)
        case tap
    }

    /// Shapes of the maps that are compared.
    private(set) var taps: [FeatureShape] = []
    private var steps: [Step] = []

    /// Compiles `architecture` with widths and numbers from `weights`. Throws `EvaluationError` and
    /// `PrimitiveError`.
    init(
        _ architecture: PerceptualArchitecture, weights: PerceptualWeights, input: FeatureShape,
        batch: Int
    ) throws {
        var shape = input
        func convolution(
            _ name: String, _ kernel: Int, _ stride: Int, _ padding: Int
        ) throws -> RectifiedConvolution {
            try RectifiedConvolution(
                "features.\(name)", of: weights, input: shape, kernel: kernel, stride: stride,
                padding: padding, batch: batch)
        }
        for layer in architecture.layers {
            switch layer {
            case .convolution(let index, let kernel, let stride, let padding):
                let step = try convolution("\(index)", kernel, stride, padding)
                shape = step.output
                steps.append(.convolution(step))
            case .fire(let index):
                let squeeze = try convolution("\(index).squeeze", 1, 1, 0)
                shape = squeeze.output
                let narrow = try convolution("\(index).expand1x1", 1, 1, 0)
                let wide = try convolution("\(index).expand3x3", 3, 1, 1)
                shape = FeatureShape(
                    channels: narrow.output.channels + wide.output.channels, height: shape.height,
                    width: shape.width)
                steps.append(.fire(squeeze, narrow, wide))
            case .pool(let ceil):
                guard let pool = MaximumPool(shape, ceil: ceil) else {
                    throw EvaluationError.badOption(
                        name: "perceptual resize", found: "maps of \(shape) before a pool",
                        expected: "larger images: 64 pixels on a side suit both networks")
                }
                shape = pool.output
                steps.append(.pool(pool))
            case .tap:
                taps.append(shape)
                steps.append(.tap)
            }
        }
    }

    /// The maps of each tap, `[count, channels, positions]`, of pictures `[count, input]`; at most a
    /// batch.
    func maps(of pictures: [Float]) throws -> [[Float]] {
        var current = pictures
        var found: [[Float]] = []
        for step in steps {
            switch step {
            case .convolution(let convolution): current = try convolution.applied(to: current)
            case .pool(let pool): current = pool.applied(to: current)
            case .fire(let squeeze, let narrow, let wide):
                let squeezed = try squeeze.applied(to: current)
                current = Self.joined(
                    try narrow.applied(to: squeezed), narrow.output.count,
                    try wide.applied(to: squeezed), wide.output.count)
            case .tap: found.append(current)
            }
        }
        return found
    }

    /// The channels of both, image by image.
    private static func joined(
        _ first: [Float], _ firstSize: Int, _ second: [Float], _ secondSize: Int
    ) -> [Float] {
        var result: [Float] = []
        result.reserveCapacity(first.count + second.count)
        for image in 0..<first.count / firstSize {
            result.append(contentsOf: first[image * firstSize..<(image + 1) * firstSize])
            result.append(contentsOf: second[image * secondSize..<(image + 1) * secondSize])
        }
        return result
    }
}
