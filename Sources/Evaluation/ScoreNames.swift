/// The names of all scores, without the split's prefix, in the order of a table.
///
/// An evaluation:
///
/// | name | what it is |
/// |---|---|
/// | `elbo`, `reconstruction`, `kl` | the bound at β = 1 and its two terms, nats per image |
/// | `iwae_K`, `ess_K` | the importance-weighted bound of K draws, its effective sample size (K > 1) |
/// | `bits_per_dimension` | the tightest of these bounds where pixels have probabilities: levels under a discretised logistic, or binarised |
/// | `active_units` | dimensions whose posterior mean varies |
/// | `psnr`, `psnr_pooled`, `ssim` | reconstructions against images |
/// | `lpips` | learned perceptual distance of reconstructions |
/// | `psnr_B`, `ssim_B` | the same of the baselines B: `identity`, `mean_image`, `pca` |
/// | `reconstruction_mean_image` | the reconstruction term of the mean image, nats: Bernoulli pixels only |
/// | `mutual_information`, `total_correlation`, `dimensionwise_kl`, `mutual_information_ceiling` | the KL term taken apart, nats |
/// | `mixture_gain`, `elbo_mixture` | what a mixture as the prior adds to the ELBO, nats per image |
/// | `frechet_S`, `kid_S` | distances of the sets S: `samples`, `samples_cool` (T = 0.7), `mixture`, `reconstructions`, `floor` |
/// | `precision_S`, `recall_S` | how much of S looks real, and of what is real lies in S |
/// | `amortisation_gap`, `approximation_gap`, `elbo_encoded`, `elbo_refined`, `iwae_refined` | what refining the posteriors of some images gains, nats per image |
/// | `probe_linear`, `probe_knn` | share of images whose class a probe of the posterior mean finds |
/// | `mig`, `dci_…`, `sap`, `factor_vae` | codes against known factors |
///
/// A denoising comparison, for methods M (`vae`, `dae`, `pca`, `median`, `identity`), noises such as
/// `clean`, `gaussian_30`, `salt_and_pepper_10`, `masking_25` and codes C (`vae`, `dae`, `pca`):
///
/// | name | what it is |
/// |---|---|
/// | `denoise_psnr_M_N`, `denoise_ssim_M_N`, `denoise_mse_M_N`, `denoise_hf_M_N` | restored against clean images |
/// | `probe_linear_C`, `probe_knn_C` | share of images whose class a probe of the code finds |
public enum ScoreNames {
    /// Every score of an evaluation with these options.
    public static func evaluation(_ options: EvaluationOptions) -> [String] {
        let samples = Set(options.importanceSamples).sorted()
        return ["elbo", "reconstruction", "kl"] + samples.map { "iwae_\($0)" }
            + samples.filter { $0 > 1 }.map { "ess_\($0)" }
            + (options.hasBits ? ["bits_per_dimension"] : [])
            + ["active_units", "psnr", "psnr_pooled", "ssim"]
            + (options.includesPerceptual ? ["lpips"] : [])
            + (options.includesBaselines ? baselines : [])
            + (options.aggregateDraws > 0 ? aggregate : [])
            + (options.mixtureComponents > 0 ? ["mixture_gain", "elbo_mixture"] : [])
            + (options.includesDistribution ? sets(options) : [])
            + (options.probeTrainingCount > 0 ? ["probe_linear", "probe_knn"] : [])
            + (options.refinedImages > 0 ? ScoreSheet.gaps.map(\.name) : [])
            + (options.includesDisentanglement ? ScoreSheet.disentanglement.map(\.name) : [])
    }

    /// Every score of a denoising comparison of these methods and codes on labelled images.
    public static func denoising(
        _ options: DenoisingOptions, methods: [String], codes: [String]
    ) -> [String] {
        let pca = options.componentCount > 0 ? ["pca"] : []
        let restored = options.noises.flatMap { noise in
            (methods + pca + ["median", "identity"]).flatMap { method in
                ["psnr", "ssim", "mse", "hf"].map { "denoise_\($0)_\(method)_\(noise.name)" }
            }
        }
        let probed = options.probeTrainingCount > 0 ? codes + pca : []
        return restored + probed.flatMap { ["probe_linear_\($0)", "probe_knn_\($0)"] }
    }

    private static let baselines =
        ["identity", "mean_image", "pca"].flatMap {
            ["psnr_\($0)", "ssim_\($0)"]
        } + ["reconstruction_mean_image"]

    private static func sets(_ options: EvaluationOptions) -> [String] {
        DistributionPart.cases(options).map(\.rawValue).flatMap { set in
            ["frechet", "kid", "precision", "recall"].map { "\($0)_\(set)" }
        }
    }

    private static let aggregate = [
        "mutual_information", "total_correlation", "dimensionwise_kl",
        "mutual_information_ceiling",
    ]
}
