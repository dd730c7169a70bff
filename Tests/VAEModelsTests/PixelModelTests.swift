import Foundation
import Networks
import Tensors
import TestSupport
import Testing
import VAEModels

/// A compiled VAE honours its pixels: what the encoder sees, what the decoder's output means.
@Suite struct PixelModelTests {
    static let all = [
        PixelModel(), PixelModel(.fixedGaussian), PixelModel(.charbonnier),
        PixelModel(.fixedGaussian, range: .minusOneOne),
        PixelModel(.charbonnier, range: .minusOneOne),
        PixelModel(.gaussian), PixelModel(.gaussian, range: .minusOneOne),
        PixelModel(.laplace), PixelModel(.laplace, range: .minusOneOne),
        PixelModel(.continuousBernoulli), PixelModel(.discretizedLogistic),
        PixelModel(.discretizedLogistic, range: .minusOneOne),
    ]

    /// log of the scale of those that have one.
    private static let logScale = -1.5

    private func vae(_ pixels: PixelModel) throws -> CompiledVAE {
        let model = VAEDescription.convolutional(
            image: FeatureShape(channels: 1, height: 9, width: 9), base: 3, latentSize: 2,
            pixels: pixels)
        var tensors = model.testTensors
        tensors[PixelScale.tensorName] = Tensor([1], [Float(Self.logScale)])
        return try CompiledVAE(model, tensors: tensors, batch: 4)
    }

    private let images = Wave.values(6 * 81, phase: 4, scale: 0.5, offset: 0.5)
    private let codes = Wave.values(18 * 2, phase: 9)

    @Test(
        "mean images lie in 0 … 1: sigmoid(o), or (tanh(o) + 1) / 2, or the distribution's own mean",
        arguments: all)
    func meanImages(pixels: PixelModel) throws {
        let vae = try vae(pixels)
        let expected = try vae.decode(codes).map { output -> Float in
            let o = Double(output)
            switch pixels.likelihood {
            case .continuousBernoulli: return Float(o == 0 ? 0.5 : 1 / (1 - exp(-o)) - 1 / o)
            case .discretizedLogistic:
                return (1...255).reduce(Float(0)) { sum, level in
                    sum + Float(1 - logistic((Double(level) - 0.5) / 255, o, pixels)) / 255
                }
            default: return Float(pixels.range == .zeroOne ? 1 / (1 + exp(-o)) : (tanh(o) + 1) / 2)
            }
        }
        let tolerance = pixels.likelihood == .discretizedLogistic ? 1e-4 : 1e-6
        #expect(Deviation.between(try vae.reconstruct(codes), expected) < tolerance)
    }

    @Test("the encoder sees 2x − 1 where pixels lie in −1 … 1")
    func range() throws {
        let mapped = images.map { 2 * $0 - 1 }
        let plain = try vae(PixelModel(.fixedGaussian)).encode(mapped)
        let symmetric = try vae(PixelModel(.fixedGaussian, range: .minusOneOne)).encode(images)
        #expect(Deviation.between(symmetric.mean, plain.mean) < 1e-5)
        #expect(Deviation.between(symmetric.logVariance, plain.logVariance) < 1e-5)
    }

    @Test(
        "log-likelihoods are those of the stated densities, of black and of white images too",
        arguments: all)
    func logLikelihood(pixels: PixelModel) throws {
        let vae = try vae(pixels)
        let outputs = try vae.decode(codes)
        let (black, white) = (images.map { _ in Float(0) }, images.map { _ in Float(1) })
        for images in [images, black, white] {
            let expected = (0..<18).map { row in
                (0..<81).reduce(0.0) { sum, pixel in
                    let image = Double(images[row / 3 * 81 + pixel])
                    return sum - cost(Double(outputs[row * 81 + pixel]), image, pixels)
                }
            }
            let found = try vae.logLikelihood(of: images, codes: codes, perImage: 3)
            #expect(Deviation.between(found, expected.map { Float($0) }) < 1e-5)
        }
    }

    /// −log p of a pixel in 0 … 1 whose decoder output is `o`.
    private func cost(_ o: Double, _ image: Double, _ pixels: PixelModel) -> Double {
        let isSymmetric = pixels.range == .minusOneOne
        let error = isSymmetric ? 2 * image - 1 - tanh(o) : image - 1 / (1 + exp(-o))
        switch pixels.likelihood {
        case .bernoulli: return log(1 + exp(-abs(o))) + max(o, 0) - image * o
        case .fixedGaussian: return error * error + log(Double.pi) / 2
        case .charbonnier: return (error * error + 1e-6).squareRoot() + 0.693143418708955
        case .gaussian:
            return error * error / (2 * exp(2 * Self.logScale)) + Self.logScale
                + log(2 * Double.pi) / 2
        case .laplace: return abs(error) / exp(Self.logScale) + Self.logScale + log(2)
        case .continuousBernoulli: return log((exp(o) - 1) / o) - image * o
        case .discretizedLogistic:
            let above = image > 254.5 / 255 ? 1 : logistic(image + 0.5 / 255, o, pixels)
            let below = image < 0.5 / 255 ? 0 : logistic(image - 0.5 / 255, o, pixels)
            return -log(above - below)
        }
    }

    /// P(X < x) of the logistic that the output `o` stands for, x in 0 … 1.
    private func logistic(_ x: Double, _ o: Double, _ pixels: PixelModel) -> Double {
        let isSymmetric = pixels.range == .minusOneOne
        let distance = isSymmetric ? 2 * x - 1 - o : x - 0.5 - o / 4
        return 1 / (1 + exp(-distance / exp(Self.logScale)))
    }

    @Test("weights of a likelihood that learns a scale are refused without it")
    func missingScale() throws {
        let model = VAEDescription.convolutional(
            image: FeatureShape(channels: 1, height: 9, width: 9), base: 3, latentSize: 2,
            pixels: PixelModel(.gaussian))
        let first = try #require(model.initialParameters(seed: 0).pixelScale)
        #expect(abs(first - 0.25) < 1e-6)
        let mismatch = #expect(throws: ParameterMismatch.self) {
            try CompiledVAE(model, tensors: model.testTensors, batch: 4)
        }
        #expect(mismatch?.name == "pixels.log_scale")
    }
}
