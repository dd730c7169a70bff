extension KeyTable {
    /// How a model is scored.
    static let eval = [
        key(
            "eval.iwae_samples", .integer(1...100_000), .integer(64), .evaluation,
            "Samples K of the importance-weighted bound."),
        key(
            "eval.batch_size", .integer(1...65_536), .integer(250), .evaluation,
            "Images evaluated at once."),
        key(
            "eval.draws", .integer(1...10_000), .integer(1), .evaluation,
            "Draws from the posterior for each image's ELBO."),
        key(
            "eval.weights", .choice(["ema", "raw"]), .text("ema"), .evaluation,
            "Which weights of the selected epoch are scored and drawn from: the running average where "
                + "train.ema keeps one, or those that the optimiser moved."),
        key(
            "eval.lpips", .text, .null, .evaluation,
            "A file with LPIPS weights, safetensors or PyTorch's .pth; without one LPIPS is not "
                + "computed."),
        key(
            "eval.lpips_net", .choice(["alex", "squeeze"]), .text("alex"), .evaluation,
            "The network whose weights eval.lpips holds."),
        key(
            "eval.lpips_size", .integer(32...512), .integer(64), .evaluation,
            "Pixels a side that images are resized to for LPIPS."),
        key(
            "eval.frechet", .flag, .text("true"), .evaluation,
            "Whether Fréchet distance, KID, precision and recall are computed, on features of a small "
                + "classifier that is trained on the data set."),
        key(
            "eval.probe_images", .integer(0...100_000_000), .integer(10_000), .evaluation,
            "Training images, the first ones, on whose codes a linear and a nearest-neighbour probe of "
                + "the classes are fitted; 0 leaves the probes out."),
        key(
            "eval.mixture", .integer(0...1_000), .integer(0), .evaluation,
            "Gaussians in a mixture that is fitted to training codes and stands beside the prior in the "
                + "scores of samples; 0 for none."),
        key(
            "eval.refined_images", .integer(0...1_000_000), .integer(0), .evaluation,
            "Test images whose posteriors are refined one by one, which tells the amortisation gap from "
                + "the approximation gap; 0 for none."),
        key(
            "eval.disentanglement", .flag, .text("false"), .evaluation,
            "Whether MIG, DCI, SAP and the FactorVAE score compare codes with the factors that the "
                + "images were drawn from: sprites and drawn digits have them."),
    ]

    /// The denoising autoencoder that `compare dae` trains.
    static let denoiser = [
        key(
            "dae.base_ch", .integer(1...256), .integer(32), .denoising,
            "Channels of the denoising autoencoder at full size; each halving doubles them."),
        key(
            "dae.epochs", .integer(1...100_000), .integer(2), .denoising,
            "Passes over the training images for the denoising autoencoder."),
        key(
            "dae.lr", .number(0...10, isPositive: true), .number(1e-3), .denoising,
            "Its learning rate."),
        key(
            "dae.batch_size", .integer(2...65_536), .integer(128), .denoising,
            "Images in one of its training steps."),
        key(
            "dae.sigmas", .numbers(0...10), .text("0.1, 0.2, 0.3, 0.5"), .denoising,
            "Standard deviations of the Gaussian noise that it is trained on; each image draws one of "
                + "them at each visit, and pixels are clipped to 0 … 1."),
    ]
}
