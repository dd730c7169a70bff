import Datasets
import Evaluation
import Testing

@Suite("Noise, the median filter and the Laplacian against scipy")
struct NoiseAndFilterTests {
    struct Expected: Decodable {
        let median: [Double]
        let energies: [Double]
        let gaussian: [Double]
        let gaussian_mean: Double
    }

    private let shape = ImageShape(channels: 3, height: 7, width: 5)
    private let images: [Float]

    init() {
        var generator = SharedGenerator(seed: 41)
        images = generator.bytes(4 * 105).map { Float($0) / 255 }
    }

    @Test("the 3×3 median agrees, the nearest pixel beyond the border")
    func median() throws {
        let expected = try oracle("denoising", as: Expected.self)
        let found = MedianFilter(shape).applied(to: images).map { Double($0) }
        #expect(largestDifference(found, expected.median) < 1e-7)
    }

    @Test("the root mean square of the Laplacian agrees, and a flat image has none")
    func energies() throws {
        let expected = try oracle("denoising", as: Expected.self)
        let found = HighFrequency(shape).energies(images)
        #expect(largestDifference(found, expected.energies) < 1e-6)
        let flat = [Float](repeating: 0.4, count: 105)
        #expect(HighFrequency(shape).energies(flat) == [0])
    }

    @Test("Gaussian noise is numpy's with the same Philox words, clipped")
    func gaussian() throws {
        let expected = try oracle("denoising", as: Expected.self)
        let noisy = ImageNoise(.gaussian, strength: 0.3)
            .applied(to: images, shape: shape, block: 2).map { Double($0) }
        #expect(largestDifference(Array(noisy.prefix(40)), expected.gaussian) < 1e-5)
        let mean = noisy.reduce(0, +) / Double(noisy.count)
        #expect(abs(mean - expected.gaussian_mean) < 1e-5)
    }

    @Test("salt and pepper and masking change the share of pixels they name, all channels alike")
    func shares() {
        let large = ImageShape(channels: 3, height: 40, width: 50)
        let grey = [Float](repeating: 0.5, count: 5 * large.pixelCount)
        for (noise, values) in [
            (ImageNoise(.saltAndPepper, strength: 0.3), [Float(0), 1]),
            (ImageNoise(.masking, strength: 0.3), [0]),
        ] {
            let noisy = noise.applied(to: grey, shape: large, block: 0)
            for value in values {
                let share = Double(noisy.filter { $0 == value }.count) / Double(noisy.count)
                #expect(abs(share - 0.3 / Double(values.count)) < 0.01)
            }
            #expect(Array(noisy[..<2_000]) == Array(noisy[2_000..<4_000]))
            #expect(noisy != noise.applied(to: grey, shape: large, block: 1))
        }
    }

    @Test("clean images are left alone, and the same noise comes each time")
    func repeatable() {
        #expect(ImageNoise(.clean).applied(to: images, shape: shape, block: 0) == images)
        let noise = ImageNoise(.gaussian, strength: 1)
        let noisy = noise.applied(to: images, shape: shape, block: 3)
        #expect(noisy == noise.applied(to: images, shape: shape, block: 3))
        #expect(noisy.allSatisfy { (0...1).contains($0) })
    }

    @Test("names and titles hold the strength")
    func names() {
        let all = ImageNoise.standard
        #expect(all.map(\.name).prefix(3) == ["clean", "gaussian_10", "gaussian_30"])
        #expect(Set(all.map(\.name)).count == all.count)
        #expect(ImageNoise(.gaussian, strength: 1).title == "Gaussian noise, σ = 1")
        #expect(ImageNoise(.gaussian, strength: 0.05).title == "Gaussian noise, σ = 0.05")
        #expect(
            ImageNoise(.masking, strength: 0.25).title == "Masking, 25 % of the pixels")
    }
}
