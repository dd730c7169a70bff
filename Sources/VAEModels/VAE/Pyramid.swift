import Networks

/// Shapes of the feature maps from the image up, each half the one before, rounding up, with
/// `base`, 2·`base`, 4·`base`, … channels.
struct Pyramid {
    let shapes: [FeatureShape]

    init(image: FeatureShape, base: Int, depth: Int = 4) {
        var shapes = [image]
        for level in 0..<depth {
            let below = shapes[level]
            shapes.append(
                FeatureShape(
                    channels: base << level, height: (below.height + 1) / 2,
                    width: (below.width + 1) / 2))
        }
        self.shapes = shapes
    }

    /// Halvings.
    var depth: Int { shapes.count - 1 }

    /// The smallest map.
    var top: FeatureShape { shapes[depth] }

    /// The convolution between two neighbouring levels, or its transpose when it leads down; its kernel
    /// fits the larger one's size: 4 when that is even, else 3.
    func convolution(from: Int, to: Int, bias: Convolution.Bias = .absorbed) -> Convolution {
        let larger = shapes[min(from, to)]
        let target = shapes[to]
        return Convolution(
            outChannels: target.channels, kernel: larger.height % 2 == 0 ? 4 : 3, stride: 2,
            padding: 1, outputHeight: target.height, outputWidth: target.width, bias: bias)
    }
}
