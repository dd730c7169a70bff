import Datasets
import Tensors

/// Images as they are scored, in blocks of a fixed size: memory does not grow with their number.
///
/// The block is part of the definition of the random numbers, so nothing depends on how many images
/// a model takes at once.
public struct EvaluationImages: Sendable {
    /// Which images these are; each role has binarisation streams of its own.
    public enum Role: UInt64, Sendable {
        /// Images that are scored.
        case scored = 0
        /// Training images that baselines are fitted on.
        case fitted = 1
    }

    /// Images in a block.
    public static let blockSize = 500

    /// The bytes.
    public let images: ImageSet
    /// How grey values become targets.
    public let binarization: Binarization
    let role: Role

    /// Images to score or to fit on.
    public init(_ images: ImageSet, binarization: Binarization = .none, role: Role = .scored) {
        self.images = images
        self.binarization = binarization
        self.role = role
    }

    /// Number of images.
    public var count: Int { images.count }
    /// What one image looks like.
    public var shape: ImageShape { images.shape }
    /// Numbers in one image.
    public var pixelCount: Int { images.shape.pixelCount }

    /// Ranges of images, each a whole block but the last.
    public var blocks: [Range<Int>] { Self.blocks(count: count) }

    /// Ranges that cut `count` images into blocks.
    static func blocks(count: Int) -> [Range<Int>] {
        stride(from: 0, to: count, by: blockSize).map { $0..<min(count, $0 + blockSize) }
    }

    /// The targets of one of `blocks`, `[block.count, pixelCount]` in 0 … 1.
    public func values(of block: Range<Int>) -> [Float] {
        let buffer = Buffer(count: block.count * pixelCount)
        let indices = Array(UInt32(block.lowerBound)..<UInt32(block.upperBound))
        Kernels.gather(images.bytes, at: indices[...], size: pixelCount, into: buffer)
        if binarization == .dynamic {
            Kernels.binarize(
                buffer, count: block.count * pixelCount,
                source: RandomSource(seed: Binarization.testSeed), purpose: .testBinarization,
                step: role.rawValue << 32 | UInt64(block.lowerBound / Self.blockSize))
        }
        return buffer.read(block.count * pixelCount)
    }
}
