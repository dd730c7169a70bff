import CKernels
import Foundation
import Tensors
import TestSupport
import Testing

/// The total correlation of a batch's codes, by stratified sampling (Chen et al. 2018, appendix C.2).
@Suite struct TotalCorrelationTests {
    private struct File: Decodable {
        let totalCorrelation: [Entry]
    }
    private struct Entry: Decodable {
        let count: Int
        let size: Int
        let images: Int
        let logVariance: Float
        let value: Double
        let mean: Probe
        let logVarianceGradient: Probe
    }

    private struct Estimate {
        let value: Double
        let mean: [Float]
        let logVariance: [Float]
    }

    private func estimate(
        means: [Float], logVariances: [Float], noise: [Float], size: Int, images: Int,
        weight: Float = 1
    ) -> Estimate {
        let count = means.count / size
        let rows = { (values: [Float], row: Int) in values[row * size..<(row + 1) * size] }
        let heads = Buffer(count: 2 * means.count)
        heads.write((0..<count).flatMap { rows(means, $0) + rows(logVariances, $0) })
        let (epsilon, z) = (Buffer(count: means.count), Buffer(count: means.count))
        let (sigma, kl) = (Buffer(count: means.count), Buffer(count: means.count))
        let gradient = Buffer(count: heads.count)
        let work = Buffer(count: vk_total_correlation_work(count, size))
        epsilon.write(noise)
        var latent = vk_latent(
            heads: heads.pointer, noise: epsilon.pointer, count: count, size: size, draws: 1,
            low: -30, high: 20)
        vk_reparameterize(&latent, z.pointer, sigma.pointer, kl.pointer)
        let value = vk_total_correlation(
            &latent, sigma.pointer, z.pointer, images, weight, work.pointer, gradient.pointer)
        let slopes = gradient.read(heads.count)
        return Estimate(
            value: value,
            mean: (0..<count).flatMap { slopes[2 * $0 * size..<(2 * $0 + 1) * size] },
            logVariance: (0..<count).flatMap { slopes[(2 * $0 + 1) * size..<(2 * $0 + 2) * size] })
    }

    @Test("value and gradients are PyTorch's, clamped log-variances too")
    func oracle() throws {
        let file: File = try OracleFile.load("densities.json")
        #expect(file.totalCorrelation.count == 6)
        for entry in file.totalCorrelation {
            let count = entry.count * entry.size
            let logVariances = Wave.values(count, phase: 4, scale: 1.5, offset: -1).enumerated()
                .map { $1 + ($0 % entry.size % 2 == 0 ? 1 : -1) * entry.logVariance }
            let found = estimate(
                means: Wave.values(count, phase: 3, scale: 1.5), logVariances: logVariances,
                noise: Wave.values(count, phase: 5), size: entry.size, images: entry.images)
            #expect(abs(found.value - entry.value) < 2e-5 * max(1, abs(entry.value)))
            let floor = max(entry.mean.norm, entry.logVarianceGradient.norm) * 1e-3
            #expect(entry.mean.deviation(of: found.mean, floor: floor) < 2e-4)
            #expect(entry.logVarianceGradient.deviation(of: found.logVariance, floor: floor) < 2e-4)
        }
    }

    @Test("an image's own weight is 1/N: codes far apart have a total correlation of (D − 1)·ln N")
    func ownWeight() {
        for (count, size, images) in [(2, 3, 10), (9, 4, 60_000)] {
            // Means ten deviations apart in every dimension.
            let means = (0..<count * size).map { Float($0 / size) * 10 }
            let found = estimate(
                means: means, logVariances: means.map { _ in 0 },
                noise: Wave.values(count * size, phase: 5), size: size, images: images)
            #expect(abs(found.value - Double(size - 1) * log(Double(images))) < 1e-4)
        }
    }

    @Test("codes that share their dimensions have a total correlation, independent ones have none")
    func meaning() {
        let count = 512
        let source = RandomSource(seed: 3)
        let first = source.normal(count, for: .weights, step: 1)
        let second = source.normal(count, for: .weights, step: 2)
        let noise = source.normal(2 * count, for: .weights, step: 3)
        func value(_ pairs: [Float]) -> Double {
            estimate(
                means: pairs, logVariances: pairs.map { _ in -4 }, noise: noise, size: 2,
                images: 10_000
            ).value
        }
        let apart = value(zip(first, second).flatMap { [$0, $1] })
        let alike = value(first.flatMap { [$0, $0] })
        #expect(abs(apart) < 0.35)
        #expect(alike > 1.2)
    }

    @Test("the same numbers on any number of threads, and the weight scales the gradient alone")
    func threads() {
        let values = (Wave.values(40 * 6, phase: 1), Wave.values(40 * 6, phase: 2))
        let noise = Wave.values(40 * 6, phase: 3)
        let threads = Kernels.threadCount
        defer { Kernels.threadCount = threads }
        let found = [1, 3].map { count -> Estimate in
            Kernels.threadCount = count
            return estimate(
                means: values.0, logVariances: values.1, noise: noise, size: 6, images: 500)
        }
        #expect(found[0].value == found[1].value && found[0].mean == found[1].mean)
        #expect(found[0].logVariance == found[1].logVariance)
        let double = estimate(
            means: values.0, logVariances: values.1, noise: noise, size: 6, images: 500, weight: 2)
        #expect(double.value == found[0].value)
        #expect(double.mean == found[0].mean.map { 2 * $0 })
    }
}
