/// A line that a rule draws: where it is, and why there.
///
/// This is the one place that holds the numbers of the written diagnoses; `docs/diagnoses.md` is
/// written from it.
public struct DiagnosisThreshold: Sendable, Hashable {
    /// What is measured.
    public let name: String
    /// Where the line is.
    public let value: Double
    /// Unit of the value; empty for a plain number.
    public let unit: String
    /// Why it is there.
    public let reason: String

    private init(_ name: String, _ value: Double, _ unit: String, because reason: String) {
        self.name = name
        self.value = value
        self.unit = unit
        self.reason = reason
    }

    /// KL under which a dimension carries nothing.
    public static let collapsedDimension = DiagnosisThreshold(
        "KL of a dimension that carries nothing, below", 0.01, "nats",
        because:
            "of the order of the 0.01 that Burda et al. (2016) ask of an active unit's variance: "
            + "a mean that varies by 0.01 around a σ of 1 costs 0.005 nats")
    /// Share of such dimensions above which the code collapsed.
    public static let collapsedShare = DiagnosisThreshold(
        "share of such dimensions, above", 0.5, "",
        because:
            "a few dimensions that switch off are thrift (Lucas et al. 2019); more than half are a "
            + "collapse, or a code far larger than the data pay for")
    /// Total KL under which the code collapsed.
    public static let collapsedTotal = DiagnosisThreshold(
        "KL of the whole code, below", 1, "nats",
        because: "one nat tells fewer than three images apart")
    /// PSNR above that of the mean image under which reconstructions say little.
    public static let aboveMeanImage = DiagnosisThreshold(
        "PSNR above that of the mean image, below", 1, "dB",
        because: "a decibel is a fifth of the squared error of an answer that ignores the image")
    /// Share of ln N under which the code tells little of the image.
    public static let informationShare = DiagnosisThreshold(
        "mutual information as a share of ln N, below", 0.5, "",
        because: "with half of ln N, of N images only groups of √N can be told apart")
    /// Dimension-wise KL over mutual information above which codes do not look like the prior's draws.
    public static let ownDivergence = DiagnosisThreshold(
        "dimension-wise KL over mutual information, above", 1, "",
        because: "then more of the rate is spent on leaving the prior than on telling images apart")
    /// Fréchet distance of cool samples over that of samples at T = 1 under which they are clearly
    /// better.
    public static let coolGain = DiagnosisThreshold(
        "Fréchet distance of samples at T = 0.7 over that at T = 1, below", 0.8, "",
        because:
            "far outside what other draws would change; the gain must also exceed the distance of "
            + "real images from real ones")
    /// Relative gain of the bound over the last tenth of the epochs above which training was short.
    public static let lateGain = DiagnosisThreshold(
        "gain of the validation bound over the last tenth of the epochs, above", 0.005,
        "of the bound",
        because: "at −100 nats half a nat, which is more than the error of a mean over 5,000 images"
    )
    /// Validation minus training −ELBO above which images were learnt by heart.
    public static let overfitGap = DiagnosisThreshold(
        "validation minus training −ELBO, above", 2, "nats",
        because:
            "larger than the chance differences of two sets of 5,000 images, and than the steps "
            + "between published models")
    /// Epochs in a row of a falling validation bound that say the same.
    public static let risingEpochs = DiagnosisThreshold(
        "epochs in a row in which the validation bound fell, at least", 5, "epochs",
        because: "noise makes one or two; by chance alone five falls in a row are one case in 720")
    /// Fréchet distance of samples over that of reconstructions above which the prior has holes.
    public static let holes = DiagnosisThreshold(
        "Fréchet distance of prior samples over that of reconstructions, above", 2, "",
        because: "the decoder is the same; what differs is only where its codes come from")
    /// IWAE minus ELBO above which the posterior is loose.
    public static let looseness = DiagnosisThreshold(
        "IWAE-64 minus ELBO, above", 8, "nats",
        because: "two to five nats are usual on digits for a Gaussian with upright axes")
    /// Median effective draws below which a bound rests on single draws.
    public static let effectiveDraws = DiagnosisThreshold(
        "median effective sample size, below", 5, "draws",
        because: "fewer than five draws carry the weight, so each image's number is luck")
    /// Change of the bound by doubling K above which it has not converged.
    public static let doubling = DiagnosisThreshold(
        "change of the bound from K/2 to K draws, above", 0.1, "nats",
        because: "published rows differ by a few tenths of a nat")
}
