import CKernels
import Foundation
import Tensors
import TestSupport
import Testing

/// Bernoulli nats and the reparameterised draw against PyTorch's autograd in float64.
@Suite struct LossTests {
    private struct File: Decodable {
        let bernoulli: [Bernoulli]
        let extremes: Extremes
        let draws: [Draw]
    }
    private struct Bernoulli: Decodable {
        let count: Int
        let size: Int
        let perTarget: Int
        let scale: Float
        let nats: Probe
        let gradient: Probe
        let sigmoid: Probe
    }
    private struct Extremes: Decodable {
        struct Row: Decodable {
            let target: Float
            let nats: [Double]
            let gradient: [Double]
        }
        let logits: [Float]
        let rows: [Row]
    }
    private struct Draw: Decodable {
        let count: Int
        let size: Int
        let low: Float
        let high: Float
        let spread: Float
        let klWeight: Float
        let z: Probe
        let sigma: Probe
        let kl: Probe
        let gradient: Probe
        let clamped: Int
    }

    private let file: File

    init() throws {
        file = try OracleFile.load("losses.json")
    }

    @Test("Bernoulli nats and their gradient are PyTorch's, targets shared or not")
    func bernoulli() {
        #expect(file.bernoulli.count == 5)
        for entry in file.bernoulli {
            let logits = Wave.values(
                entry.count * entry.perTarget * entry.size, phase: 1, scale: 8)
            let targets = Wave.values(entry.count * entry.size, phase: 2, scale: 0.5, offset: 0.5)
            let (nats, gradient) = bernoulliNats(
                logits, targets, size: entry.size, perTarget: entry.perTarget, scale: entry.scale)
            #expect(entry.nats.deviation(of: nats) < 1e-6)
            #expect(entry.gradient.deviation(of: gradient) < 2e-6)
            #expect(entry.sigmoid.deviation(of: Kernels.sigmoid(logits)) < 1e-6)
            let again = Kernels.bernoulliNats(
                logits: logits, targets: targets, size: entry.size, perTarget: entry.perTarget)
            #expect(again == nats)
        }
    }

    @Test("logits of ±10,000 give finite nats and gradients at targets 0, 0.3 and 1")
    func extremes() {
        let logits = file.extremes.logits
        #expect(logits.contains(1e4) && logits.contains(-1e4))
        for row in file.extremes.rows {
            let targets = logits.map { _ in row.target }
            let (nats, gradient) = bernoulliNats(logits, targets, size: 1, perTarget: 1, scale: 1)
            for index in logits.indices {
                let (found, expected) = (Double(nats[index]), row.nats[index])
                #expect(abs(found - expected) < 2e-7 * max(1, abs(expected)))
                #expect(abs(Double(gradient[index]) - row.gradient[index]) < 2e-7)
            }
        }
    }

    @Test("logits far down a batch use the targets that `first` says")
    func firstRow() {
        let targets = Wave.values(5 * 9, phase: 2, scale: 0.5, offset: 0.5)
        let logits = Wave.values(5 * 3 * 9, phase: 1)
        let whole = Kernels.bernoulliNats(logits: logits, targets: targets, size: 9, perTarget: 3)
        var part = [Float](repeating: 0, count: 4)
        let rows = Array(logits[7 * 9..<11 * 9])
        vk_bernoulli_nats(rows, targets, 4, 9, 3, 7, 1, &part, nil)
        #expect(part == Array(whole[7..<11]))
    }

    @Test("draw, KL and their gradient are PyTorch's, clamped log-variances included")
    func draws() {
        #expect(file.draws.contains { $0.clamped > 0 } && file.draws.contains { $0.clamped == 0 })
        for entry in file.draws {
            let means = Wave.values(entry.count * entry.size, phase: 3, scale: 2)
            let logVariances = Wave.values(
                entry.count * entry.size, phase: 4,
                scale: (entry.high - entry.low) / 2 + entry.spread,
                offset: (entry.high + entry.low) / 2)
            let pass = DrawPass(
                means: means, logVariances: logVariances, size: entry.size,
                range: entry.low...entry.high, klWeight: entry.klWeight)
            #expect(entry.z.deviation(of: pass.z) < 1e-5)
            #expect(entry.sigma.deviation(of: pass.sigma) < 1e-5)
            #expect(entry.kl.deviation(of: pass.kl) < 1e-5)
            #expect(entry.gradient.deviation(of: pass.gradient) < 1e-5)
        }
    }

    @Test(
        "a log-variance is itself inside [−30, 20] and the border outside, where its slope is zero")
    func clamp() {
        let raw: [Float] = [-1e6, -30.001, -30, -29.999, 0, 19.999, 20, 20.001, 1e6]
        let pass = DrawPass(
            means: raw.map { _ in 0 }, logVariances: raw, size: raw.count, range: -30...20,
            klWeight: 1)
        for (index, value) in raw.enumerated() {
            let clamped = Double(min(max(value, -30), 20))
            let variance = exp(clamped)
            #expect(abs(2 * log(Double(pass.sigma[index])) - clamped) < 1e-5)
            let kl = 0.5 * (variance - 1 - clamped)
            #expect(abs(Double(pass.kl[index]) - kl) < 1e-5 * max(1, kl))
            let slope = Double(pass.gradient[raw.count + index])
            let inside = (-30...20).contains(value)
            let noise = Double(Wave.values(raw.count, phase: 5)[index])
            let above = Double(Wave.values(raw.count, phase: 6)[index])
            let unit = 0.5 * (above * noise * exp(clamped / 2) + variance - 1)
            #expect(inside ? abs(slope - unit) < 1e-5 * max(1, abs(unit)) : slope == 0)
        }
    }

    private func bernoulliNats(
        _ logits: [Float], _ targets: [Float], size: Int, perTarget: Int, scale: Float
    ) -> (nats: [Float], gradient: [Float]) {
        let rows = logits.count / size
        var nats = [Float](repeating: 0, count: rows)
        var gradient = [Float](repeating: 0, count: logits.count)
        vk_bernoulli_nats(logits, targets, rows, size, perTarget, 0, scale, &nats, &gradient)
        return (nats, gradient)
    }
}

/// One forward and backward pass of the reparameterised draw; noise and ∂z come from the formula.
private struct DrawPass {
    private(set) var z: [Float]
    private(set) var sigma: [Float]
    private(set) var kl: [Float]
    private(set) var gradient: [Float]

    init(
        means: [Float], logVariances: [Float], size: Int, range: ClosedRange<Float>,
        klWeight: Float
    ) {
        let count = means.count / size
        let heads = (0..<count).flatMap { row -> [Float] in
            let part = row * size..<(row + 1) * size
            return Array(means[part]) + Array(logVariances[part])
        }
        let noise = Wave.values(means.count, phase: 5)
        let above = Wave.values(means.count, phase: 6)
        let zeros = [Float](repeating: 0, count: means.count)
        (z, sigma, kl, gradient) = (zeros, zeros, zeros, zeros + zeros)
        let weights = [Float](repeating: klWeight, count: size)
        heads.withUnsafeBufferPointer { heads in
            noise.withUnsafeBufferPointer { noise in
                var latent = vk_latent(
                    heads: heads.baseAddress, noise: noise.baseAddress, count: count, size: size,
                    draws: 1, low: range.lowerBound, high: range.upperBound)
                vk_reparameterize(&latent, &z, &sigma, &kl)
                vk_reparameterize_backward(&latent, sigma, above, weights, &gradient)
            }
        }
    }
}
