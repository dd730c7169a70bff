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
            + "\(Self.grouped(aggregate.draws)) draws spread evenly over"
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

    /// `frechet_…` and `kid_…` of samples, reconstructions and the floor.
    mutating func add(_ scores: DistributionScores) {
        for part in DistributionPart.allCases {
            let distances = part.distances(scores)
            let how = part.sentence(
                scores, split: options.split, binary: options.binarization.isBinary)
            addSet(
                "frechet_\(part.rawValue)", title: "Fréchet distance, \(part.title)",
                .value(distances.frechet), count: scores.count,
                how: "Fréchet distance, \(scores.featureTitle), \(scores.featureSize) numbers "
                    + "(not the FID), \(how)")
            let kernel = distances.kernel
            addSet(
                "kid_\(part.rawValue)", title: "Kernel distance, \(part.title)",
                .value(kernel.value), count: scores.count, standardError: kernel.standardError,
                how:
                    "Squared maximum mean discrepancy with the kernel (x·y/d + 1)³ (Bińkowski et al. "
                    + "2018), unbiased, mean and standard error over \(kernel.blocks) disjoint blocks "
                    + "of \(kernel.vectorsPerBlock), \(scores.featureTitle), \(how)")
        }
    }

    /// `frechet_…` and `kid_…`, where they cannot be computed.
    mutating func addMissingDistribution(because reason: String) {
        for part in DistributionPart.allCases {
            for (name, title) in [("frechet", "Fréchet distance"), ("kid", "Kernel distance")] {
                addSet(
                    "\(name)_\(part.rawValue)", title: "\(title), \(part.title)",
                    .notComputed(reason), count: 0,
                    how: "\(title) in the space of a classifier's features")
            }
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
    case reconstructions
    case floor

    /// What a table calls the set.
    var title: String {
        switch self {
        case .samples: "prior samples"
        case .reconstructions: "reconstructions"
        case .floor: "real against real"
        }
    }

    /// The set's distances.
    func distances(_ scores: DistributionScores) -> DistributionScores.Distances {
        switch self {
        case .samples: scores.samples
        case .reconstructions: scores.reconstructions
        case .floor: scores.floor
        }
    }

    /// What is compared with what.
    func sentence(_ scores: DistributionScores, split: String, binary: Bool) -> String {
        let count = ScoreSheet.grouped(scores.count)
        let pixels = binary ? "pixels drawn from the decoder's means" : "the decoder's mean images"
        let set =
            switch self {
            case .samples: "\(count) samples from the prior (\(pixels))"
            case .reconstructions:
                "reconstructions of the \(count) \(split) images of odd index at the posterior mean "
                    + "(\(pixels))"
            case .floor: "the \(count) \(split) images of odd index"
            }
        return "\(set) against the \(count) of even index"
    }
}
