import CKernels
import Foundation
import Tensors
import TestSupport
import Testing

/// Densities of pixels with their gradients against torch.distributions, and against their own integrals.
@Suite struct DensityTests {
    private struct File: Decodable {
        let pixels: [Pixels]
        let extremes: [Extremes]
        let means: [Means]
    }
    private struct Pixels: Decodable {
        let kind: String
        let symmetric: Bool
        let logScale: Float
        let count: Int
        let size: Int
        let perTarget: Int
        let scale: Float
        let nats: Probe
        let gradient: Probe
        let slopes: [Double]
    }
    private struct Extremes: Decodable {
        struct Row: Decodable {
            let target: Float
            let nats: [Double]
            let gradient: [Double]
        }
        let kind: String
        let symmetric: Bool
        let logScale: Float
        let outputs: [Float]
        let rows: [Row]
    }
    private struct Means: Decodable {
        let kind: String
        let symmetric: Bool
        let logScale: Float
        let means: [Double]
    }

    /// What a kernel gives for rows of `size` pixels.
    private struct Result {
        var nats: [Float]
        var gradient: [Float]
        /// ∂nats/∂log scale and its information, in turn.
        var scaleTerms: [Float]
    }

    private let file: File

    init() throws {
        file = try OracleFile.load("densities.json")
    }

    private func density(
        _ kind: String, _ symmetric: Bool, _ logScale: Float, _ outputs: [Float],
        _ targets: [Float], size: Int, perTarget: Int = 1, scale: Float = 1
    ) -> Result {
        let rows = outputs.count / size
        let (from, images) = (Buffer(count: outputs.count), Buffer(count: targets.count))
        from.write(outputs)
        images.write(targets)
        let (nats, gradient) = (Buffer(count: rows), Buffer(count: outputs.count))
        let terms = Buffer(count: 2 * rows)
        var density = vk_density(
            outputs: from.pointer, targets: images.pointer, count: rows, size: size,
            per_target: perTarget, first: 0, symmetric: symmetric, log_scale: logScale,
            scale: scale, nats: nats.pointer, gradient: gradient.pointer,
            scale_terms: terms.pointer)
        switch kind {
        case "gaussian": vk_gaussian_density(&density)
        case "laplace": vk_laplace_density(&density)
        case "continuous_bernoulli": vk_continuous_bernoulli_density(&density)
        default: vk_discretized_logistic_mass(&density)
        }
        return Result(
            nats: nats.read(rows), gradient: gradient.read(outputs.count),
            scaleTerms: terms.read(2 * rows))
    }

    @Test("densities and their gradients are those of torch.distributions, on both ranges")
    func pixels() {
        #expect(file.pixels.count == 21)
        for entry in file.pixels {
            let outputs = Wave.values(
                entry.count * entry.perTarget * entry.size, phase: 1, scale: 3)
            let targets = Wave.values(entry.count * entry.size, phase: 2, scale: 0.5, offset: 0.5)
            let found = density(
                entry.kind, entry.symmetric, entry.logScale, outputs, targets, size: entry.size,
                perTarget: entry.perTarget, scale: entry.scale)
            #expect(entry.nats.deviation(of: found.nats) < 2e-6, "\(entry.kind)")
            #expect(entry.gradient.deviation(of: found.gradient) < 2e-5, "\(entry.kind)")
            for (row, slope) in entry.slopes.enumerated() {
                let error = abs(Double(found.scaleTerms[2 * row]) - slope)
                #expect(error < 1e-5 * (abs(slope) + Double(entry.size)), "\(entry.kind)")
            }
        }
    }

