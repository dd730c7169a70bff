import Experiments
import Files
import Testing

@Suite("A config that exists")
struct ExistingConfigTests {
    /// Configs as people have them from the project before this one.
    static let inherited = [
        """
        seed: 42
        device: "cuda:0"
        data: {dataset: mnist, root: ./data, batch_size: 128, num_workers: 4, normalize: zero_one}
        model: {name: vae_conv, in_ch: 1, latent_dim: 32, base_ch: 64}
        train: {epochs: 40, lr: 1.0e-3, opt: adamw, recon_loss: bce, beta: 1.0, kl_schedule: linear,
                kl_warmup_epochs: 10, amp: true, ema: true}
        eval: {iwae_samples: 64}
        log: {out_dir: outputs/mnist, save_every: 5}
        """,
        """
        seed: 0
        device: cuda
        data:
          dataset: cifar10
          root: ./data
          batch_size: 256
          num_workers: 8
          normalize: minus_one_one
        model:
          name: vae_resnet
          in_ch: 3
          latent_dim: 128
          base_ch: 64
        train:
          epochs: 100
          lr: 0.0003
          opt: adam
          recon_loss: charbonnier
          beta: 0.5
          kl_schedule: cyclical
          kl_warmup_epochs: 20
          amp: false
          ema: false
        eval:
          iwae_samples: 10
        log:
          out_dir: ./outputs
          save_every: 10
        """,
        """
        device: cpu
        data: {dataset: mnist, normalize: minus_one_one}
        model: {name: vae_mlp, latent_dim: 2}
        train: {opt: sgd, recon_loss: l2, kl_schedule: none, beta: 4, amp: auto}
        """,
    ]

    @Test("that people already have works unchanged", arguments: 0..<3)
    func works(index: Int) throws {
        let text = Self.inherited[index]
        let config = try load(text)
        let notices = text.contains("cuda") ? 1 : 0
        #expect(config.notices.count == notices, "\(config.notices)")
        #expect(config.model.latentSize == [32, 128, 2][index])
    }

    @Test(
        "that ships is valid",
        arguments: [
            ("mnist", "mnist"), ("cifar10", "cifar10"), ("digits", "drawn-digits"),
            ("sprites", "sprites"), ("fashion-mnist", "fashion-mnist"), ("kmnist", "kmnist"),
            ("emnist-digits", "emnist-digits"), ("cifar100", "cifar100"),
        ])
    func shipped(name: String, dataset: String) throws {
        let tests = FilePath.folder(of: FilePath.folder(of: #filePath))
        let root = FilePath.folder(of: tests)
        let config = try ExperimentConfig.load(
            source: try WholeFile.text(at: "\(root)/configs/\(name).yaml"))
        #expect(config.notices.isEmpty)
        #expect(config.data.dataset == dataset)
    }
}
