import Evaluation
import Testing
import VAEModels

/// The linear-Gaussian model with something wrong in it.
final class FaultyModel: VAEInference {
    enum Fault: String, CaseIterable {
        /// Forgets half of the density's normaliser: every bound is too good.
        case likelihood
        /// Gives a posterior whose σ is far too small: the bounds do not arrive.
        case narrowPosterior
        /// Gives means that belong to no image.
        case shiftedPosterior
    }

    let latentSize = 2
    let pixelCount = 4
    private let fault: Fault
    private let model = LinearGaussianModel(spread: 1.5)

    init(_ fault: Fault) {
        self.fault = fault
    }

    func encode(_ images: [Float]) -> Posterior {
        var posterior = model.encode(images)
        switch fault {
        case .likelihood: break
        case .narrowPosterior: posterior.logVariance = posterior.logVariance.map { $0 - 6 }
        case .shiftedPosterior: posterior.mean = posterior.mean.map { $0 + 1 }
        }
        return posterior
    }

    func decode(_ codes: [Float]) -> [Float] { model.decode(codes) }

    func reconstruct(_ codes: [Float]) -> [Float] { model.reconstruct(codes) }

    func logLikelihood(of images: [Float], codes: [Float], perImage: Int) -> [Float] {
        model.logLikelihood(of: images, codes: codes, perImage: perImage).map {
            fault == .likelihood ? $0 + 0.5 : $0
        }
    }
}

@Suite("The self-test")
struct SelfTestTests {
    @Test("every check holds on this machine")
    func holds() {
        let checks = SelfTest.run()
        #expect(checks.count > 15)
        for check in checks {
            #expect(check.holds, "\(check.check): expected \(check.expected), found \(check.found)")
        }
        #expect(Set(checks.map(\.check)).count == checks.count)
    }

    @Test(
        "each fault of a model makes the line fail that is about it",
        arguments: [
            (FaultyModel.Fault.likelihood, "IWAE-1,000 − log p(x), nats"),
            (.narrowPosterior, "|IWAE-1,000 − log p(x)|, nats"),
            (.shiftedPosterior, "log p(x) − ELBO is KL(q(z|x) ‖ p(z|x)), nats"),
        ])
    func faults(_ fault: FaultyModel.Fault, _ line: String) throws {
        let lines = try BoundChecks(model: FaultyModel(fault)).lines
        let failed = lines.filter { !$0.holds }.map(\.check)
        #expect(failed.contains(line), "failed: \(failed)")
        #expect(failed.count < lines.count)
    }

    @Test("known answers are those that the oracle's file holds")
    func oracleNumbers() throws {
        struct Expected: Decodable {
            let ssim: Double
            let psnr: Double
            let words: [UInt32]
        }
        let expected = try oracle("selftest", as: Expected.self)
        #expect(abs(expected.ssim - KnownAnswers.similarity) < 1e-9)
        #expect(abs(expected.psnr - KnownAnswers.peakSignalToNoise) < 1e-9)
        #expect(expected.words == KnownAnswers.firstWords)
    }
}
