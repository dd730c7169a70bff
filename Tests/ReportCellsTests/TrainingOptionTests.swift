import Datasets
import Experiments
import Files
import Foundation
import Literate
import Networks
import ReportCells
import Tensors
import TestSupport
import Testing
import VAEModels

@Suite("Ways of training in a report")
struct TrainingOptionTests {
    private func main(_ settings: String, eval: String = "") throws -> (Workbench, BuiltReport) {
        let workbench = try Workbench()
        let built = try workbench.build(Workbench.report(train: settings, eval: eval))
        #expect(built.failures == [:])
        return (workbench, built)
    }

    @Test(
        "every architecture trains, is scored, and says its name",
        arguments: ["vae_conv", "vae_resnet", "vae_mlp"])
    func architectures(name: String) throws {
        let (_, built) = try main("model.name: \(name)")
        #expect(built.values["main.test.elbo"]?.number?.isFinite == true)
        #expect(built.values["main.model.name"].map { ValueFormat.natural.write($0) } == name)
    }

    @Test(
        "every likelihood, range and binarisation trains and is scored",
        arguments: [
            "train.recon_loss: l2", "train.recon_loss: charbonnier",
            "train.recon_loss: l2\ndata.normalize: minus_one_one", "data.binarize: dynamic",
            "data.binarize: static", "data.binarize: threshold", "train.recon_loss: gaussian",
            "train.recon_loss: laplace", "train.recon_loss: continuous_bernoulli",
            "train.recon_loss: discretized_logistic",
            "train.recon_loss: discretized_logistic\ndata.normalize: minus_one_one",
            "train.recon_loss: gaussian\ntrain.iwae_samples: 2\ntrain.ema: true",
        ])
    func likelihoods(settings: String) throws {
        let (_, built) = try main(settings)
        #expect(built.values["main.test.elbo"]?.number?.isFinite == true)
    }

