import Datasets
import Foundation
import VAEModels

/// What a likelihood's numbers are and may be called, by what becomes of grey pixels.
///
/// Scores of different meanings are different quantities: they share no table and no axis.
extension PixelModel {
    /// What −log p(x|z) is, for labels: "greyscale Bernoulli score", "Bernoulli NLL on dynamically
    /// binarised pixels", "Gaussian density, σ = 0.112 learned, pixels in 0 … 1". `scale` is the learned
    /// one once it is known.
    public func label(_ binarization: Binarization, scale: Double? = nil) -> String {
        switch likelihood {
        case .bernoulli:
            switch binarization {
            case .none: "greyscale Bernoulli score"
            case .dynamic: "Bernoulli NLL on dynamically binarised pixels"
            case .static: "Bernoulli NLL on statically binarised pixels"
            case .threshold: "Bernoulli NLL on pixels binarised at ½"
            }
        case .fixedGaussian: "Gaussian density, σ² = ½, pixels in \(range.text)"
        case .charbonnier: "smoothed Laplace density, scale 1, pixels in \(range.text)"
        case .gaussian: "Gaussian density, \(scaleText("σ", scale)), pixels in \(range.text)"
        case .laplace: "Laplace density, \(scaleText("b", scale)), pixels in \(range.text)"
        case .continuousBernoulli: "continuous Bernoulli density, pixels in 0 … 1"
        case .discretizedLogistic:
            "NLL of 256 levels under a discretised logistic, \(scaleText("s", scale)), pixels in "
                + range.text
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
        case .fixedGaussian:
            densityMeaning("Gaussian density of variance ½ around the mean image")
        case .charbonnier:
            densityMeaning(
                "smoothed Laplace density of scale 1 around the mean image (Charbonnier et al. 1994)"
            )
        case .gaussian:
            densityMeaning(
                "Gaussian density around the mean image, whose σ, one for all pixels, is learned with "
                    + "the weights (Rybkin et al. 2021)")
        case .laplace:
            densityMeaning(
                "Laplace density around the mean image, whose scale b, one for all pixels, is learned "
                    + "with the weights")
        case .continuousBernoulli:
            densityMeaning("continuous Bernoulli density (Loaiza-Ganem & Cunningham 2019)")
        case .discretizedLogistic:
            """
            Each of a pixel's 256 levels has a probability, that of a logistic distribution whose one \
            scale s is learned with the weights (Salimans et al. 2017), so the ELBO is a lower bound on \
            the log probability of an image as it is stored, and its negative an upper bound on the NLL, \
            in nats or, over D · ln 2 for the D numbers of an image, in bits per dimension.
            """
        }
    }

    /// Whether −log p(x|z) is the logarithm of a probability or density at all.
    public func isLikelihood(_ binarization: Binarization) -> Bool {
        likelihood != .bernoulli || binarization.isBinary
    }

    /// Whether it is that of a probability of the pixels as they are, which may be given in bits per
    /// dimension.
    public func isProbability(_ binarization: Binarization) -> Bool {
        likelihood == .discretizedLogistic || (likelihood == .bernoulli && binarization.isBinary)
    }

    /// What a bound on log p(x) of such pixels may be called: "−NLL" only where it is a probability.
    public func boundName(_ binarization: Binarization) -> String {
        guard isLikelihood(binarization) else { return "greyscale Bernoulli score" }
        return isProbability(binarization) ? "−NLL" : "log density"
    }

    /// Why there are no bits per dimension; nil where there are.
    public func noBits(_ binarization: Binarization) -> String? {
        guard !isProbability(binarization) else { return nil }
        let what =
            likelihood == .bernoulli
            ? "a Bernoulli score of grey pixels is no probability"
            : "a density over continuous pixels is no probability of their 256 levels"
        return "\(what); train.recon_loss: discretized_logistic gives one"
    }

    private func densityMeaning(_ name: String) -> String {
        """
        The likelihood is a \(name), so the ELBO is a lower bound on a log density. It grows with the \
        resolution of the pixels' scale and cannot be compared with a Bernoulli score, nor with \
        densities on another scale of pixels (here \(range.text)), nor be given in bits per dimension, \
        which need a probability for each of a pixel's 256 levels.
        """
    }

    private func scaleText(_ symbol: String, _ scale: Double?) -> String {
        scale.map { "\(symbol) = \(String(format: "%.3g", $0)) learned" } ?? "learned \(symbol)"
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
