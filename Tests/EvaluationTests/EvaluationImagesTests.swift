import Datasets
import Evaluation
import Testing

@Suite("Images as they are scored")
struct EvaluationImagesTests {
    private let images = randomImages(1_203, ImageShape(channels: 1, height: 4, width: 4), seed: 6)

    @Test("blocks cover every image once")
    func blocks() {
        let blocks = EvaluationImages(images).blocks
        #expect(blocks == [0..<500, 500..<1_000, 1_000..<1_203])
    }

    @Test("grey values are bytes / 255")
    func grey() {
        let scored = EvaluationImages(images)
        let values = scored.blocks.flatMap(scored.values)
        let expected = images.pixels.map { Float($0) / 255 }
        #expect(zip(values, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test("dynamic binarisation is the same each time and has the grey values as means")
    func dynamic() {
        let scored = EvaluationImages(images, binarization: .dynamic)
        let first = scored.blocks.flatMap(scored.values)
        #expect(first == scored.blocks.flatMap(scored.values))
        #expect(first.allSatisfy { $0 == 0 || $0 == 1 })
        let mean = first.reduce(0, +) / Float(first.count)
        let grey = images.pixels.reduce(0) { $0 + Float($1) / 255 } / Float(first.count)
        #expect(abs(mean - grey) < 0.02)
    }

    @Test("training images are binarised by numbers of their own")
    func roles() {
        let scored = EvaluationImages(images, binarization: .dynamic)
        let fitted = EvaluationImages(images, binarization: .dynamic, role: .fitted)
        #expect(scored.values(of: 0..<500) != fitted.values(of: 0..<500))
    }
}
