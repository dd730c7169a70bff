import Networks
import ReportCells
import Tensors
import Testing

@Suite struct QuantizedNetworkTests {
    @Test func `each rounded weight is within half a step of its channel's largest`() throws {
        let network = NetworkDescription(
            input: FeatureShape(channels: 5),
            layers: [("a", .linear(Linear(output: FeatureShape(channels: 4)))), ("b", .relu)])
        let tensors = network.initialParameters(RandomSource(seed: 1))
        let quantized = try QuantizedNetwork(network, tensors)
        let exact = try #require(tensors["a.weight"]).values
        let rounded = try #require(quantized.rounded["a.weight"]).values
        for row in 0..<4 {
            let largest = exact[row * 5..<row * 5 + 5].map(abs).max() ?? 0
            for index in row * 5..<row * 5 + 5 {
                #expect(abs(exact[index] - rounded[index]) <= largest / 127 / 2 * 1.001)
            }
        }
        #expect(quantized.operations.map(\.op) == ["linear"])
        #expect(quantized.operations.first?.relu == true)
        #expect(quantized.weights.count == 20 && quantized.numbers.count == 8)
    }

    @Test func `positions come before channels in the page's order`() {
        #expect(FeatureShape(channels: 2, height: 1, width: 3).channelsLast == [0, 3, 1, 4, 2, 5])
    }
}
