import Dispatch
import Drawing
import Files
import Tensors

/// White shapes on black of every size, angle and place of a grid, drawn with Cairo: images whose
/// factors of variation are known, in the spirit of dSprites (Matthey et al. 2017).
///
/// Unlike dSprites' the edges are smooth: a pixel's grey value is the part of it that is covered, so
/// that steps of less than a pixel show. `data.binarize: threshold` makes them black and white.
package enum Sprites {
    /// Images drawn at once by one thread.
    private static let blockSize = 500

    /// Draws the first images of both splits; nil draws all.
    ///
    /// The seed shuffles the grid. Training has its beginning and the test its end, so both hold
    /// every value of every factor about equally often and no combination is in both.
    ///
    /// - Throws: `DrawingError` when Cairo refuses.
    package static func generate(
        _ grid: SpriteGrid, seed: UInt64, trainCount: Int? = nil, testCount: Int? = nil
    ) throws -> ImageDataset {
        let counts = grid.counts
        let order = RandomSource(seed: seed).permutation(grid.count, for: .drawing, step: 1 << 50)
        let train = try images(
            grid, at: order.prefix(min(trainCount ?? .max, counts.train)).map(Int.init))
        let test = try images(
            grid,
            at: order.dropFirst(counts.train).prefix(testCount ?? .max).map(Int.init))
        let digest = try Digest()
        for part in [train.pixels, train.factorValues, test.pixels, test.factorValues] {
            try digest.add(part)
        }
        return ImageDataset(
            name: "sprites", title: "Sprites", train: train, test: test,
            classNames: grid.classNames,
            provenance: DatasetProvenance(
                digest: try digest.hexadecimal(), origin: "drawn by this program from seed \(seed)"),
            factors: grid.factors)
    }

    /// Draws places of the grid, a block of them on each thread.
    private static func images(_ grid: SpriteGrid, at places: [Int]) throws -> ImageSet {
        let blockCount = (places.count + blockSize - 1) / blockSize
        let results = Guarded<[Int: Result<[UInt8], any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: blockCount) { number in
            let end = min(places.count, (number + 1) * blockSize)
            let block = Result { try pixels(grid, at: places[number * blockSize..<end]) }
            results.withLock { $0[number] = block }
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(places.count * grid.side * grid.side)
        for number in 0..<blockCount {
            let block = results.withLock { $0.removeValue(forKey: number) }
            bytes += try block?.get() ?? []
        }
        return ImageSet(
            pixels: bytes, labels: places.map { UInt8(grid.values(at: $0)[0]) },
            shape: ImageShape(channels: 1, height: grid.side, width: grid.side),
            factorValues: places.flatMap(grid.varyingValues))
    }

    /// The bytes of some places, `[places, side, side]`.
    private static func pixels(_ grid: SpriteGrid, at places: ArraySlice<Int>) throws -> [UInt8] {
        let canvas = try CoverageCanvas(width: grid.side, height: grid.side, tolerance: 0.1)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(places.count * grid.side * grid.side)
        for place in places { bytes += try canvas.fill(outline(grid, at: place)) }
        return bytes
    }
}
