import Literate

/// The reference of all scores, as Markdown: `docs/protocols.md`, from what a small evaluation publishes.
struct ProtocolReference {
    /// Scores by name without their split.
    let scores: [String: PublishedValue]
    /// Their names in the order of a table.
    let names: [String]

    /// A part of the page: its heading, and how the names in it begin.
    private static let parts: [(title: String, prefixes: [String])] = [
        ("The bound", ["elbo", "reconstruction", "kl", "iwae_", "ess_", "bits_per_dimension"]),
        ("The code", ["active_units", "mutual_", "total_", "dimensionwise_"]),
        ("Reconstructions", ["psnr", "ssim", "lpips"]),
        ("Sets of images", ["frechet_", "kid_", "precision_", "recall_"]),
        ("A mixture as the prior", ["mixture_gain", "elbo_mixture"]),
        (
            "Gaps of the posterior",
            ["amortisation_", "approximation_", "elbo_encoded", "elbo_refined", "iwae_refined"]
        ),
        ("Probes", ["probe_"]), ("Known factors", ["mig", "dci_", "sap", "factor_vae"]),
    ]

    /// The whole page.
    var markdown: String {
        ([Self.introduction] + Self.parts.indices.map(section)).joined(separator: "\n") + "\n"
            + Self.rest
    }

    /// Names that begin like nothing longer of another part.
    func names(of part: Int) -> [String] {
        names.filter { name in
            let best = Self.parts.indices.max { fit(name, $0) < fit(name, $1) }
            return best == part && fit(name, part) > 0
        }
    }

    private func fit(_ name: String, _ part: Int) -> Int {
        Self.parts[part].prefixes.filter { name.hasPrefix($0) }.map(\.count).max() ?? 0
    }

    private func section(_ part: Int) -> String {
        // A small evaluation has too few images for them.
        if Self.parts[part].title == "Sets of images" { return Self.sets }
        let rows = names(of: part).compactMap { name in
            scores[name].map { score in
                "| `\(name)` | \(score.unit ?? "") | \(Self.plain(score.protocolNote ?? "")) |"
            }
        }
        return """
            ## \(Self.parts[part].title)

            | score | unit | protocol |
            |---|---|---|
            \(rows.joined(separator: "\n"))

            """
    }

    /// The sentence without what depends on the machine, and safe in a table.
    private static func plain(_ text: String) -> String {
        text.replacing(/\d+(\.\d+)? %/, with: "N %")
            .replacing(/EM \(\d+ steps/, with: "EM (some steps")
            .replacing(/\d+ of \d+ dimensions have/, with: "so many dimensions have")
            .replacing("|", with: "\\|")
    }

    private static let introduction = """
        # Protocols

        Every score on a page carries the sentence that says how it was computed: hover over or focus the \
        number. Here they are as a small evaluation gives them: 96 test images of drawn digits, K of 1, 4 \
        and 16, two draws for the ELBO, a mixture of two, six refined posteriors. On your page numbers and \
        names are yours. This page is written by the program; a test keeps it true.

        In a report a score of the run `main` is `main.test.<score>`; `scores.json` has all of them. Errors \
        are standard errors over test images. A score that was not computed says why, and is never 0. The \
        test images choose nothing: the epoch is the one with the best ELBO at the target β on validation \
        images.

        """

    private static let sets = """
        ## Sets of images

        Half of the test images, those of even index, are held against as many others, the set S: `samples` \
        (decoded draws of the prior), `samples_cool` (the prior's noise made smaller, T = 0.7), `mixture` \
        (draws of the fitted mixture), `reconstructions` of the images of odd index, and `floor`, those \
        images themselves: what real images get. All of it in the features of a small classifier that is \
        trained on the data set and named in the label with its accuracy, never called FID. Pixels are the \
        decoder's means, or drawn from them where the targets are binary.

        | score | protocol |
        |---|---|
        | `frechet_S` | ‖Δμ‖² + Tr(S₁ + S₂ − 2 (S₁S₂)^½) of the features' means and covariances, by a symmetric eigendecomposition in float64 |
        | `kid_S` | squared maximum mean discrepancy with the kernel (x·y/d + 1)³ (Bińkowski et al. 2018), unbiased, mean and standard error over disjoint blocks |
        | `precision_S` | share of S that lies no farther from a real image than that one's third nearest real neighbour (Kynkäänniemi et al. 2019) |
        | `recall_S` | share of the real images that lie no farther from an image of S than that one's third nearest neighbour in S |

        """

    private static let rest = """
        ## A comparison with a denoising autoencoder

        Noise is drawn once from a fixed seed and clipped to 0 … 1; every method gets the same noisy images. \
        The VAE decodes the posterior mean of the noisy image, PCA was fitted to clean training images, the \
        median is over 3 × 3 pixels, and `identity` leaves the noise in. `denoise_psnr_M_N`, \
        `denoise_ssim_M_N` and `denoise_mse_M_N` compare what method M makes of noise N with the clean \
        image; `denoise_hf_M_N` is the RMS of its Laplacian over that of the clean image: below 1 it is \
        smoother. `probe_linear_C` and `probe_knn_C` are the share of test images whose class a probe of \
        the code C finds.

        ## What may be compared

        - ELBO and IWAE bounds only under the same pixel model and binarisation: those are different data.
        - `nll` names an importance-weighted bound only where pixels have probabilities: binarised Bernoulli \
        and the discretised logistic. Bernoulli on grey values is a score, no likelihood.
        - Fréchet distances only in the features of one classifier, and beside the floor of real images \
        against real ones. They are no FID.
        - Two runs whose scores differ by less than two standard errors of the difference: not at all \
        (`vae-report diff`). The error of one run knows nothing of its seed; a matrix over seeds does.
        """ + "\n"
}