    @Test("bits per dimension where levels have probabilities, and why not elsewhere")
    func bits() throws {
        let (workbench, levels) = try main("train.recon_loss: discretized_logistic")
        let bits = try #require(levels.values["main.test.bits_per_dimension"]?.number)
        let nats = try #require(levels.values["main.test.nll"]?.number)
        #expect(abs(bits - nats / (784 * log(2))) < 1e-9)
        #expect(levels.values["main.model.pixel_scale"]?.number.map { $0 > 0 } == true)
        let metrics = String(
            decoding: try workbench.bytes("runs/main/logs/metrics.csv"), as: UTF8.self)
        #expect(
            metrics.contains("test.bits_per_dimension,") && metrics.contains("learned, pixels in"))
        let (_, density) = try main("train.recon_loss: gaussian")
        let value = try #require(density.values["main.test.bits_per_dimension"])
        #expect(value.number == nil)
        let reason = String(describing: value.content)
        #expect(reason.contains("density over continuous pixels"))
        let (_, grey) = try main("train.epochs: 1")
        #expect(grey.values["main.test.bits_per_dimension"]?.number == nil)
        #expect(grey.values["main.model.pixel_scale"]?.number == nil)
    }

    @Test("what was minimised stands below the loss curves, where it was not the ELBO itself")
    func minimised() throws {
        let figure = "```{figure}\n#| label: fig-loss\nkind: loss-curves\nrun: main\n```"
        let workbench = try Workbench()
        let built = try workbench.build(
            Workbench.report(
                train: "train.objective: capacity\ntrain.capacity_nats: 4", rest: figure))
        #expect(built.failures == [:])
        let objective = built.values["main.train.objective"].map { ValueFormat.natural.write($0) }
        #expect(objective?.contains("1000 · |KL − C|, C rising from 0 to 4 nats") == true)
        let outputs = try #require(built.result("fig-loss")).outputs
        #expect(String(describing: outputs).contains("selected by the ELBO itself"))
    }

    @Test(
        "every optimiser, schedule and objective trains",
        arguments: [
            "train.opt: adam", "train.opt: sgd\ntrain.lr: 0.0001",
            "train.lr_schedule: cosine_restarts\ntrain.lr_restarts: 1",
            "train.kl_schedule: cyclical\ntrain.kl_cycles: 2", "train.free_bits: 0.2",
            "train.target_kl: 4", "train.iwae_samples: 3", "train.grad_clip: 1",
            "train.objective: capacity\ntrain.capacity_nats: 4",
            "train.objective: tcvae",
        ])
    func objectives(settings: String) throws {
        let (_, built) = try main(settings)
        #expect(built.values["main.test.elbo"]?.number?.isFinite == true)
    }

    @Test(
        "every size that a config may ask for describes a model, and odd ones compile",
        arguments: ["vae_conv", "vae_resnet", "vae_mlp"])
    func sizes(name: String) throws {
        for (base, latentSize, side, channels) in [
            (1, 2, 8, 1), (3, 5, 9, 1), (7, 33, 11, 3), (256, 1024, 64, 3), (2, 2, 28, 1),
        ] {
            let config = try ExperimentConfig.load(
                source: SourceText(
                    name: "c.yaml",
                    text: "model: {name: \(name), base_ch: \(base), latent_dim: \(latentSize)}"))
            let model = config.modelDescription(
                image: ImageShape(channels: channels, height: side, width: side))
            #expect(model.image.count == channels * side * side)
            #expect(model.latentSize == latentSize)
            guard base < 256 else { continue }
            for precision in [Precision.float32, config.precision] {
                let plan = try VAETrainingPlan(
                    model, batch: 3, objective: VAEObjective(importanceSamples: 2),
                    precision: precision)
                try plan.load(model.initialParameters(seed: 1))
                for index in 0..<plan.images.count { plan.images[index] = 0.25 }
                plan.prepare(RandomSource(seed: 1), step: 0)
                #expect(try plan.step(beta: 1).objective.isFinite)
            }
        }
    }

    @Test("an average is scored unless the config asks for the weights themselves; both are kept")
    func weights() throws {
        let (workbench, averaged) = try main("train.ema: true")
        let files = try ["best", "best-raw"].map { name in
            try Safetensors(
                Data(try workbench.bytes("runs/main/ckpts/\(name).safetensors")), name: name)
        }
        #expect(files[0].tensors.names == files[1].tensors.names)
        #expect(files[0].tensors != files[1].tensors)
        let (_, raw) = try main("train.ema: true", eval: "eval.weights: raw")
        let scores = [averaged, raw].map { $0.values["main.test.elbo"]?.number }
        #expect(scores[0] != scores[1])
    }

    @Test("an average's training that is interrupted ends with the same bytes", arguments: [1, 2])
    func resume(epoch: Int) throws {
        let text = Workbench.report(
            train: "train.epochs: 3\ntrain.ema: true\ntrain.target_kl: 5\ntrain.opt: adam")
        let (left, whole) = (try Workbench(), try Workbench())
        whole.progress.whenEpochEnds = { [output = whole.output, copy = left.output] in
            guard $0 == epoch else { return }
            try? FileManager.default.copyItem(atPath: output, toPath: copy)
        }
        #expect(try whole.build(text).failures == [:])
        let lost = "\(left.output)/runs/main/ckpts/best-raw.safetensors"
        try FileManager.default.removeItem(atPath: lost)
        #expect(try left.build(text).failures == [:])
        #expect(left.progress.trainings.map(\.startEpoch) == [epoch])
        for name in ["ckpts/best", "ckpts/best-raw", "ckpts/last"] {
            let path = "runs/main/\(name).safetensors"
            #expect(try left.bytes(path) == whole.bytes(path), "\(name)")
        }
    }

    @Test("an early stop stands in train.log")
    func patience() throws {
        let (workbench, _) = try main("train.epochs: 9\ntrain.patience: 1\ntrain.lr: 1e-9")
        let log = String(
            decoding: try workbench.bytes("runs/main/logs/train.log"), as: UTF8.self)
        let history = String(
            decoding: try workbench.bytes("runs/main/logs/history.csv"), as: UTF8.self)
        let epochs = history.split(separator: "\n").count - 1
        #expect(epochs == 9 || log.contains("stopped after epoch \(epochs): no better validation"))
    }

    @Test("a training that diverges says so in train.log and fails its cell")
    func diverges() throws {
        let workbench = try Workbench()
        let built = try workbench.build(
            Workbench.report(
                train: "train.opt: sgd\ntrain.lr: 10\ntrain.lr_schedule: constant\ntrain.epochs: 9")
        )
        let failure = try #require(built.failures["main"])
        #expect(failure.contains("lower train.lr"))
        let log = String(
            decoding: try workbench.bytes("runs/main/logs/train.log"), as: UTF8.self)
        #expect(log.contains("stopped: ") && log.contains("not finite"))
    }
}
