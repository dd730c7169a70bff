/// Every key that a config may hold, declared once: types, ranges, defaults, documentation.
public enum KeyTable {
    /// All keys in the order of the reference page and of a resolved config.
    public static let keys: [ConfigKey] = general + data + model + train + eval + log

    /// All names, for suggestions.
    public static let names: [String] = keys.map(\.name)

    /// The key called `name`.
    public static func key(_ name: String) -> ConfigKey? { index[name] }

    private static let index: [String: ConfigKey] = Dictionary(
        uniqueKeysWithValues: keys.map { ($0.name, $0) })

    private static let general = [
        key(
            "seed", .integer(0...Int.max), .integer(0), .training,
            "Every random number of a run comes from this; the same seed gives the same bytes."),
        key("device", .device, .text("cpu"), .nothing, "Where to compute: the CPU."),
    ]

    private static let data = [
        key(
            "data.dataset", .text, .text("mnist"), .training,
            "The data set: mnist, cifar10 or drawn-digits."),
        key(
            "data.root", .text, .null, .nothing,
            "A folder to look into before $VAE_REPORT_DATA and the user's cache."),
        key(
            "data.batch_size", .integer(2...65_536), .integer(128), .training,
            "Images in a training step."),
        key(
            "data.num_workers", .integer(0...1024), .integer(0), .nothing,
            "Accepted from other projects' configs; batches are made ahead of the step anyway."),
        key(
            "data.normalize", .choice(supported: ["zero_one"], planned: ["minus_one_one"]),
            .text("zero_one"), .training, "The range of pixel values."),
        key(
            "data.binarize",
            .choice(supported: ["none", "dynamic"], planned: ["static", "threshold"]),
            .text("none"), .training,
            "Grey pixels as they are, or drawn anew as 0 or 1 at each visit."),
        key(
            "data.validation", .integer(1...1_000_000), .null, .training,
            "Images taken from the end of the training split to choose the best epoch by; "
                + "a twelfth of it when unset (5,000 of MNIST's 60,000)."),
        key(
            "data.when_unavailable", .choice(supported: ["error", "drawn-digits"]),
            .text("error"), .nothing,
            "What to do when the data set is nowhere: stop, or draw digits and say so."),
        key(
            "data.train_limit", .integer(4...100_000_000), .null, .training,
            "Only the first images of the training split, for short runs."),
        key(
            "data.test_limit", .integer(2...100_000_000), .null, .evaluation,
            "Only the first images of the test split, for short runs."),
    ]

    private static let model = [
        key(
            "model.name", .choice(supported: ["vae_conv"], planned: ["vae_resnet", "vae_mlp"]),
            .text("vae_conv"), .training, "The architecture."),
        key(
            "model.in_ch", .integer(1...3), .null, .training,
            "Channels of an image; the data set's when unset."),
        key(
            "model.latent_dim", .integer(2...1024), .integer(32), .training,
            "Numbers in an image's code."),
        key(
            "model.base_ch", .integer(1...256), .integer(32), .training,
            "Channels after the first stage; each stage doubles them."),
    ]

    private static let train = [
        key(
            "train.epochs", .integer(1...100_000), .integer(10), .training, "Passes over the data."),
        key(
            "train.lr", .number(0...10, isPositive: true), .number(2e-3), .training,
            "The learning rate, at its highest."),
        key(
            "train.opt", .choice(supported: ["adamw"], planned: ["adam", "sgd"]), .text("adamw"),
            .training, "The optimiser."),
        key(
            "train.weight_decay", .number(0...1), .number(1e-4), .training,
            "AdamW's decoupled weight decay."),
        key(
            "train.lr_schedule",
            .choice(supported: ["one_cycle", "constant"], planned: ["cosine"]),
            .text("one_cycle"), .training, "How the learning rate moves over the run."),
        key(
            "train.recon_loss", .choice(supported: ["bce"], planned: ["l2", "charbonnier"]),
            .text("bce"), .training, "The reconstruction term; bce is Bernoulli's, on logits."),
        key(
            "train.beta", .number(0...10_000), .number(1), .training,
            "The weight of the KL term after the warm-up."),
        key(
            "train.kl_schedule",
            .choice(supported: ["none", "linear"], planned: ["cyclical"]), .text("linear"),
            .training, "How the weight of the KL term grows."),
        key(
            "train.kl_warmup_epochs", .number(0...100_000), .number(1), .training,
            "Epochs until the KL term has its full weight; fractions count."),
        key(
            "train.amp", .choice(supported: ["false", "auto", "true"]), .text("auto"), .training,
            "Mixed precision, bfloat16 with float32 weights: auto and true use it where the CPU has "
                + "AVX-512 BF16, true says so where it has not."),
        key(
            "train.ema", .choice(supported: ["false"], planned: ["true"]), .text("false"),
            .training, "Whether a running average of the weights is kept and evaluated."),
    ]

    private static let eval = [
        key(
            "eval.iwae_samples", .integer(1...100_000), .integer(64), .evaluation,
            "Samples K of the importance-weighted bound."),
        key(
            "eval.batch_size", .integer(1...65_536), .integer(250), .evaluation,
            "Images evaluated at once."),
        key(
            "eval.draws", .integer(1...10_000), .integer(1), .evaluation,
            "Draws from the posterior for each image's ELBO."),
    ]

    private static let log = [
        key(
            "log.out_dir", .text, .null, .nothing,
            "The folder for everything a build makes; outputs/<report> when unset."),
        key(
            "log.save_every", .integer(0...100_000), .integer(0), .training,
            "Keep a checkpoint every so many epochs beside the best and the last; 0 keeps none."),
    ]

    private static func key(
        _ name: String, _ kind: ConfigKey.Kind, _ defaultValue: ConfigValue,
        _ reach: ConfigKey.Reach, _ documentation: String
    ) -> ConfigKey {
        ConfigKey(
            name: name, kind: kind, defaultValue: defaultValue, reach: reach,
            documentation: documentation)
    }
}
