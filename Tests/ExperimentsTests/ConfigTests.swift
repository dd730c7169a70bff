import Datasets
import Experiments
import Files
import Testing

@Suite("A config")
struct ConfigTests {
    @Test("that says nothing holds the defaults")
    func defaults() throws {
        for text in ["", "# only a comment\n", "train:\n"] {
            let config = try load(text)
            #expect(config.data.dataset == "mnist")
            #expect(config.data.validationCount == 5000)
            #expect(config.model.channels == 1)
            #expect(config.train.epochs == 10)
            #expect(config.train.learningRate == 2e-3)
            #expect(config.log.outputFolder == nil)
            #expect(config.resolved.map(\.name) == KeyTable.names)
            #expect(config.notices.isEmpty)
        }
        #expect(try ExperimentConfig.load(source: nil) == load(""))
    }

    @Test("says everything that the table has")
    func everything() throws {
        let config = try load(
            """
            seed: 7
            device: "cuda:0"
            data:
              dataset: drawn-digits
              root: ~/data
              batch_size: 64
              num_workers: 4
              normalize: zero_one
              binarize: dynamic
              validation: 100
              when_unavailable: drawn-digits
              train_limit: 1000
              test_limit: 50
            model: {name: vae_conv, in_ch: 1, latent_dim: 2, base_ch: 8}
            train:
              epochs: 3
              lr: 1e-3
              opt: adamw
              weight_decay: 0
              lr_schedule: constant
              recon_loss: bce
              beta: 4
              kl_schedule: none
              kl_warmup_epochs: 2
              amp: auto
              ema: false
            eval: {iwae_samples: 5, batch_size: 100, draws: 3}
            log: {out_dir: elsewhere, save_every: 2}
            """)
        #expect(config.seed == 7)
        #expect(config.data.isBinarized)
        #expect(config.data.root == "~/data")
        #expect(config.data.limits == SplitLimits(train: 1000, test: 50))
        #expect(config.data.whenUnavailable == .drawnDigits)
        #expect(config.model.latentSize == 2)
        #expect(config.train.learningRate == 1e-3)
        #expect(config.train.learningRateSchedule == .constant)
        #expect(config.train.beta == 4)
        #expect(config.train.warmUpEpochs == 0)
        #expect(config.eval.draws == 3)
        #expect(config.log.saveEvery == 2)
        #expect(config.notices == ["device 'cuda:0': vae-report computes on the CPU"])
        #expect(config.resolved.filter { !$0.isSet }.isEmpty)
        let request = config.data.request(folder: "here", strict: true)
        #expect(request.folder == "here")
        #expect(request.whenUnavailable == .error)
    }

    @Test("is overruled by a cell, and both by the command line")
    func precedence() throws {
        let source = SourceText(name: "r.md", text: "train.beta: 2")
        let place = SourceLocation(file: "r.md", line: 1, column: 1)
        func cell(_ key: String, _ value: ConfigValue) -> ConfigSetting {
            ConfigSetting(
                key: key, value: value, keyLocation: place, valueLocation: place, source: source)
        }
        let config = try ExperimentConfig.load(
            source: SourceText(name: "c.yaml", text: "train: {beta: 1, epochs: 1, lr: 0.1}"),
            cell: [cell("train.beta", .integer(2)), cell("train.epochs", .integer(2))],
            commandLine: [try ConfigSetting(argument: "train.epochs=3")])
        #expect(config.train.beta == 2)
        #expect(config.train.epochs == 3)
        #expect(config.train.learningRate == 0.1)
    }

    @Test("takes a twelfth of the training images for validation unless it says otherwise")
    func validation() throws {
        #expect(try load("data.train_limit: 1200").data.validationCount == 100)
        #expect(try load("data: {train_limit: 1200, validation: 7}").data.validationCount == 7)
        #expect(try load("data.train_limit: 70000").data.validationCount == 5000)
    }

    @Test(
        "that ships is valid",
        arguments: [
            ("mnist", "mnist"), ("cifar10", "cifar10"), ("digits", "drawn-digits"),
        ])
    func shipped(name: String, dataset: String) throws {
        let tests = FilePath.folder(of: FilePath.folder(of: #filePath))
        let root = FilePath.folder(of: tests)
        let config = try ExperimentConfig.load(
            source: try WholeFile.text(at: "\(root)/configs/\(name).yaml"))
        #expect(config.notices.isEmpty)
        #expect(config.data.dataset == dataset)
    }

    @Test("changes the key of what depends on it, and of nothing else")
    func cacheText() throws {
        let base = try load("")
        let trained = ["train.beta=4", "seed=1", "data.train_limit=1000", "model.latent_dim=2"]
        for change in trained {
            #expect(
                try load("", change).cacheText(for: .training) != base.cacheText(for: .training))
        }
        for change in ["eval.iwae_samples=5", "data.test_limit=100"] {
            let other = try load("", change)
            #expect(other.cacheText(for: .training) == base.cacheText(for: .training))
            #expect(other.cacheText(for: .evaluation) != base.cacheText(for: .evaluation))
        }
        for change in ["data.root=x", "log.out_dir=x", "device=cuda", "data.num_workers=3"] {
            let other = try load("", change)
            #expect(other.cacheText(for: .evaluation) == base.cacheText(for: .evaluation))
        }
        #expect(
            try load("train.beta: 1.0").cacheText(for: .training) == base.cacheText(for: .training))
    }

    @Test("warns of a warm-up that outlasts the run")
    func notices() throws {
        #expect(try load("train: {epochs: 1, kl_warmup_epochs: 5}").notices.count == 1)
        #expect(
            try load("train: {epochs: 1, kl_schedule: none, kl_warmup_epochs: 5}").notices.isEmpty)
    }

    @Test("documents every key, with a default that is valid")
    func table() throws {
        for key in KeyTable.keys {
            #expect(key.documentation.hasSuffix("."))
            #expect(!key.expectation.isEmpty)
            if key.defaultValue != .null {
                _ = try load("", "\(key.name)=\(key.defaultValue.canonicalText)")
            }
        }
        #expect(Set(KeyTable.names).count == KeyTable.names.count)
    }
}
