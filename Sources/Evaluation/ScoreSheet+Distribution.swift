import Words

extension ScoreSheet {
    /// `lpips`.
    mutating func add(_ distance: PerceptualDistance, _ values: [Double]) {
        add(
            "lpips", title: distance.title, mean: values, unit: "",
            how:
                "\(distance.protocolPart), of the likelihood's mean at the posterior mean, lower is "
                + "closer")
    }

    /// `lpips`, where there is no file.
    mutating func addMissingPerceptual(because reason: String) {
        add(
            "lpips", title: "LPIPS", .notComputed(reason), unit: "",
            how:
                "LPIPS v0.1 (Zhang et al. 2018) of the likelihood's mean at the posterior mean over"
        )
    }

    /// `mutual_information`, `total_correlation`, `dimensionwise_kl`, `mutual_information_ceiling`.
    mutating func add(_ aggregate: AggregatePosterior) {
        let how =
            "with the mixture of the posteriors of all images as q(z); mean and standard error over "
            + "\(Quantity.text(aggregate.draws)) draws spread evenly over"
        let terms = [
            (
                "mutual_information", "Mutual information of image and code",
                aggregate.mutualInformation, "E[log q(z|x) − log q(z)]"
            ),
            (
                "total_correlation", "Total correlation", aggregate.totalCorrelation,
                "E[log q(z) − Σ log q(z_j)]"
            ),
            (
                "dimensionwise_kl", "Dimension-wise KL", aggregate.dimensionwiseDivergence,
                "Σ KL(q(z_j) ‖ p(z_j))"
            ),
        ]
        for (name, title, estimate, formula) in terms {
            add(
                name, title: title, .value(estimate.value), unit: "nats",
                standardError: estimate.standardError,
                how: "\(formula), part of the KL term (Hoffman & Johnson 2016), \(how)")
        }
        add(
            "mutual_information_ceiling", title: "Ceiling of the mutual information",
            .value(aggregate.ceiling), unit: "nats",
            how: "ln N, the most that N images can show; over")
    }

    /// `frechet_…`, `kid_…`, `precision_…` and `recall_…` of samples, reconstructions and the floor.
    mutating func add(_ scores: DistributionScores) {
        for part in DistributionPart.cases(options) {
            guard let distances = part.distances(scores) else {
                addMissing(part, because: "there is no mixture")
                continue
            }
            let how = part.sentence(
                scores, split: options.split, binary: options.binarization.isBinary)
            addSet(
                "frechet_\(part.rawValue)", title: "Fréchet distance, \(part.title)",
                .value(distances.frechet), count: scores.count,
                how:
                    "Fréchet distance, \(scores.featureTitle), \(Quantity.text(scores.featureSize)) numbers "
                    + "(not the FID), \(how)")
            let kernel = distances.kernel
            addSet(
                "kid_\(part.rawValue)", title: "Kernel distance, \(part.title)",
                .value(kernel.value), count: scores.count, standardError: kernel.standardError,
                how:
                    "Squared maximum mean discrepancy with the kernel (x·y/d + 1)³ (Bińkowski et al. "
                    + "2018), unbiased, mean and standard error over \(Quantity.text(kernel.blocks, "disjoint block")) "
                    + "of \(kernel.vectorsPerBlock), \(scores.featureTitle), \(how)")
            addOverlap(distances.overlap, of: part, scores, how: how)
        }
    }

    /// `precision_…` and `recall_…`.
    private mutating func addOverlap(
        _ overlap: ManifoldOverlap?, of part: DistributionPart, _ scores: DistributionScores,
        how: String
    ) {
        guard let overlap else { return }
        let shares = [
            ("precision", "Precision", overlap.precision, part.title, "real images"),
            ("recall", "Recall", overlap.recall, "real images", part.title),
        ]
        for (name, title, share, inside, balls) in shares {
            addSet(
                "\(name)_\(part.rawValue)", title: "\(title), \(part.title)",
                .value(share.mean), count: scores.count, standardError: share.standardError,
                how:
                    "\(title) (Kynkäänniemi et al. 2019): share of \(inside) that lie no farther from "
                    + "one of the \(balls) than its \(ManifoldOverlap.neighbours)rd nearest of them, "
                    + "higher is better; standard error over images with the neighbourhoods held "
                    + "fixed, \(scores.featureTitle), \(how)")
        }
    }

    /// The scores of sets, where they cannot be computed.
    mutating func addMissingDistribution(because reason: String) {
        for part in DistributionPart.cases(options) { addMissing(part, because: reason) }
    }

    private mutating func addMissing(_ part: DistributionPart, because reason: String) {
        for (name, title) in [
            ("frechet", "Fréchet distance"), ("kid", "Kernel distance"),
            ("precision", "Precision"), ("recall", "Recall"),
        ] {
            addSet(
                "\(name)_\(part.rawValue)", title: "\(title), \(part.title)",
                .notComputed(reason), count: 0,
                how: "\(title) in the space of a classifier's features")
        }
    }

    private mutating func addSet(
        _ name: String, title: String, _ outcome: Score.Outcome, count: Int,
        standardError: Double? = nil, how: String
    ) {
        insert(
            Score(
                name: "\(options.split).\(name)", title: title, outcome: outcome, unit: "",
                count: count, standardError: standardError,
                protocolText: "\(how), data: \(options.dataTitle)."))
    }
}

/// The sets that are compared with real images; raw values end the scores' names.
enum DistributionPart: String, CaseIterable {
    case samples
    case coolSamples = "samples_cool"
    case mixture
    case reconstructions
    case floor

    /// Those that an evaluation with these options has.
    static func cases(_ options: EvaluationOptions) -> [DistributionPart] {
        allCases.filter { $0 != .mixture || options.mixtureComponents > 0 }
    }

    /// What a table calls the set.
    var title: String {
        switch self {
        case .samples: "prior samples"
        case .coolSamples: "prior samples at T = 0.7"
        case .mixture: "mixture samples"
        case .reconstructions: "reconstructions"
        case .floor: "real against real"
        }
    }

    /// The set's distances; nil where there is no such set.
    func distances(_ scores: DistributionScores) -> DistributionScores.Distances? {
        switch self {
        case .samples: scores.samples
        case .coolSamples: scores.coolSamples
        case .mixture: scores.mixture
        case .reconstructions: scores.reconstructions
        case .floor: scores.floor
        }
    }

    /// What is compared with what.
    func sentence(_ scores: DistributionScores, split: String, binary: Bool) -> String {
        let count = Quantity.text(scores.count)
        let pixels = binary ? "pixels drawn from the decoder's means" : "the decoder's mean images"
        let set =
            switch self {
            case .samples: "\(count) samples from the prior (\(pixels))"
            case .coolSamples:
                "\(count) samples from N(0, 0.7² I), the prior's own noise made smaller (\(pixels)),"
            case .mixture:
                "\(count) samples from a Gaussian mixture fitted to codes (\(pixels))"
            case .reconstructions:
                "reconstructions of the \(count) \(split) images of odd index at the posterior mean "
                    + "(\(pixels))"
            case .floor: "the \(count) \(split) images of odd index"
            }
        return "\(set) against the \(count) of even index"
    }
}
