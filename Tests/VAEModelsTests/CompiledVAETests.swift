import Foundation
import Networks
import Tensors
import TestSupport
import Testing
import VAEModels

/// A trained model in use: any number of images, batches that do not show, normalisations folded.
@Suite struct CompiledVAETests {
    private let model: VAEDescription
    private let tensors: NamedTensors

    init() throws {
        let entry = try #require(ModelCase.all.last)
        model = entry.model
        tensors = entry.tensors
    }

    @Test("any number of images goes through", arguments: [0, 1, 255, 256, 257])
    func anyCount(count: Int) throws {
        let vae = try CompiledVAE(model, tensors: tensors)
        let one = try CompiledVAE(model, tensors: tensors, batch: 1)
        let images = images(count)
        let posterior = try vae.encode(images)
        #expect(posterior.mean.count == count * model.latentSize)
        #expect(posterior.logVariance.count == count * model.latentSize)
        let logits = try vae.decode(posterior.mean)
        #expect(logits.count == count * model.image.count)
        let nats = try vae.logLikelihood(of: images, codes: posterior.mean, perImage: 1)
        #expect(nats.count == count)
        guard count > 0 else { return }
        let alone = try one.encode(images)
        #expect(Deviation.between(posterior.mean, alone.mean) < 1e-5)
        #expect(Deviation.between(posterior.logVariance, alone.logVariance) < 1e-5)
        #expect(Deviation.between(logits, try one.decode(alone.mean)) < 1e-5)
        let same = try one.logLikelihood(of: images, codes: posterior.mean, perImage: 1)
        #expect(Deviation.between(nats, same) < 1e-5)
    }

    @Test("log-likelihood is minus the nats of the decoded logits", arguments: [1, 3, 64])
    func logLikelihood(perImage: Int) throws {
        let vae = try CompiledVAE(model, tensors: tensors, batch: 16)
        let images = images(7)
        let codes = Wave.values(7 * perImage * model.latentSize, phase: 9)
        let found = try vae.logLikelihood(of: images, codes: codes, perImage: perImage)
        let expected = Kernels.bernoulliNats(
            logits: try vae.decode(codes), targets: images, size: model.image.count,
            perTarget: perImage)
        #expect(Deviation.between(found, expected.map { -$0 }) < 1e-6)
    }

    @Test("the reconstruction is the logistic function of the logits")
    func reconstruct() throws {
        let vae = try CompiledVAE(model, tensors: tensors)
        let codes = Wave.values(5 * model.latentSize, phase: 9)
        let expected = try vae.decode(codes).map { Float(1 / (1 + exp(-Double($0)))) }
        #expect(Deviation.between(try vae.reconstruct(codes), expected) < 1e-6)
    }

    @Test("log-variances out of range are clamped, the others are not touched")
    func clamp() throws {
        var changed = tensors
        let bias = try #require(changed["logvar.bias"])
        changed["logvar.bias"] = Tensor(bias.shape, [-1000, 1000])
        let vae = try CompiledVAE(model, tensors: changed)
        let posterior = try vae.encode(images(3))
        #expect(posterior.logVariance == [-30, 20, -30, 20, -30, 20])
        let free = try CompiledVAE(model, tensors: tensors).encode(images(3))
        #expect(free.logVariance.allSatisfy { $0 > -30 && $0 < 20 })
        #expect(free.mean == posterior.mean)
    }

    @Test("an absorbed bias, as PyTorch's checkpoints have, counts at inference")
    func absorbedBias() throws {
        let name = "encoder.conv2.bias"
        let shift: Float = 0.7
        var moved = tensors
        let bias = try #require(moved[name])
        let mean = try #require(moved["encoder.norm2.running_mean"])
        moved[name] = Tensor(bias.shape, bias.values.map { $0 + shift })
        let other = try CompiledVAE(model, tensors: moved).encode(images(4))
        let plain = try CompiledVAE(model, tensors: tensors).encode(images(4))
        #expect(Deviation.between(other.mean, plain.mean) > 1e-3)
        moved["encoder.norm2.running_mean"] = Tensor(mean.shape, mean.values.map { $0 + shift })
        let cancelled = try CompiledVAE(model, tensors: moved).encode(images(4))
        #expect(Deviation.between(cancelled.mean, plain.mean) < 1e-5)
    }

    @Test("a tensor that is missing is named")
    func missing() {
        var changed = tensors
        changed["decoder.norm1.running_var"] = nil
        #expect {
            try CompiledVAE(model, tensors: changed)
        } throws: {
            "\($0)".contains("decoder.norm1.running_var")
        }
    }

    private func images(_ count: Int) -> [Float] {
        Wave.values(count * model.image.count, phase: 4, scale: 0.5, offset: 0.5)
    }
}

/// Posteriors as plain numbers.
@Suite struct PosteriorTests {
    @Test("a draw is μ + σ·ε and the KL is the closed form")
    func drawAndDivergence() {
        let posterior = Posterior(mean: [0, 1, -2, 3], logVariance: [0, 0, 2, -30])
        let drawn = posterior.draw([1, -1, 0.5, 2])
        #expect(Deviation.between(drawn, [1, 0, -2 + 0.5 * Float(M_E), 3]) < 1e-6)
        let expected: [Float] = [0, 0.5, 0.5 * (4 + Float(exp(2.0)) - 1 - 2), 0.5 * (9 - 1 + 30)]
        #expect(Deviation.between(posterior.kl, expected) < 1e-6)
    }
}
