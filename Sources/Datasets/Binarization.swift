import Tensors

/// What becomes of grey pixels: four different data sets, never mixed in one table.
///
/// Raw values are a config's `data.binarize`.
public enum Binarization: String, Codable, Sendable, Hashable, CaseIterable {
    /// Grey values in 0 … 1 as they are. A Bernoulli "likelihood" of them is not normalised, so its
    /// scores are called greyscale Bernoulli scores and never NLL.
    case none
    /// Each pixel is 1 with its grey value as probability (Salakhutdinov & Murray 2008): drawn anew at
    /// each visit in training, and once, with a seed that is the same in every run, in scoring.
    case dynamic
    /// Each pixel is 1 with its grey value as probability, drawn once for training and scoring alike.
    /// The draw is the same in every run, whatever its seed, so that it is one data set; it is not
    /// Larochelle's, whose file came from another draw.
    case `static`
    /// Each pixel is 1 from grey value ½ (byte 128) on.
    case threshold

    /// The seed of every draw that must be the same in every run.
    public static let testSeed: UInt64 = 0

    /// Whether pixels are 0 or 1 once fed to a model.
    public var isBinary: Bool { self != .none }
}

extension ImageSet {
    /// Which images are binarised: each split has a draw of its own.
    public enum Split: UInt64, Sendable {
        /// The training split, validation images included.
        case train = 1
        /// The test split.
        case test = 2
    }

    /// The images as a binarisation that is the same at every visit leaves them, bytes 0 and 255;
    /// unchanged for `none` and `dynamic`.
    ///
    /// An image's draw depends on its place in `self`, so a split is binarised before it is cut.
    /// Images that are black and white already stay as they are.
    public func binarized(_ binarization: Binarization, split: Split) -> ImageSet {
        switch binarization {
        case .none, .dynamic: return self
        case .threshold: return replacing { pixels, _ in pixels.map { $0 < 128 ? 0 : 255 } }
        case .static:
            let source = RandomSource(seed: Binarization.testSeed)
            return replacing { pixels, block in
                let step = 1 << 63 | split.rawValue << 32 | UInt64(block)
                let values = Kernels.binarized(
                    pixels.map { Float($0) / 255 }, source: source, purpose: .testBinarization,
                    step: step)
                return values.map { $0 > 0 ? 255 : 0 }
            }
        }
    }

    private static let binarizationBlock = 500

    /// The images with each block's bytes replaced, so that no copy in floats is larger than a block.
    private func replacing(_ change: (ArraySlice<UInt8>, Int) -> [UInt8]) -> ImageSet {
        let size = Self.binarizationBlock * shape.pixelCount
        let pixels = self.pixels
        var bytes: [UInt8] = []
        bytes.reserveCapacity(pixels.count)
        for (block, start) in stride(from: 0, to: pixels.count, by: size).enumerated() {
            bytes += change(pixels[start..<min(start + size, pixels.count)], block)
        }
        return ImageSet(
            pixels: bytes, labels: labels, shape: shape, factorValues: factorValues)
    }
}
