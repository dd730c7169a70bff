import Datasets
import Evaluation
import Testing

@Suite("PSNR and SSIM against scikit-image")
struct ReconstructionOracleTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let seed: UInt64
        let channels: Int
        let height: Int
        let width: Int
        let count: Int
        let psnr: [Double]
        let ssim: [Double]?
        let psnr_pooled: Double

        var testDescription: String { "\(channels) × \(height) × \(width)" }
    }

    private static func cases() throws -> [Case] {
        try oracle("similarity", as: [Case].self)
    }

    @Test("agree at odd sizes, 1 and 3 channels, 11 and 10 pixels", arguments: try cases())
    func agree(_ expected: Case) {
        let shape = ImageShape(
            channels: expected.channels, height: expected.height, width: expected.width)
        var generator = SharedGenerator(seed: expected.seed)
        let first = generator.bytes(expected.count * shape.pixelCount)
        let noise = generator.bytes(first.count)
        let second = zip(first, noise).map { Float((Int($0) * 7 + Int($1) * 3) / 10) / 255 }
        let images = EvaluationImages(ImageSet(pixels: first, labels: [], shape: shape))
        let scores = ReconstructionScores(of: images, stage: "test") { _, _ in second }
        #expect(largestDifference(scores.peakSignalToNoise, expected.psnr) < 1e-5)
        #expect(abs(scores.pooledPeakSignalToNoise - expected.psnr_pooled) < 1e-5)
        #expect((scores.similarities == nil) == (expected.ssim == nil))
        #expect(largestDifference(scores.similarities ?? [], expected.ssim ?? []) < 1e-6)
    }

    @Test("an exact copy has infinite PSNR and SSIM 1")
    func exactCopy() {
        let images = EvaluationImages(
            randomImages(4, ImageShape(channels: 1, height: 12, width: 12), seed: 2))
        let scores = ReconstructionScores(of: images, stage: "test") { $1 }
        #expect(scores.meanPeakSignalToNoise == .infinity)
        #expect(scores.pooledPeakSignalToNoise == .infinity)
        #expect(scores.similarities?.allSatisfy { abs($0 - 1) < 1e-12 } == true)
    }

    @Test("one exact copy among others counts as 100 dB, so that the mean stays finite")
    func ceiling() {
        let images = EvaluationImages(
            randomImages(2, ImageShape(channels: 1, height: 4, width: 4), seed: 2))
        let scores = ReconstructionScores(of: images, stage: "test") { _, targets in
            Array(targets.prefix(16)) + targets.suffix(16).map { $0 < 0.5 ? $0 + 0.1 : $0 - 0.1 }
        }
        #expect(scores.peakSignalToNoise[0] == 100)
        #expect(abs(scores.meanPeakSignalToNoise - 60) < 1e-4)
    }

    @Test("what lies outside 0 … 1 is clipped before it is scored")
    func clipping() {
        let white = ImageSet(
            pixels: Array(repeating: 255, count: 16), labels: [],
            shape: ImageShape(channels: 1, height: 4, width: 4))
        let scores = ReconstructionScores(of: EvaluationImages(white), stage: "test") {
            $1.map { $0 + 3 }
        }
        #expect(scores.isExact)
    }
}
