import Datasets
import VAEModels

/// What a likelihood's numbers are and may be called, by what becomes of grey pixels.
///
/// Scores of different meanings are different quantities: they share no table and no axis.
extension PixelModel {
    /// What −log p(x|z) is, for labels: "greyscale Bernoulli score", "Bernoulli NLL on dynamically
    /// binarised pixels", "Gaussian density, σ² = ½, pixels in 0 … 1".
    public func label(_ binarization: Binarization) -> String {
        switch likelihood {
        case .bernoulli:
            switch binarization {
            case .none: "greyscale Bernoulli score"
            case .dynamic: "Bernoulli NLL on dynamically binarised pixels"
            case .static: "Bernoulli NLL on statically binarised pixels"
            case .threshold: "Bernoulli NLL on pixels binarised at ½"
            }
        case .gaussian: "Gaussian density, σ² = ½, pixels in \(range.text)"
        case .charbonnier: "smoothed Laplace density, scale 1, pixels in \(range.text)"
        }
    }

    /// What the model's ELBO means and what it may be compared with, one or two sentences.
    public func meaning(_ binarization: Binarization) -> String {
        switch likelihood {
        case .bernoulli where binarization == .none:
            """
            The reconstruction term is the cross-entropy of grey values, which no distribution over them \
            has as its log-density: the ELBO is a greyscale Bernoulli score, good for comparing models \
            that are trained and scored the same way, and is never an NLL.
            """
        case .bernoulli:
            """
            Pixels are 0 or 1 and the likelihood is Bernoulli's, so the ELBO is a lower bound on the log \
            probability of an image and its negative an upper bound on the NLL, on this binarisation \
            alone: pixels binarised in another way are another data set.
            """
        case .gaussian, .charbonnier:
            """
            The likelihood is a \(densityName), so the ELBO is a lower bound on a log density. It grows \
            with the resolution of the pixels' scale and cannot be compared with a Bernoulli score, nor \
            with densities on another scale of pixels (here \(range.text)).
            """
        }
    }

    /// Whether −log p(x|z) is the logarithm of a probability or density at all.
    public func isLikelihood(_ binarization: Binarization) -> Bool {
        likelihood != .bernoulli || binarization.isBinary
    }

    /// What a bound on log p(x) of such pixels may be called: "−NLL" only where it is a probability.
    public func boundName(_ binarization: Binarization) -> String {
        switch likelihood {
        case .bernoulli: binarization.isBinary ? "−NLL" : "greyscale Bernoulli score"
        case .gaussian, .charbonnier: "log density"
        }
    }

    private var densityName: String {
        likelihood == .gaussian
            ? "Gaussian density of variance ½ around the mean image"
            : "smoothed Laplace density of scale 1 around the mean image (Charbonnier et al. 1994)"
    }
}

extension PixelModel.Range {
    /// "0 … 1" or "−1 … 1".
    public var text: String {
        switch self {
        case .zeroOne: "0 … 1"
        case .minusOneOne: "−1 … 1"
        }
    }
}
