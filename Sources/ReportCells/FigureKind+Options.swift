extension FigureKind {
    /// The keys that it takes beside `kind` and the key that names its subject.
    public var options: [FigureOption] {
        switch self {
        case .lossCurves, .klPerDimension, .posteriorVariance, .likelihoodCurve, .elboTerms: []
        case .reconstructions: [Self.count(1...64, "4", "Images in each of the three groups.")]
        case .reconstructionBrowser: browserOptions
        case .aggregatePosterior: [Self.count(1...32, "12", "Dimensions that get a panel.")]
        case .rateDecomposition: [Self.draws(2...10_000, "500", "Draws that each term averages.")]
        case .rateDistortion: [Self.distortion]
        case .factorMap:
            [
                FigureOption(
                    "measure", .word(["information", "importance", "both"]), standard: "`both`",
                    "Mutual information as a share of the factor's entropy (of MIG), the importance "
                        + "for boosted trees (of DCI), or one above the other."),
                Self.count(2...64, "32", "Dimensions, those with the largest KL."),
            ]
        case .latentScatter:
            [
                FigureOption(
                    "dims", .dimensions(exactly: 2), standard: "two principal components",
                    "The dimensions to draw instead of principal components.")
            ]
        case .manifold: manifoldOptions
        case .traversals: traversalOptions
        case .interpolations: interpolationOptions
        case .latentArithmetic: arithmeticOptions
        case .priorSamples:
            [
                Self.count(1...400, "12, colour 8", "Draws."), Self.temperatures("[0.5, 0.7, 1]"),
                Self.seed, Self.prior,
            ]
        case .priorTemperatures:
            [
                Self.count(1...64, "10", "Draws, one per column."),
                Self.temperatures("[0.3, 0.5, 0.7, 1, 1.3]"), Self.seed, Self.prior,
            ]
        case .posteriorSamples: posteriorOptions
        case .denoisedImages:
            [Self.count(1...6, "2, colour 1", "Test images."), Self.images("the first")]
        case .denoisingScores: [Self.metric]
        }
    }

    /// The option called `name`.
    func option(_ name: String) -> FigureOption? { options.first { $0.name == name } }

    private static func count(
        _ range: ClosedRange<Int>, _ standard: String, _ what: String
    ) -> FigureOption {
        FigureOption("count", .integer(range), standard: standard, what)
    }

    private static func draws(
        _ range: ClosedRange<Int>, _ standard: String, _ what: String
    ) -> FigureOption {
        FigureOption("draws", .integer(range), standard: standard, what)
    }

    private static func images(_ standard: String) -> FigureOption {
        FigureOption(
            "images", .images, standard: standard,
            "Which test images to show, in this order; `count` is then not used.")
    }

    private static func temperatures(_ standard: String) -> FigureOption {
        FigureOption(
            "temperatures", .numbers(0.01...10), standard: standard,
            "Standard deviations of the draws; 1 is the prior itself.")
    }

    private static let seed = FigureOption(
        "seed", .integer(0...Int.max), standard: "the run's seed",
        "Seed of the draws: another one gives other images.")

    private static let prior = FigureOption(
        "prior", .word(["normal", "mixture"]), standard: "`normal`",
        "Where the codes come from: N(0, I), or the mixture that the eval cell fitted "
            + "(`eval.mixture`), whose components the temperature then scales.")

    private static let distortion = FigureOption(
        "distortion", .word(["reconstruction", "psnr"]), standard: "`reconstruction`",
        "The vertical axis: the reconstruction term in nats, or PSNR in dB beside PCA and the mean "
            + "image.")

    private static let metric = FigureOption(
        "metric", .word(["psnr", "ssim", "mse", "high_frequency"]), standard: "`psnr`",
        "Which score to draw.")

    private static let range = FigureOption(
        "range", .number(0.1...10), standard: "3",
        "How far to go either way, in standard deviations of the prior.")

    private static func steps(_ range: ClosedRange<Int>, _ standard: String) -> FigureOption {
        FigureOption("steps", .integer(range), standard: standard, "Images along the way.")
    }

    private var browserOptions: [FigureOption] {
        [
            Self.count(1...64, "10", "Images."),
            Self.images("the first of each class, then the next"),
        ]
    }

    private var manifoldOptions: [FigureOption] {
        [
            FigureOption(
                "dims", .dimensions(exactly: 2), standard: "the two with the largest KL",
                "The dimensions of the plane, across and up; the others stay at `image`, or at 0."),
            FigureOption(
                "range", .number(0.1...10), standard: "2",
                "How far the grid goes either way, in standard deviations of the prior."),
            FigureOption(
                "steps", .integer(3...31), standard: "15, colour 9", "Images along each side."),
            FigureOption(
                "image", .image, standard: "none: the prior's mean",
                "The test image whose code gives the dimensions outside the plane."),
        ]
    }

    private var traversalOptions: [FigureOption] {
        [
            FigureOption(
                "dims", .dimensions(exactly: nil), standard: "those with the largest KL",
                "Which dimensions to move, one row each, in this order; `count` is then not used."),
            Self.count(1...64, "10, colour 6", "Rows, when `dims` does not say which."),
            Self.range, Self.steps(3...31, "11, colour 9"),
            FigureOption(
                "image", .image, standard: "none: the prior's mean",
                "The test image whose code the rows start from."),
        ]
    }

    private var interpolationOptions: [FigureOption] {
        [
            FigureOption(
                "pairs", .pairs, standard: "test images of different classes",
                "The images to go between, in this order; `count` is then not used."),
            Self.count(1...64, "4, colour 3", "Pairs of images."),
            Self.steps(3...31, "9, colour 7"),
            FigureOption(
                "mode", .word(["linear", "spherical", "both"]), standard: "`both`",
                "Along the straight line, along the great circle, or both."),
        ]
    }

    private var arithmeticOptions: [FigureOption] {
        [
            FigureOption(
                "from", .codes, standard: "test images of different classes",
                "What to start from; a list makes one row of each."),
            FigureOption(
                "minus", .codes, standard: "the mean of the start's class", "What to subtract."),
            FigureOption(
                "plus", .codes, standard: "the mean of the next class", "What to add."),
            Self.count(1...16, "6", "Rows, when `from` does not say which."),
        ]
    }

    private var posteriorOptions: [FigureOption] {
        [
            Self.count(1...64, "5, colour 4", "Images."),
            Self.images("the first of each class, then the next"),
            Self.draws(1...31, "7, colour 6", "Draws from each image's posterior."), Self.seed,
        ]
    }
}
