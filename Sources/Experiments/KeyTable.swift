/// Every key that a config may hold, declared once: types, ranges, defaults, documentation.
public enum KeyTable {
    /// All keys in the order of the reference page and of a resolved config.
    public static let keys: [ConfigKey] =
        general + data + ownData + sprites + model + train + objective + eval + denoiser + log

    /// All names, for suggestions.
    public static let names: [String] = keys.map(\.name)

    /// The key called `name`.
    public static func key(_ name: String) -> ConfigKey? { index[name] }

    private static let index: [String: ConfigKey] = Dictionary(
        uniqueKeysWithValues: keys.map { ($0.name, $0) })

    /// The key that people mean by a name from another project; for suggestions alone.
    static let meanings: [String: String] = [
        "train.optimizer": "train.opt", "optimizer": "train.opt",
        "train.learning_rate": "train.lr", "learning_rate": "train.lr",
        "train.batch_size": "data.batch_size", "batch_size": "data.batch_size",
        "train.scheduler": "train.lr_schedule", "train.loss": "train.recon_loss",
        "train.kl_weight": "train.beta", "train.gamma": "train.capacity_weight",
        "train.capacity": "train.capacity_nats", "train.c_max": "train.capacity_nats",
        "train.likelihood": "train.recon_loss", "train.tc_weight": "train.beta",
        "train.kl_warmup": "train.kl_warmup_epochs",
        "train.warmup_epochs": "train.kl_warmup_epochs", "train.n_epochs": "train.epochs",
        "train.clip": "train.grad_clip", "train.grad_clip_norm": "train.grad_clip",
        "train.early_stopping": "train.patience", "train.seed": "seed",
        "train.mixed_precision": "train.amp", "train.bf16": "train.amp",
        "model.latent_size": "model.latent_dim", "model.z_dim": "model.latent_dim",
        "model.latent": "model.latent_dim", "model.channels": "model.in_ch",
        "model.type": "model.name", "model.arch": "model.name", "model.base": "model.base_ch",
        "data.name": "data.dataset", "dataset": "data.dataset", "data.folder": "data.path",
        "data.dir": "data.root", "data.workers": "data.num_workers", "eval.k": "eval.iwae_samples",
        "eval.fid": "eval.frechet", "log.dir": "log.out_dir", "log.output_dir": "log.out_dir",
        "output_dir": "log.out_dir", "log.tb": "log.tensorboard",
        "log.every": "log.save_every",
    ]

    private static let general = [
        key(
            "seed", .integer(0...Int.max), .integer(0), .training,
            "Every random number of a run comes from this; the same seed gives the same bytes."),
        key(
            "device", .device, .text("cpu"), .nothing,
            "Where to compute: the CPU, whatever other projects' configs name."),
    ]

    private static let log = [
        key(
            "log.out_dir", .text, .null, .nothing,
            "The folder for everything a build makes; outputs/<report> when unset."),
        key(
            "log.save_every", .integer(0...100_000), .integer(0), .training,
            "Keep a checkpoint every so many epochs beside the best and the last; 0 keeps none."),
        key(
            "log.tensorboard", .flag, .text("true"), .nothing,
            "Write TensorBoard event files into the run's logs: curves, images, histograms."),
    ]

    static func key(
        _ name: String, _ kind: ConfigKey.Kind, _ defaultValue: ConfigValue,
        _ reach: ConfigKey.Reach, _ documentation: String
    ) -> ConfigKey {
        ConfigKey(
            name: name, kind: kind, defaultValue: defaultValue, reach: reach,
            documentation: documentation)
    }
}
