import CKernels
import Tensors
import TestSupport
import Testing

/// Squared, Charbonnier and cross-entropy losses against PyTorch's autograd in float64.
@Suite struct PixelLossTests {
    private struct File: Decodable {
        let integrals: [String: Double]
        let pixels: [Pixels]
        let extremes: [Extremes]
        let crossEntropy: [CrossEntropy]
    }
    private struct Pixels: Decodable {
        let kind: String
        let symmetric: Bool
        let count: Int
        let size: Int
        let perTarget: Int
        let scale: Float
        let nats: Probe
        let gradient: Probe
    }
    private struct Extremes: Decodable {
        struct Row: Decodable {
            let target: Float
            let nats: [Double]
            let gradient: [Double]
        }
        let kind: String
        let symmetric: Bool
        let outputs: [Float]
        let rows: [Row]
    }
    private struct CrossEntropy: Decodable {
        let count: Int
        let classes: Int
        let spread: Float
        let nats: Probe
        let gradient: Probe
    }

    private let file: File

    init() throws {
        file = try OracleFile.load("pixel_losses.json")
    }

    private func loss(
        _ kind: String, _ symmetric: Bool, _ outputs: [Float], _ targets: [Float], size: Int,
        perTarget: Int = 1, scale: Float = 1
    ) -> (nats: [Float], gradient: [Float]) {
        let rows = outputs.count / size
        var nats = [Float](repeating: 0, count: rows)
        var gradient = [Float](repeating: 0, count: outputs.count)
        let kernel = kind == "gaussian" ? vk_gaussian_nats : vk_charbonnier_nats
        kernel(outputs, targets, rows, size, perTarget, 0, symmetric, scale, &nats, &gradient)
        return (nats, gradient)
    }

    @Test("losses with their constants and their gradients are PyTorch's, on both ranges")
    func pixels() {
        #expect(file.pixels.count == 12)
        for entry in file.pixels {
            let outputs = Wave.values(
                entry.count * entry.perTarget * entry.size, phase: 1, scale: 8)
            let targets = Wave.values(entry.count * entry.size, phase: 2, scale: 0.5, offset: 0.5)
            let (nats, gradient) = loss(
                entry.kind, entry.symmetric, outputs, targets, size: entry.size,
                perTarget: entry.perTarget, scale: entry.scale)
            #expect(entry.nats.deviation(of: nats) < 1e-6)
            // An error near zero loses digits, which Charbonnier's ε magnifies.
            let tolerance = entry.kind == "gaussian" ? 1e-5 : 1e-3
            #expect(entry.gradient.deviation(of: gradient) < tolerance)
        }
    }

    @Test("outputs of ±10,000 give finite losses and gradients")
    func extremes() {
        #expect(file.extremes.count == 4)
        for entry in file.extremes {
            for row in entry.rows {
                let targets = entry.outputs.map { _ in row.target }
                let (nats, gradient) = loss(
                    entry.kind, entry.symmetric, entry.outputs, targets, size: 1)
                for index in entry.outputs.indices {
                    let (found, expected) = (Double(nats[index]), row.nats[index])
                    #expect(abs(found - expected) < 1e-6 * max(1, abs(expected)))
                    #expect(abs(Double(gradient[index]) - row.gradient[index]) < 2e-6)
                }
            }
        }
    }

    @Test("the constants make densities of the losses: their integrals are 1")
    func densities() {
        #expect(file.integrals.count == 2)
        #expect(file.integrals.values.allSatisfy { abs($0 - 1) < 1e-9 })
    }

    @Test("cross-entropy and its gradient are PyTorch's, at logits of ±1,000 too")
    func crossEntropy() {
        for entry in file.crossEntropy {
            let logits = Wave.values(entry.count * entry.classes, phase: 3, scale: entry.spread)
            let labels = (0..<entry.count).map { UInt8($0 * 7 % entry.classes) }
            var nats = [Float](repeating: 0, count: entry.count)
            var gradient = [Float](repeating: 0, count: logits.count)
            vk_cross_entropy(
                logits, labels, entry.count, entry.classes, 1 / Float(entry.count), &nats,
                &gradient)
            #expect(entry.nats.deviation(of: nats) < 1e-6)
            #expect(entry.gradient.deviation(of: gradient) < 1e-5)
        }
    }

    @Test("squared errors and their gradient")
    func squaredErrors() {
        let outputs = Wave.values(3 * 37, phase: 1)
        let targets = Wave.values(3 * 37, phase: 2)
        var errors = [Float](repeating: 0, count: 3)
        var gradient = [Float](repeating: 0, count: outputs.count)
        vk_squared_errors(outputs, targets, 3, 37, 0.25, &errors, &gradient)
        var expected: [Float] = [0, 0, 0]
        var slopes: [Float] = []
        for index in outputs.indices {
            let error = outputs[index] - targets[index]
            expected[index / 37] += error * error
            slopes.append(error / 2)
        }
        #expect(Deviation.between(errors, expected) < 1e-6)
        #expect(Deviation.between(gradient, slopes) < 1e-6)
    }
}
