import Datasets
import Evaluation
import FoundationEssentials
import Testing

@Suite("The denoising comparison")
struct DenoisingTests {
    private let shape = ImageShape(channels: 1, height: 12, width: 12)

    private func labelled(_ count: Int, seed: UInt64) -> ImageSet {
        let images = randomImages(count, shape, seed: seed)
        return ImageSet(
            pixels: images.pixels, labels: (0..<count).map { UInt8($0 % 3) }, shape: shape)
    }

    private func run(
        _ methods: [DenoisingMethod] = [], components: Int = 4
    ) throws -> DenoisingResult {
        let code = ProbedCode(name: "mean", title: "first pixels") { pixels in
            stride(from: 0, to: pixels.count, by: 144).flatMap { pixels[$0..<$0 + 2] }
        }
        return try DenoisingComparison(
            images: labelled(30, seed: 3), training: labelled(60, seed: 4), methods: methods,
            codes: [code],
            options: DenoisingOptions(
                dataTitle: "Bytes", imageCount: 20,
                noises: [
                    ImageNoise(.clean), ImageNoise(.gaussian, strength: 0.3),
                    ImageNoise(.masking, strength: 0.5),
                ], componentCount: components, probeTrainingCount: 50)
        ).run()
    }

    @Test("leaving the noise in costs what the noise costs, and nothing on clean images")
    func identity() throws {
        let result = try run()
        let entry = try #require(result.entry("identity", ImageNoise(.clean)))
        #expect(entry.isExact && entry.squaredError.mean == 0)
        #expect(abs((entry.highFrequencyRatio?.mean ?? 0) - 1) < 1e-12)
        let masked = try #require(result.entry("identity", ImageNoise(.masking, strength: 0.5)))
        let grey = labelled(20, seed: 3).pixels.map { Double($0) / 255 }
        let square = grey.reduce(0) { $0 + $1 * $1 } / Double(grey.count)
        #expect(abs(masked.squaredError.mean - square / 2) < 0.02)
        #expect(masked.squaredError.count == 20)
    }

    @Test("an oracle that always knows the clean image wins everywhere with SSIM 1")
    func perfect() throws {
        let clean = EvaluationImages(labelled(30, seed: 3)).values(of: 0..<20)
        let result = try run([
            DenoisingMethod(name: "dae", title: "DAE", about: "the answer itself") { _ in clean }
        ])
        #expect(result.methods.map(\.name) == ["dae", "pca", "median", "identity"])
        for level in result.levels {
            #expect(level.entries[0].isExact)
            #expect(abs((level.entries[0].similarity?.mean ?? 0) - 1) < 1e-9)
        }
        let scores = result.scores
        #expect(scores.value("test.denoise_psnr_dae_gaussian_30") == .infinity)
        #expect(scores.value("test.denoise_mse_dae_masking_50") == 0)
    }

    @Test("scores are named by metric, method and noise, with N, error and protocol")
    func scores() throws {
        let scores = try run().scores
        #expect(scores.entries.count == 3 * 3 * 4 + 2 * 2)
        let score = try #require(scores["test.denoise_ssim_median_gaussian_30"])
        #expect(score.count == 20 && score.standardError != nil)
        #expect(score.title == "SSIM, median filter, Gaussian noise, σ = 0.3")
        for part in ["3×3 median", "clipped", "first 20 test images of Bytes", "seed 0"] {
            #expect(score.protocolText.contains(part), "\(part) in: \(score.protocolText)")
        }
        #expect(scores["test.probe_linear_mean"]?.count == 20)
        #expect(scores["test.probe_knn_pca"]?.protocolText.contains("first 50 training") == true)
    }

    @Test("small images have no SSIM, and data without labels no probe")
    func missing() throws {
        let small = ImageShape(channels: 1, height: 3, width: 4)
        let result = try DenoisingComparison(
            images: randomImages(8, small, seed: 1), training: randomImages(9, small, seed: 2),
            methods: [],
            options: DenoisingOptions(dataTitle: "Bytes", componentCount: 0)
        ).run()
        #expect(result.probes.isEmpty)
        #expect(result.methods.map(\.name) == ["median", "identity"])
        let score = result.scores["test.denoise_ssim_median_clean"]
        #expect(score?.reasonNotComputed?.contains("11 pixels") == true)
    }

    @Test("what makes no sense is refused in words")
    func refused() {
        let images = randomImages(3, shape, seed: 1)
        let other = randomImages(3, ImageShape(channels: 1, height: 2, width: 2), seed: 1)
        #expect(throws: EvaluationError.self) {
            try DenoisingComparison(
                images: images, training: other, methods: [],
                options: DenoisingOptions(dataTitle: "Bytes", componentCount: 1)
            ).run()
        }
        #expect(throws: EvaluationError.self) {
            try DenoisingComparison(
                images: images, training: images, methods: [],
                options: DenoisingOptions(dataTitle: "Bytes", imageCount: 0, componentCount: 1)
            ).run()
        }
        #expect(throws: EvaluationError.self) {
            try run([
                DenoisingMethod(name: "bad", title: "bad", about: "nothing") {
                    $0.map { _ in .nan }
                }
            ])
        }
    }

    @Test("a result read from the cache equals the fresh one, and runs repeat")
    func cached() throws {
        let fresh = try run()
        let data = try JSONEncoder().encode(fresh)
        #expect(try JSONDecoder().decode(DenoisingResult.self, from: data) == fresh)
        #expect(try run() == fresh)
    }
}
