import Foundation
import Networks
import Tensors
import TestSupport
import Testing
import VAEModels

/// A compiled VAE honours its pixels: what the encoder sees, what the decoder's output means.
@Suite struct PixelModelTests {
    static let all = [
        PixelModel(), PixelModel(.gaussian), PixelModel(.charbonnier),
        PixelModel(.gaussian, range: .minusOneOne), PixelModel(.charbonnier, range: .minusOneOne),
    ]

    private func vae(_ pixels: PixelModel) throws -> CompiledVAE {
        let model = VAEDescription.convolutional(
            image: FeatureShape(channels: 1, height: 9, width: 9), base: 3, latentSize: 2,
            pixels: pixels)
        return try CompiledVAE(model, tensors: model.testTensors, batch: 4)
    }

    private let images = Wave.values(6 * 81, phase: 4, scale: 0.5, offset: 0.5)
    private let codes = Wave.values(18 * 2, phase: 9)

    @Test("mean images lie in 0 … 1: sigmoid(o), or (tanh(o) + 1) / 2", arguments: all)
    func meanImages(pixels: PixelModel) throws {
        let vae = try vae(pixels)
        let expected = try vae.decode(codes).map { output -> Float in
            let o = Double(output)
            return Float(pixels.range == .zeroOne ? 1 / (1 + exp(-o)) : (tanh(o) + 1) / 2)
        }
        #expect(Deviation.between(try vae.reconstruct(codes), expected) < 1e-6)
    }

    @Test("the encoder sees 2x − 1 where pixels lie in −1 … 1")
    func range() throws {
        let mapped = images.map { 2 * $0 - 1 }
        let plain = try vae(PixelModel(.gaussian)).encode(mapped)
        let symmetric = try vae(PixelModel(.gaussian, range: .minusOneOne)).encode(images)
        #expect(Deviation.between(symmetric.mean, plain.mean) < 1e-5)
        #expect(Deviation.between(symmetric.logVariance, plain.logVariance) < 1e-5)
    }

    @Test("log-likelihoods are those of the stated densities", arguments: all)
    func logLikelihood(pixels: PixelModel) throws {
        let vae = try vae(pixels)
        let outputs = try vae.decode(codes)
        let expected = (0..<18).map { row in
            (0..<81).reduce(0.0) { sum, pixel in
                let image = Double(images[row / 3 * 81 + pixel])
                return sum - cost(Double(outputs[row * 81 + pixel]), image, pixels)
            }
        }
        let found = try vae.logLikelihood(of: images, codes: codes, perImage: 3)
        #expect(Deviation.between(found, expected.map { Float($0) }) < 1e-5)
    }

    /// −log p of a pixel in 0 … 1 whose decoder output is `o`.
    private func cost(_ o: Double, _ image: Double, _ pixels: PixelModel) -> Double {
        let isSymmetric = pixels.range == .minusOneOne
        let error = isSymmetric ? 2 * image - 1 - tanh(o) : image - 1 / (1 + exp(-o))
        switch pixels.likelihood {
        case .bernoulli: return log(1 + exp(-abs(o))) + max(o, 0) - image * o
        case .gaussian: return error * error + log(Double.pi) / 2
        case .charbonnier: return (error * error + 1e-6).squareRoot() + 0.693143418708955
        }
    }
}
