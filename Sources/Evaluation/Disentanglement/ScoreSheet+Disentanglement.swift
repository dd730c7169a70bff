import Words

extension ScoreSheet {
    /// Names and titles, in the order of a table.
    static let disentanglement: [(name: String, title: String)] = [
        ("mig", "MIG"), ("dci_disentanglement", "DCI disentanglement"),
        ("dci_completeness", "DCI completeness"), ("dci_informativeness", "DCI informativeness"),
        ("sap", "SAP"), ("factor_vae", "FactorVAE score"),
    ]

    /// `mig`, `dci_…`, `sap`, `factor_vae`.
    mutating func add(_ scores: DisentanglementScores) {
        let fitted = Quantity.text(scores.fittedCount)
        let trees =
            "100 rounds of gradient-boosted trees of depth 3, as disentanglement_lib's, fitted on "
            + "\(fitted) training images"
        func exactly(_ value: Double) -> MeanEstimate {
            MeanEstimate(mean: value, standardError: nil, count: scores.fittedCount)
        }
        let scored = options.split
        let found: [(estimate: MeanEstimate, how: String, split: String)] = [
            (
                scores.gap,
                "Mutual information gap (Chen et al. 2018, eq. 6): mean over factors of the mutual "
                    + "information with the best dimension less the second, over the factor's "
                    + "entropy; 20 bins a dimension", scored
            ),
            (
                exactly(scores.disentanglement),
                "Disentanglement (Eastwood & Williams 2018): 1 − entropy of a dimension's importances "
                    + "over factors, dimensions weighed by importance; importances of \(trees)",
                "training"
            ),
            (
                exactly(scores.completeness),
                "Completeness (Eastwood & Williams 2018): 1 − entropy of a factor's importances over "
                    + "dimensions; importances of \(trees)", "training"
            ),
            (
                scores.informativeness,
                "Informativeness (Eastwood & Williams 2018): share of values told right, mean over "
                    + "factors; \(trees)", scored
            ),
            (
                scores.predictabilityGap,
                "Separated attribute predictability (Kumar et al. 2018): mean over factors of the best "
                    + "single dimension's score less the second's; squared correlation for ordered "
                    + "factors, balanced accuracy of thresholds set on \(fitted) training images for "
                    + "kinds", scored
            ),
            (
                scores.votes,
                "FactorVAE score (Kim & Mnih 2018): share of 5,000 votes, each of the dimension that "
                    + "varies least among 64 images with one factor in common, told right by the "
                    + "majority of 10,000 votes of \(fitted) training images; "
                    + "\(scores.votingDimensions) of \(scores.latentSize) dimensions have σ ≥ 0.05",
                scored
            ),
        ]
        let names = scores.factors.map(\.name).joined(separator: ", ")
        for ((name, title), (estimate, how, split)) in zip(Self.disentanglement, found) {
            insert(
                Score(
                    name: "\(options.split).\(name)", title: title, outcome: .value(estimate.mean),
                    unit: "", count: estimate.count, standardError: estimate.standardError,
                    protocolText: "\(how); posterior means of "
                        + "\(Quantity.text(estimate.count)) \(split) images of "
                        + "\(options.dataTitle), factors: \(names)."))
        }
    }

    /// The same, where they cannot be computed.
    mutating func addMissingDisentanglement(because reason: String) {
        for (name, title) in Self.disentanglement {
            insert(
                Score(
                    name: "\(options.split).\(name)", title: title, outcome: .notComputed(reason),
                    unit: "", count: 0,
                    protocolText: "\(title) compares codes with the factors that images were drawn "
                        + "from; data: \(options.dataTitle)."))
        }
    }
}
