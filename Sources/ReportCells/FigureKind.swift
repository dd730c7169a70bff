import Literate

/// What a figure cell may draw.
public enum FigureKind: String, CaseIterable, Sendable {
    case lossCurves = "loss-curves"
    case reconstructions
    case reconstructionBrowser = "reconstruction-browser"
    case elboTerms = "elbo-terms"
    case klPerDimension = "kl-per-dimension"
    case posteriorVariance = "posterior-variance"
    case aggregatePosterior = "aggregate-posterior"
    case rateDecomposition = "rate-decomposition"
    case likelihoodCurve = "likelihood-curve"
    case rateDistortion = "rate-distortion"
    case factorMap = "factor-map"
    case latentScatter = "latent-scatter"
    case manifold
    case traversals
    case interpolations
    case latentArithmetic = "latent-arithmetic"
    case priorSamples = "prior-samples"
    case priorTemperatures = "prior-temperatures"
    case posteriorSamples = "posterior-samples"
    case denoisedImages = "denoised-images"
    case denoisingScores = "denoising-scores"

    /// What a figure is about, named by one of its keys.
    public enum Subject: String, Sendable {
        /// One run: `run: main`.
        case run
        /// Several runs: `runs: [a, b]`.
        case runs
        /// A compare cell: `compare: dae`.
        case comparison = "compare"
    }

    /// What the figure is about.
    public var subject: Subject {
        switch self {
        case .rateDistortion: .runs
        case .denoisedImages, .denoisingScores: .comparison
        default: .run
        }
    }

    /// Whether it draws what an eval cell computed.
    public var needsEvaluation: Bool {
        switch self {
        case .lossCurves, .priorSamples, .priorTemperatures, .posteriorSamples, .interpolations,
            .denoisedImages, .denoisingScores:
            false
        default: true
        }
    }

    /// What it shows, one sentence.
    public var summary: String {
        switch self {
        case .lossCurves:
            "−ELBO, reconstruction and KL by epoch on training and validation images, with β and "
                + "the learning rate."
        case .reconstructions:
            "Test images, their reconstructions and the error: the best, the median and the worst by "
                + "PSNR."
        case .reconstructionBrowser:
            "Test images one by one with reconstruction, error, class, PSNR and the terms of the ELBO."
        case .elboTerms:
            "How −ELBO and its terms are spread over the test images, and reconstruction against KL."
        case .klPerDimension: "The KL of each latent dimension, sorted, and its running sum."
        case .posteriorVariance:
            "Which dimensions the encoder uses: the variance of its means, its σ, mean |μ| against "
                + "mean σ."
        case .aggregatePosterior:
            "Each dimension's aggregate posterior against N(0, 1), its quantiles, and the "
                + "correlations of the codes."
        case .rateDecomposition:
            "The KL term as mutual information, total correlation and dimension-wise KL, with the "
                + "ceiling ln N."
        case .likelihoodCurve:
            "The importance-weighted bound against the number of draws K, with the effective number "
                + "of draws."
        case .rateDistortion:
            "Rate and distortion of several runs, a sweep joined by a line; PCA and the mean image."
        case .factorMap:
            "What each latent dimension has to do with each factor that the images were drawn from. "
                + "Needs `disentanglement: true` in the eval cell."
        case .latentScatter:
            "Posterior means of the test images by class: the two dimensions of a 2-D code, else two "
                + "principal components or two chosen dimensions."
        case .manifold: "Images decoded on a square grid over a plane of codes."
        case .traversals: "Decoded images as one latent dimension at a time moves."
        case .interpolations: "The way from one test image to another through the latent space."
        case .latentArithmetic: "Sums and differences of codes, decoded: a − b + c."
        case .priorSamples:
            "Images decoded from draws of the prior at several temperatures, uncurated, a few beside "
                + "the nearest training image."
        case .priorTemperatures: "The same draws from the prior in each row, a temperature per row."
        case .posteriorSamples:
            "What several draws from one image's posterior decode to, in the order of the images."
        case .denoisedImages: "Noisy test images and what each method makes of them."
        case .denoisingScores: "Scores of each method by kind and strength of noise."
        }
    }

    /// The kind that a cell asks for.
    static func of(_ cell: Cell) throws -> FigureKind {
        try cell.choice("kind", of: FigureKind.self)
    }
}
