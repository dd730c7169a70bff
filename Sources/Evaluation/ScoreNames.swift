/// The names of all scores, without the split's prefix, in the order of a table.
///
/// An evaluation:
///
/// | name | what it is |
/// |---|---|
/// | `elbo`, `reconstruction`, `kl` | the bound at β = 1 and its two terms, nats per image |
/// | `iwae_K`, `ess_K` | the importance-weighted bound of K draws, its effective sample size (K > 1) |
/// | `active_units` | dimensions whose posterior mean varies |
/// | `psnr`, `psnr_pooled`, `ssim` | reconstructions against images |
/// | `lpips` | learned perceptual distance of reconstructions |
/// | `psnr_B`, `ssim_B` | the same of the baselines B: `identity`, `mean_image`, `pca` |
/// | `mutual_information`, `total_correlation`, `dimensionwise_kl`, `mutual_information_ceiling` | the KL term taken apart, nats |
/// | `frechet_S`, `kid_S` | distances of the sets S: `samples`, `reconstructions`, `floor` |
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
        let sets = DistributionPart.allCases.map(\.rawValue)
        return ["elbo", "reconstruction", "kl"] + samples.map { "iwae_\($0)" }
            + samples.filter { $0 > 1 }.map { "ess_\($0)" }
            + ["active_units", "psnr", "psnr_pooled", "ssim"]
            + (options.includesPerceptual ? ["lpips"] : [])
            + (options.includesBaselines ? baselines : [])
            + (options.aggregateDraws > 0 ? aggregate : [])
            + (options.includesDistribution ? sets.flatMap { ["frechet_\($0)", "kid_\($0)"] } : [])
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

    private static let baselines = ["identity", "mean_image", "pca"].flatMap {
        ["psnr_\($0)", "ssim_\($0)"]
    }

    private static let aggregate = [
        "mutual_information", "total_correlation", "dimensionwise_kl",
        "mutual_information_ceiling",
    ]
}
