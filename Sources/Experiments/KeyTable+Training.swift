extension KeyTable {
    /// How weights are moved.
    static let train = [
        key(
            "train.epochs", .integer(1...100_000), .integer(10), .training,
            "Passes over the training images."),
        key(
            "train.lr", .number(0...10, isPositive: true), .number(2e-3), .training,
            "The learning rate; the highest one where it moves."),
        key(
            "train.opt", .choice(["adamw", "adam", "sgd"]), .text("adamw"), .training,
            "The optimiser: AdamW, Adam, or gradient descent with momentum."),
        key(
            "train.momentum", .number(0...0.999), .number(0.9), .training,
            "Momentum of sgd; the others have none."),
        key(
            "train.weight_decay", .number(0...1), .number(1e-4), .training,
            "Weight decay: decoupled with adamw, added to the gradient with adam and sgd."),
        key(
            "train.lr_schedule", .choice(["one_cycle", "cosine_restarts", "constant"]),
            .text("one_cycle"), .training,
            "How the learning rate moves: up and down once, down a cosine arc again and again, or "
                + "not at all."),
        key(
            "train.lr_restarts", .integer(0...10_000), .integer(3), .training,
            "How often cosine_restarts starts again; so many and one arcs of equal length."),
        key(
            "train.grad_clip", .number(0...1e9, isPositive: true), .null, .training,
            "The longest gradient, over all parameters together; a longer one is scaled down. "
                + "No limit when unset."),
        key(
            "train.amp", .choice(["false", "auto", "true"]), .text("auto"), .training,
            "Mixed precision, bfloat16 with float32 weights: auto and true use it where the CPU has "
                + "AVX-512 BF16, true says so where it has not."),
        key(
            "train.ema", .flag, .text("false"), .training,
            "Keep a running average of the weights, and validate, select and evaluate that; running "
                + "statistics of normalisations are taken as they are."),
        key(
            "train.ema_decay", .number(0...0.999_999), .number(0.999), .training,
            "Decay of that average; that of step t is at most (1 + t) / (10 + t)."),
        key(
            "train.patience", .integer(1...100_000), .null, .training,
            "Stop after so many epochs without a better validation at the target beta; never when "
                + "unset."),
        key(
            "train.init", .text, .null, .training,
            "A checkpoint to start from instead of fresh weights: safetensors, or a PyTorch file."),
        key(
            "train.init_names", .text, .null, .training,
            "A file with lines 'theirs: ours' for a train.init whose tensors have other names."),
    ]

    /// What is minimised.
    static let objective = [
        key(
            "train.recon_loss",
            .choice([
                "bce", "l2", "charbonnier", "gaussian", "laplace", "continuous_bernoulli",
                "discretized_logistic",
            ]), .text("bce"), .training,
            "The reconstruction term: Bernoulli's on logits (on grey pixels a score, no likelihood); "
                + "a Gaussian density of variance 1/2, or a smoothed Laplace density of scale 1; a "
                + "Gaussian or Laplace density whose scale is learned, one for all pixels (Rybkin et "
                + "al. 2021); the continuous Bernoulli density (Loaiza-Ganem & Cunningham 2019); or "
                + "the probability of a pixel's 256 levels under a logistic distribution of learned "
                + "scale, which is also given in bits per dimension."),
        key(
            "train.objective", .choice(["elbo", "capacity", "tcvae"]), .text("elbo"), .training,
            "What is minimised beside the reconstruction: beta times the KL; with capacity the "
                + "distance of the KL from a capacity that grows, times capacity_weight (Burgess et "
                + "al. 2018); with tcvae the KL whose part of total correlation counts beta times "
                + "(Chen et al. 2018). Epochs are selected by the plain ELBO with the last two."),
        key(
            "train.beta", .number(0...10_000), .number(1), .training,
            "The full weight of the KL term, with tcvae of the total correlation alone; with target_kl "
                + "the weight to start from."),
        key(
            "train.kl_schedule", .choice(["none", "linear", "cyclical"]), .text("linear"),
            .training,
            "How the weight of the KL term grows: full at once, linearly over kl_warmup_epochs, or in "
                + "kl_cycles cycles that each rise and stay (Fu et al. 2019)."),
        key(
            "train.kl_warmup_epochs", .number(0...100_000), .number(1), .training,
            "Epochs until linear has its full weight; fractions count."),
        key(
            "train.kl_cycles", .integer(1...100_000), .integer(4), .training,
            "Cycles of cyclical over the whole run."),
        key(
            "train.kl_ramp", .number(0...1, isPositive: true), .number(0.5), .training,
            "The part of a cycle in which the weight rises; it is full for the rest, and always at "
                + "the run's last step."),
        key(
            "train.free_bits", .number(0...100), .number(0), .training,
            "Nats that each latent dimension may spend freely: the KL term is the sum of "
                + "max(free_bits, mean KL of the dimension) (Kingma et al. 2016)."),
        key(
            "train.target_kl", .number(0...100_000, isPositive: true), .null, .training,
            "The KL in nats per image to which beta is steered, by at most 1 % a step; the last epoch "
                + "is kept then. Beta follows kl_schedule alone when unset."),
        key(
            "train.capacity_nats", .number(0...100_000), .number(25), .training,
            "The last capacity C of capacity, nats per image; it grows linearly from 0."),
        key(
            "train.capacity_weight", .number(0...1_000_000, isPositive: true), .number(1000),
            .training, "The weight of the KL's distance from C with capacity."),
        key(
            "train.capacity_epochs", .number(0...100_000), .null, .training,
            "Epochs until the capacity is at its last value; fractions count. Half of the run when "
                + "unset."),
        key(
            "train.iwae_samples", .integer(1...1000), .integer(1), .training,
            "Samples K of the importance-weighted objective (Burda et al. 2016); 1 is the ELBO."),
    ]
}
