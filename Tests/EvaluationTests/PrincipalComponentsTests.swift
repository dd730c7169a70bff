import Datasets
import Evaluation
import Glibc
import Testing

@Suite("Principal components against numpy and scikit-learn")
struct PrincipalComponentsTests {
    struct Expected: Decodable {
        let rows: [Float]
        let mean: [Double]
        let eigenvalues: [Double]
        let eigenvectors: [Double]
        let codes: [Double]
        let reconstructions: [Double]
        let variances: [Double]
        let shares: [Double]
        let restored: [Double]
    }

    private func fit(_ expected: Expected, rowsAtOnce: Int) throws -> PrincipalComponents {
        let ranges = stride(from: 0, to: 60, by: rowsAtOnce).map { $0..<min(60, $0 + rowsAtOnce) }
        return try PrincipalComponents(count: 60, size: 7, leading: 3, ranges: ranges) {
            Array(expected.rows[$0.lowerBound * 7..<$0.upperBound * 7])
        }
    }

    @Test("directions, variances, codes and reconstructions agree", arguments: [60, 17, 1])
    func agree(rowsAtOnce: Int) throws {
        let expected = try oracle("components", as: Expected.self)
        let components = try fit(expected, rowsAtOnce: rowsAtOnce)
        #expect(largestDifference(components.mean.map(Double.init), expected.mean) < 1e-6)
        #expect(
            largestDifference(components.variances, Array(expected.eigenvalues.prefix(3))) < 1e-5)
        #expect(
            largestDifference(
                components.components.values, Array(expected.eigenvectors.prefix(21))) < 1e-5)
        #expect(abs(components.totalVariance - expected.eigenvalues.reduce(0, +)) < 1e-5)
        let codes = components.project(expected.rows)
        #expect(largestDifference(codes, expected.codes) < 1e-5)
        #expect(
            largestDifference(
                components.reconstruct(codes).map(Double.init), expected.reconstructions) < 1e-5)
    }

    @Test("variances, their shares and restored vectors are scikit-learn's")
    func library() throws {
        let expected = try oracle("components", as: Expected.self)
        let components = try fit(expected, rowsAtOnce: 17)
        #expect(largestDifference(components.variances, expected.variances) < 1e-5)
        #expect(largestDifference(components.varianceFractions, expected.shares) < 1e-5)
        let restored = components.reconstruct(
            components.project(Array(expected.rows.prefix(14))))
        #expect(largestDifference(restored.map(Double.init), expected.restored) < 1e-5)
    }

    @Test("of long vectors are those of their covariance, and zeros where nothing is left")
    func longVectors() throws {
        let expected = try oracle("components", as: Expected.self)
        // Numbers that are always zero make the vectors long and change nothing else.
        let size = 5_000
        let places = (0..<7).map { 700 * $0 }
        let components = try PrincipalComponents(
            count: 60, size: size, leading: 9, ranges: [0..<25, 25..<60]
        ) { range in
            range.flatMap { row in
                var vector = [Float](repeating: 0, count: size)
                for (column, place) in places.enumerated() {
                    vector[place] = expected.rows[row * 7 + column]
                }
                return vector
            }
        }
        #expect(components.fittedCount == 60)
        #expect(
            largestDifference(
                Array(components.variances.prefix(7)), Array(expected.eigenvalues.prefix(7))) < 1e-5
        )
        #expect(abs(components.totalVariance - expected.eigenvalues.reduce(0, +)) < 1e-5)
        #expect(components.variances[7...].allSatisfy { $0 < 1e-6 })
        for direction in 0..<3 {
            let found = places.map { components.components[direction, $0] }
            let known = Array(expected.eigenvectors[direction * 7..<direction * 7 + 7])
            #expect(largestDifference(found, known) < 1e-5)
        }
        #expect(components.components.rows == 9)
    }

    @Test("baselines keep their order: identity, PCA, mean image")
    func baselines() throws {
        let shape = ImageShape(channels: 1, height: 4, width: 4)
        let training = EvaluationImages(randomImages(200, shape, seed: 4), role: .fitted)
        let images = EvaluationImages(randomImages(30, shape, seed: 5))
        let scores = try BaselineScores(training: training, images: images, componentCount: 8)
        let pca = try #require(scores.principalComponents)
        #expect(scores.identity.isExact)
        #expect(pca.meanPeakSignalToNoise > scores.meanImage.meanPeakSignalToNoise)
        #expect(pca.similarities == nil)
        let whole = try BaselineScores(training: training, images: images, componentCount: 16)
        let complete = try #require(whole.principalComponents)
        #expect(complete.meanPeakSignalToNoise > 99)
        let larger = try BaselineScores(training: training, images: images, componentCount: 17)
        #expect(larger.principalComponents == nil)
    }

    @Test("the mean image's nats are those of pixels drawn with its smoothed values")
    func meanImageNats() throws {
        let shape = ImageShape(channels: 1, height: 1, width: 2)
        func images(_ pixels: [UInt8]) -> ImageSet {
            ImageSet(pixels: pixels, labels: [], shape: shape)
        }
        // Means 0.75 and 0 of four images, smoothed to 0.7 and 0.1.
        let training = EvaluationImages(images([255, 0, 255, 0, 255, 0, 0, 0]), role: .fitted)
        let scores = try BaselineScores(
            training: training, images: EvaluationImages(images([255, 0, 0, 255])),
            componentCount: 1)
        let expected = [-log(0.7) - log(0.9), -log(0.3) - log(0.1)]
        #expect(largestDifference(scores.meanImageNats, expected) < 1e-6)
    }
}
