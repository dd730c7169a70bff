import Networks
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
        guard case .weighted(let layer) = quantized.operations.first else {
            Issue.record("\(quantized.operations)")
            return
        }
        #expect(quantized.operations.count == 1)
        #expect(layer.kind == .linear && layer.relu && layer.convolution == nil)
        #expect(layer.output == FeatureShape(channels: 4))
        #expect(quantized.weights.count == 20 && quantized.numbers.count == 8)
    }

    @Test func `a layer that no page computes is refused by name`() {
        let network = NetworkDescription(
            input: FeatureShape(channels: 1, height: 4, width: 4),
            layers: [("grow", .bilinearResize(height: 8, width: 8))])
        let error = #expect(throws: QuantizedNetwork.NotPortable.self) {
            try QuantizedNetwork(network, NamedTensors())
        }
        #expect(error?.description == "grow cannot be computed in a page")
    }

    @Test func `positions come before channels in the page's order`() {
        #expect(FeatureShape(channels: 2, height: 1, width: 3).channelsLast == [0, 3, 1, 4, 2, 5])
    }
}
