import Datasets
import Experiments
import Files
import Testing
import Training
import VAEModels

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
            #expect(
                config.resolved.map(\.name)
                    == KeyTable.names.filter { !$0.hasPrefix("data.sprite_") && !isOfOwnData($0) })
            #expect(config.notices.isEmpty)
        }
        #expect(try ExperimentConfig.load(source: nil) == load(""))
    }

    /// Whether a key is about images of the user's own, and shown where there are some.
    private func isOfOwnData(_ name: String) -> Bool {
        [
            "path", "labels", "image_size", "resize", "color", "background", "classes",
            "test_share",
            "unreadable", "layout", "values",
        ].contains { name == "data.\($0)" }
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
        #expect(config.data.binarization == .dynamic && config.data.isBinarized)
        #expect(config.data.root == "~/data")
        #expect(config.data.limits == SplitLimits(train: 1000, test: 50))
        #expect(config.data.whenUnavailable == .drawnDigits)
        #expect(config.model.latentSize == 2)
        #expect(config.train.learningRate == 1e-3)
        #expect(config.train.learningRateShape == .constant)
        #expect(config.train.optimizer == .adamW)
        #expect(config.train.averageDecay == nil)
        #expect(config.train.beta == 4)
        #expect(config.train.warmUpEpochs == 0)
        #expect(config.eval.draws == 3)
        #expect(config.log.saveEvery == 2)
        #expect(config.notices == ["device 'cuda:0': vae-report computes on the CPU"])
        #expect(config.pixels == PixelModel())
        let request = config.data.request(folder: "here", strict: true)
        #expect(request.folder == "here")
        #expect(request.whenUnavailable == .error)
    }

    @Test("says everything that is new: optimiser, objective, average, denoiser")
    func more() throws {
        let config = try load(
            """
            data: {normalize: minus_one_one}
            model: {name: vae_resnet}
            train:
              opt: sgd
              momentum: 0.8
              lr_schedule: cosine_restarts
              lr_restarts: 5
              grad_clip: 2
              ema: true
              ema_decay: 0.99
              patience: 7
              recon_loss: charbonnier
              beta: 2
              kl_schedule: cyclical
              kl_cycles: 3
              kl_ramp: 0.25
              free_bits: 0.5
            eval:
              weights: raw
              lpips: w.pth
              lpips_net: squeeze
              lpips_size: 128
              frechet: false
              probe_images: 0
              mixture: 10
              refined_images: 50
            dae: {base_ch: 16, epochs: 1, lr: 0.01, batch_size: 64, sigmas: [0.1, 1]}
            log: {tensorboard: false}
            """)
        let train = config.train
        #expect(config.model.architecture == .residual && config.model.name == "vae_resnet")
        #expect(config.pixels == PixelModel(.charbonnier, range: .minusOneOne))
        #expect(train.optimizer == .sgd(momentum: 0.8))
        #expect(train.learningRateShape == .cosineRestarts(restarts: 5))
        #expect(train.gradientClip == 2 && train.averageDecay == 0.99 && train.patience == 7)
        let schedule = KLSchedule(beta: 2, shape: .cyclical(cycles: 3, ramp: 0.25))
        #expect(train.klSchedule == schedule && train.warmUpEpochs == 0)
        #expect(train.objective == VAEObjective(freeBits: 0.5))
        #expect(config.eval.weights == .raw && !config.eval.includesFrechet)
        #expect(config.eval.probeImages == 0 && config.eval.mixtureComponents == 10)
        #expect(config.eval.refinedImages == 50)
        let perceptual = try #require(config.eval.perceptual)
        #expect((perceptual.path, perceptual.network, perceptual.size) == ("w.pth", "squeeze", 128))
        #expect(config.denoiser.sigmas == [0.1, 1] && config.denoiser.batchSize == 64)
        #expect(!config.log.writesEvents)
        #expect(config.notices.isEmpty)
        #expect(try load("", "dae.sigmas=0.1,1").denoiser.sigmas == [0.1, 1])
        #expect(try load("train: {target_kl: 20}").train.klSchedule.target == 20)
        #expect(try load("train: {iwae_samples: 50}").train.objective.importanceSamples == 50)
    }

    @Test(
        "an objective takes its weight, its capacity and its schedule from the keys that are its own"
    )
    func objectives() throws {
        let capacity = try load(
            "train: {objective: capacity, epochs: 6, capacity_nats: 30, kl_schedule: linear}")
        #expect(
            capacity.train.objective.rate
                == .capacity(VAEObjective.Capacity(weight: 1000, limit: 30, epochs: 3)))
        #expect(capacity.train.klSchedule == KLSchedule())
        #expect(capacity.notices.count == 1 && capacity.notices[0].contains("'train.kl_schedule'"))
        let weighed = try load("train: {objective: tcvae, beta: 6}")
        #expect(weighed.train.objective.rate == .totalCorrelation(weight: 6))
        #expect(weighed.train.beta == 6 && weighed.train.warmUpEpochs == 1)
        #expect(weighed.notices.isEmpty)
        let idle = try load("train: {capacity_epochs: 2}")
        #expect(
            idle.notices == [
                "'train.capacity_epochs' has no effect: 'train.objective' is elbo, not capacity"
            ])
        #expect(try load("train: {recon_loss: gaussian}").pixels == PixelModel(.gaussian))
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

    @Test("changes the key of what depends on it, and of nothing else")
    func cacheText() throws {
        let base = try load("")
        let trained = [
            "train.beta=4", "seed=1", "data.train_limit=1000", "model.latent_dim=2",
            "train.ema=true",
            "train.opt=sgd", "data.binarize=static", "train.free_bits=0.1", "train.grad_clip=1",
            "model.name=vae_mlp", "train.patience=3", "train.target_kl=9", "train.iwae_samples=2",
        ]
        for change in trained {
            #expect(
                try load("", change).cacheText(for: .training) != base.cacheText(for: .training))
        }
        for change in ["dae.epochs=5", "dae.sigmas=0.2"] {
            let other = try load("", change)
            #expect(other.cacheText(for: .evaluation) == base.cacheText(for: .evaluation))
            #expect(other.cacheText(for: .denoising) != base.cacheText(for: .denoising))
        }
        for change in ["eval.iwae_samples=5", "data.test_limit=100", "eval.weights=raw"] {
            let other = try load("", change)
            #expect(other.cacheText(for: .training) == base.cacheText(for: .training))
            #expect(other.cacheText(for: .evaluation) != base.cacheText(for: .evaluation))
        }
        for change in ["data.root=x", "log.out_dir=x", "device=cuda", "log.tensorboard=false"] {
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

    @Test("warns of keys that do nothing beside another's value")
    func idleKeys() throws {
        for text in [
            "momentum: 0.5", "lr_restarts: 2", "kl_cycles: 2", "kl_ramp: 1", "ema_decay: 0",
        ] {
            let notices = try load("train: {\(text)}").notices
            #expect(notices.count == 1 && notices[0].contains("has no effect"), "\(notices)")
        }
    }

    @Test("names a grid of sprites, which no other data set has any use for")
    func sprites() throws {
        let text = "data: {dataset: sprites, sprite_size: 32, sprite_scales: 2, sprite_turn: 360}"
        let config = try load(text)
        var grid = SpriteGrid()
        (grid.side, grid.scales, grid.turn) = (32, 2, 360)
        #expect(config.data.grid == grid && config.data.request().grid == grid)
        #expect(config.data.validationCount == 12_288 / 12)
        #expect(config.notices.isEmpty)
        let other = try load("data.dataset: sprites", "data.sprite_x=5")
        #expect(other.cacheText(for: .training).contains("data.sprite_x: 5"))
        #expect(try !load("").cacheText(for: .training).contains("sprite"))
        let idle = try load("data.sprite_y: 3").notices
        #expect(idle == ["'data.sprite_y' has no effect: 'data.dataset' is mnist, not sprites"])
    }
}
