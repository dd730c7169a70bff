import Datasets
import Files
import Glibc
import Tensors
import VAEModels

/// Scores and their foundations on inputs whose answers are known, by other programs or on paper.
package enum KnownAnswers {
    /// scikit-image's SSIM of `images`; Oracles/make_oracles.py of the tests writes it.
    package static let similarity = 0.842_117_716_692_533_5
    /// scikit-image's PSNR of `images`, dB.
    package static let peakSignalToNoise = 17.326_269_018_384_61
    /// numpy's first words of Philox4x32-10 for seed 0 and the purpose of weights.
    package static let firstWords: [UInt32] = [768_504_805, 323_543_615]

    static func lines() throws -> [SelfCheck] {
        [
            try digest, words, try meanSimilarity, meanPeak, try frechet, overlap, information,
            samples,
        ]
    }

    /// FIPS 180-4's example.
    private static var digest: SelfCheck {
        get throws {
            let found = try Digest.sha256(of: Array("abc".utf8))
            let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            return SelfCheck(
                "SHA-256 of \"abc\"", expected: String(expected.prefix(16)) + "…",
                found: String(found.prefix(16)) + "…", holds: found == expected)
        }
    }

    private static var words: SelfCheck {
        let expected = firstWords
        let found = RandomSource(seed: 0).words(2, for: .weights)
        func text(_ words: [UInt32]) -> String {
            words.map { String($0, radix: 16) }.joined(separator: " ")
        }
        return SelfCheck(
            "first random words of seed 0", expected: text(expected), found: text(found),
            holds: found == expected)
    }

    /// Two grey images of 28 × 28, in 0 … 1.
    private static var images: (first: [Float], second: [Float]) {
        let first = (0..<784).map { index -> Int in index * 37 % 256 }
        let second = first.enumerated().map { index, value -> Int in
            let other = index * 91 % 256
            return (value * 7 + other * 3) / 10
        }
        return (first.map { Float($0) / 255 }, second.map { Float($0) / 255 })
    }

    private static var meanSimilarity: SelfCheck {
        get throws {
            let shape = ImageShape(channels: 1, height: 28, width: 28)
            let found = StructuralSimilarity(shape)?.scores(images.first, images.second)
            return SelfCheck(
                "SSIM as scikit-image computes it", found?.first ?? .nan, near: similarity,
                within: 1e-6, decimals: 6)
        }
    }

    private static var meanPeak: SelfCheck {
        let squares = zip(images.first, images.second).reduce(0.0) {
            $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1))
        }
        return SelfCheck(
            "PSNR as scikit-image computes it, dB", -10 * log10(squares / 784),
            near: peakSignalToNoise, within: 1e-4, decimals: 4)
    }

    /// Shrinking a set by a and moving it by b leaves (1 − a)² Tr S + ‖(1 − a)μ − b‖².
    private static var frechet: SelfCheck {
        get throws {
            let (size, count) = (5, 400)
            let first = RandomSource(seed: 7).normal(size * count, for: .drawing)
            let (scale, shift) = (Float(0.5), Float(0.25))
            let moments = FeatureMoments(first, size: size)
            let moved = FeatureMoments(first.map { scale * $0 + shift }, size: size)
            let trace = (0..<size).reduce(0) { $0 + moments.covariance[$1, $1] }
            let means = moments.mean.reduce(0) {
                let distance = 0.5 * $1 - 0.25
                return $0 + distance * distance
            }
            return SelfCheck(
                "Fréchet distance of a set and its image, on paper",
                try FrechetDistance.between(moments, moved), near: 0.25 * trace + means,
                within: 1e-5, decimals: 6)
        }
    }

    /// Five vectors on a line against five others: one of each set lies outside the other's balls.
    private static var overlap: SelfCheck {
        let found = ManifoldOverlap(
            real: [0, 1, 2, 3, 100], made: [-4, 6, 6.5, 7, 7.5], size: 1)
        let values = [found.precision.mean, found.recall.mean]
        return SelfCheck(
            "precision and recall by hand", expected: "0.8, 0.8",
            found: values.map { SentenceNumber.fixed($0, decimals: 1) }.joined(separator: ", "),
            holds: values == [0.8, 0.8])
    }

    /// Posteriors that never touch tell every image from every other one.
    private static var information: SelfCheck {
        let means = (0..<50).map { Float($0) }
        let found = AggregatePosterior(
            Posterior(mean: means, logVariance: means.map { _ in -12 }), count: 50, latentSize: 1,
            source: RandomSource(seed: 1))
        return SelfCheck(
            "mutual information of 50 posteriors that never touch: ln 50, nats",
            found.mutualInformation.value, near: log(50), within: 1e-6, decimals: 6)
    }

    /// Mean and variance of a million standard normal numbers.
    private static var samples: SelfCheck {
        let noise = RandomSource(seed: 9).normal(1_000_000, for: .evaluation)
        let mean = noise.reduce(0.0) { $0 + Double($1) } / 1e6
        let variance = noise.reduce(0.0) { $0 + Double($1) * Double($1) } / 1e6
        return SelfCheck(
            "a million normal numbers: |mean| and |variance − 1|",
            max(abs(mean), abs(variance - 1)), atMost: 5e-3)
    }
}