    @Test("outputs of ±10,000, and about 0, give exact losses and gradients")
    func extremes() {
        #expect(file.extremes.count == 7)
        for entry in file.extremes {
            for row in entry.rows {
                let targets = entry.outputs.map { _ in row.target }
                let found = density(
                    entry.kind, entry.symmetric, entry.logScale, entry.outputs, targets, size: 1)
                for (index, output) in entry.outputs.enumerated() {
                    let about = "\(entry.kind) of \(row.target) at \(output)"
                    let (nats, slope) = (row.nats[index], row.gradient[index])
                    #expect(
                        abs(Double(found.nats[index]) - nats) < 2e-6 * max(1, abs(nats)), "\(about)"
                    )
                    #expect(
                        abs(Double(found.gradient[index]) - slope) < 5e-6 * max(1, abs(slope)),
                        "\(about)")
                }
            }
        }
    }

    @Test("every density integrates, and every mass sums, to 1")
    func normalised() {
        let outputs: [Float] = [-9, -3, -0.4, 0, 0.001, 0.7, 5]
        for output in outputs {
            for logScale: Float in [-5, -2.5, 0] {
                let levels = (0...255).map { Float($0) / 255 }
                for symmetric in [false, true] {
                    let nats = density(
                        "discretized_logistic", symmetric, logScale,
                        levels.map { _ in output }, levels, size: 1
                    ).nats
                    let mass = nats.reduce(0.0) { $0 + exp(-Double($1)) }
                    #expect(abs(mass - 1) < 1e-5, "\(output), \(logScale)")
                }
                for kind in ["gaussian", "laplace"] {
                    // Simpson's rule far beyond 0 … 1 on both sides, for the mean is in between.
                    let (count, width) = (200_000, 60 * Double(exp(logScale)) + 1)
                    let xs = (0...count).map { Float(width * (2 * Double($0) / Double(count) - 1)) }
                    let nats = density(kind, false, logScale, xs.map { _ in output }, xs, size: 1)
                        .nats
                    #expect(abs(simpson(nats, step: 2 * width / Double(count)) - 1) < 1e-3)
                }
            }
            let xs = (0...2000).map { Float($0) / 2000 }
            let nats = density(
                "continuous_bernoulli", false, 0, xs.map { _ in output }, xs, size: 1
            )
            .nats
            #expect(abs(simpson(nats, step: 1 / 2000) - 1) < 1e-5, "\(output)")
        }
    }

    private func simpson(_ nats: [Float], step: Double) -> Double {
        nats.enumerated().reduce(0.0) { sum, value in
            let isEnd = value.offset == 0 || value.offset == nats.count - 1
            let weight: Double = isEnd ? 1 : value.offset % 2 == 1 ? 4 : 2
            return sum + weight * exp(-Double(value.element)) * step / 3
        }
    }

    @Test("means are those of torch and of the 256 levels")
    func means() {
        for entry in file.means {
            let isLogistic = entry.kind == "discretized_logistic"
            let outputs = Wave.values(200, phase: 1, scale: isLogistic ? 2.5 : 12)
            var means = [Float](repeating: 0, count: 200)
            if isLogistic {
                vk_discretized_logistic_means(
                    outputs, entry.symmetric, entry.logScale, &means, 200)
            } else {
                vk_continuous_bernoulli_means(outputs, &means, 200)
            }
            // The logistic's is a closed form for the sum over levels.
            let tolerance = isLogistic ? 1e-4 : 2e-7
            for (found, expected) in zip(means, entry.means) {
                #expect(abs(Double(found) - expected) < tolerance)
            }
        }
    }

    @Test("the mean of a continuous Bernoulli is not its λ, save at ½")
    func tilted() {
        let outputs: [Float] = [-1e4, -2, 0, 2, 1e4]
        var means = [Float](repeating: 0, count: 5)
        vk_continuous_bernoulli_means(outputs, &means, 5)
        let lambdas = Kernels.sigmoid(outputs)
        #expect(means[2] == 0.5 && lambdas[2] == 0.5)
        #expect(abs(means[3] - lambdas[3]) > 0.2)
        #expect(abs(means[1] + means[3] - 1) < 1e-6)
        #expect(means.allSatisfy { $0 >= 0 && $0 <= 1 } && means.sorted() == means)
    }
}
