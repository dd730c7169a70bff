import Dispatch
import Drawing
import Files
import Tensors

/// Handwriting-like digits drawn with Cairo from a seed: the data set that needs no network and
/// no file.
///
/// MNIST's conventions: 28 × 28, white ink on black with smooth edges, the ink within a 20 × 20
/// box about its centre of mass. Image `n` of a split depends on the seed and on `n` only, so a
/// smaller split is the beginning of a larger one.
package enum DrawnDigits {
    /// Which split an image belongs to; the two never share an image.
    package enum Split: UInt64, Sendable {
        case train = 0
        case test = 1
    }

    /// Pixels along one side of an image.
    static let imageSide = 28
    /// Images drawn at once by one thread; each block holds every digit equally often.
    private static let blockSize = 1000

    /// Draws both splits.
    ///
    /// - Throws: `DrawingError` when Cairo refuses.
    package static func generate(
        seed: UInt64, trainCount: Int = 60_000, testCount: Int = 10_000
    ) throws -> ImageDataset {
        let train = try images(seed: seed, split: .train, count: trainCount)
        let test = try images(seed: seed, split: .test, count: testCount)
        let digest = try Digest()
        for part in [train.pixels, train.labels, test.pixels, test.labels] { try digest.add(part) }
        return ImageDataset(
            name: "drawn-digits", title: "Drawn digits", train: train, test: test,
            classNames: (0...9).map(String.init),
            provenance: DatasetProvenance(
                digest: try digest.hexadecimal(),
                origin: "drawn by this program from seed \(seed)"),
            factors: knownFactors)
    }

    /// What the images `range` of a split are drawn from, in order.
    package static func factors(
        seed: UInt64, split: Split, range: Range<Int>
    ) -> [DrawnDigitFactors] {
        let source = RandomSource(seed: seed)
        var order: (block: Int, places: [Int]) = (-1, [])
        return range.map { index in
            let block = index / blockSize
            if order.block != block {
                order = (block, shuffledPlaces(source, split: split, block: block))
            }
            return DrawnDigitFactors(
                digit: order.places[index % blockSize] % 10,
                index: split.rawValue << 32 | UInt64(index), source: source)
        }
    }

    private static func shuffledPlaces(_ source: RandomSource, split: Split, block: Int) -> [Int] {
        source.permutation(
            blockSize, for: .drawing, step: 1 << 41 | split.rawValue << 32 | UInt64(block)
        ).map(Int.init)
    }

    /// Draws one split, its blocks on as many threads as there are cores.
    private static func images(seed: UInt64, split: Split, count: Int) throws -> ImageSet {
        let blockCount = (count + blockSize - 1) / blockSize
        let results = Guarded<[Int: Result<Block, any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: blockCount) { number in
            let range = number * blockSize..<min(count, (number + 1) * blockSize)
            let block = Result { try Block(factors(seed: seed, split: split, range: range)) }
            results.withLock { $0[number] = block }
        }
        var (pixels, labels, values): ([UInt8], [UInt8], [UInt8]) = ([], [], [])
        pixels.reserveCapacity(count * imageSide * imageSide)
        labels.reserveCapacity(count)
        for number in 0..<blockCount {
            guard let block = try results.withLock({ try $0[number]?.get() }) else { continue }
            pixels += block.pixels
            labels += block.labels
            values += block.factorValues
        }
        return ImageSet(
            pixels: pixels, labels: labels,
            shape: ImageShape(channels: 1, height: imageSide, width: imageSide),
            factorValues: values)
    }

    /// The bytes of neighbouring images.
    private struct Block: Sendable {
        var pixels: [UInt8] = []
        var labels: [UInt8] = []
        var factorValues: [UInt8] = []

        init(_ factors: [DrawnDigitFactors]) throws {
            let canvas = try CoverageCanvas(width: imageSide, height: imageSide)
            pixels.reserveCapacity(factors.count * imageSide * imageSide)
            for one in factors {
                pixels += try canvas.draw(lines: lines(of: one), penWidth: one.thickness)
                labels.append(UInt8(one.digit))
                factorValues += knownValues(of: one)
            }
        }
    }
}
