import Tensors
import Testing

/// Batches of bytes to numbers, and their binarisation.
@Suite struct BatchTests {
    @Test("bytes become numbers in 0 … 1, in the order asked for")
    func gathers() {
        let pixels = (0..<60).map { UInt8($0 * 4) } + [255, 0, 1, 254]
        let out = Buffer(count: 12)
        out.fill(9)
        let indices: [UInt32] = [7, 15, 0, 15]
        Kernels.gather(pixels[...], at: indices[1...2], size: 4, into: out)
        let bytes: [Float] = [255, 0, 1, 254, 0, 4, 8, 12]
        let expected = bytes.map { $0 * (1 / 255) }
        #expect(out.read(8) == expected)
        #expect(out.read(12).suffix(4).allSatisfy { $0 == 9 })
    }

    @Test("every image of a large batch is found", arguments: [1, 63, 64, 65, 200])
    func largeBatch(count: Int) {
        let size = 5
        let pixels = (0..<300 * size).map { UInt8($0 / size % 251) }
        let indices = (0..<UInt32(count)).map { ($0 * 7 + 3) % 300 }
        let out = Buffer(count: count * size)
        Kernels.gather(pixels[...], at: indices[...], size: size, into: out)
        let expected = indices.flatMap { index in
            (0..<size).map { _ in Float(index % 251) * (1 / 255) }
        }
        #expect(out.read(count * size) == expected)
    }

    @Test("binarised values are 0 or 1, with the value as the probability")
    func binarizes() {
        let source = RandomSource(seed: 9)
        let levels: [Float] = [0, 0.1, 0.5, 0.9, 1]
        let repeats = 20_000
        let values = levels.flatMap { Array(repeating: $0, count: repeats) }
        let result = Kernels.binarized(values, source: source, purpose: .binarization, step: 0)
        #expect(result.allSatisfy { $0 == 0 || $0 == 1 })
        for (index, level) in levels.enumerated() {
            let part = result[index * repeats..<(index + 1) * repeats]
            let mean = part.reduce(0, +) / Float(repeats)
            #expect(
                abs(mean - level) < 5 * (level * (1 - level) / Float(repeats)).squareRoot() + 1e-9)
        }
    }

    @Test("binarisation differs by step, and a buffer gets what an array gets")
    func binarizesBuffers() {
        let source = RandomSource(seed: 9)
        let values = [Float](repeating: 0.5, count: 1000)
        let results = (0..<2).map {
            Kernels.binarized(values, source: source, purpose: .binarization, step: $0)
        }
        #expect(results[0] != results[1])
        let buffer = Buffer(count: 1001)
        buffer.write(values + [0.25])
        Kernels.binarize(buffer, count: 1000, source: source, purpose: .binarization, step: 1)
        #expect(buffer.read(1000) == results[1])
        #expect(buffer[1000] == 0.25)
    }
}
