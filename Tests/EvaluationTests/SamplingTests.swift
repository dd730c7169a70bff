import Datasets
import Evaluation
import Testing

@Suite("Class means and nearest training images")
struct SamplingTests {
    private let shape = ImageShape(channels: 1, height: 3, width: 4)

    @Test("a class's mean is the mean of its codes; a class without images has none")
    func classMeans() throws {
        let model = LinearBernoulliModel()
        let pixels = randomImages(510, shape, seed: 8).pixels
        let labels = (0..<510).map { UInt8($0 % 3 == 0 ? 2 : 0) }
        let images = ImageSet(pixels: pixels, labels: labels, shape: shape)
        let means = try ClassMeans(images, classCount: 3, model: model)
        #expect(means.counts == [340, 0, 170])
        #expect(means.mean(of: 1) == nil && means.mean(of: 7) == nil)
        let all = EvaluationImages(images)
        let codes = model.encode(all.blocks.flatMap(all.values)).mean
        let expected = (0..<3).map { index in
            stride(from: 0, to: 510, by: 3).reduce(0.0) { $0 + Double(codes[$1 * 3 + index]) } / 170
        }
        let found = try #require(means.mean(of: 2)).map { Double($0) }
        #expect(largestDifference(found, expected) < 1e-5)
    }

    @Test("a copy is found at distance 0, and the next ones in order")
    func nearest() throws {
        let training = randomImages(1_100, shape, seed: 9)
        let scored = EvaluationImages(training)
        let all = scored.blocks.flatMap(scored.values)
        let query = Array(all[700 * 12..<701 * 12])
        let found = NearestImages(to: query + query.map { 1 - $0 }, in: training, count: 4)
        #expect(found.matches.count == 2)
        #expect(found.matches[0][0].index == 700)
        #expect(found.matches[0][0].squaredError < 1e-9)
        let distances = (0..<1_100).map { image in
            (0..<12).reduce(0.0) { sum, pixel in
                let error = Double(all[image * 12 + pixel] - (1 - query[pixel]))
                return sum + error * error / 12
            }
        }
        let order = distances.indices.sorted { distances[$0] < distances[$1] }
        #expect(found.matches[1].map(\.index) == Array(order.prefix(4)))
        #expect(abs(found.matches[1][0].squaredError - (distances.min() ?? 0)) < 1e-6)
    }
}
