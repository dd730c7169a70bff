extension KeyTable {
    /// Which images, and which model of them.
    static let data = [
        key(
            "data.dataset", .text, .text("mnist"), .training,
            "The data set: mnist, fashion-mnist, kmnist, emnist-digits, cifar10, cifar100, "
                + "cifar100-coarse (the same by superclass), drawn-digits or sprites; folder or arrays "
                + "for images of your own in data.path."),
        key(
            "data.root", .text, .null, .nothing,
            "A folder to look into before $VAE_REPORT_DATA and the user's cache."),
        key(
            "data.batch_size", .integer(2...65_536), .integer(128), .training,
            "Images in a training step."),
        key(
            "data.num_workers", .integer(0...1024), .integer(0), .nothing,
            "Accepted from other projects' configs; images are in memory, nothing has to be loaded."
        ),
        key(
            "data.normalize", .choice(["zero_one", "minus_one_one"]), .text("zero_one"), .training,
            "The range of the pixels that the network sees and the loss compares; bce and "
                + "continuous_bernoulli need zero_one."
        ),
        key(
            "data.binarize", .choice(["none", "dynamic", "static", "threshold"]), .text("none"),
            .training,
            "Grey pixels as they are; drawn anew as 0 or 1 at each visit; drawn once, the same in "
                + "every run whatever its seed; or cut at 0.5. Four different data sets; all but none "
                + "need bce."),
        key(
            "data.validation", .integer(1...1_000_000), .null, .training,
            "Images taken from the end of the training split to choose the best epoch by; "
                + "a twelfth of it when unset (5,000 of MNIST's 60,000)."),
        key(
            "data.when_unavailable", .choice(["error", "drawn-digits"]), .text("error"), .nothing,
            "What to do when the data set is nowhere: stop, or draw digits and say so."),
        key(
            "data.train_limit", .integer(4...100_000_000), .null, .training,
            "Only the first images of the training split, for short runs."),
        key(
            "data.test_limit", .integer(2...100_000_000), .null, .evaluation,
            "Only the first images of the test split, for short runs."),
    ]

    /// Which model.
    static let model = [
        key(
            "model.name", .choice(["vae_conv", "vae_resnet", "vae_mlp"]), .text("vae_conv"),
            .training, "The architecture: convolutions, residual blocks, or fully connected layers."
        ),
        key(
            "model.in_ch", .integer(1...3), .null, .training,
            "Channels of an image; the data set's when unset, and only those fit."),
        key(
            "model.latent_dim", .integer(2...1024), .integer(32), .training,
            "Numbers in an image's code."),
        key(
            "model.base_ch", .integer(1...256), .integer(32), .training,
            "Channels after the first stage, which each later stage doubles; vae_mlp has no use for it."
        ),
    ]
}
