extension ScoreSheet {
    /// Names and titles, in the order of a table.
    static let gaps: [(name: String, title: String)] = [
        ("elbo_encoded", "ELBO, encoder's posterior"), ("elbo_refined", "ELBO, refined posterior"),
        ("iwae_refined", "IWAE-\(InferenceGaps.samples), refined posterior"),
        ("amortisation_gap", "Amortisation gap"), ("approximation_gap", "Approximation gap"),
    ]

    /// The scores of refined posteriors.
    mutating func add(_ gaps: InferenceGaps) {
        let refined =
            "the posterior refined for each image by \(PosteriorRefinement.steps) steps of Adam on μ and "
            + "log σ², the decoder held fixed (Cremer et al. 2018)"
        let draws = "\(InferenceGaps.draws) draws an image"
        let parts = [
            (
                gaps.encoded,
                "Evidence lower bound at β = 1 with the encoder's posterior, negative nats, \(draws)"
            ),
            (
                gaps.refined,
                "Evidence lower bound at β = 1 with \(refined), negative nats, \(draws)"
            ),
            (
                gaps.bound,
                "Importance-weighted bound (Burda et al. 2016) of \(InferenceGaps.samples) draws from "
                    + refined
            ),
            (
                gaps.amortisation,
                "ELBO with \(refined) minus ELBO with the encoder's posterior, the same draws of ε"
            ),
            (
                gaps.approximation,
                "IWAE-\(InferenceGaps.samples) minus ELBO, both with \(refined): at least what an upright "
                    + "Gaussian loses to the true posterior"
            ),
        ]
        for ((name, title), (estimate, how)) in zip(Self.gaps, parts) {
            add(
                name, title: title, .value(estimate.mean), unit: Self.nats,
                standardError: estimate.standardError,
                how: "\(how); mean and standard error over images spread evenly over the split,")
        }
    }

    /// The scores of refined posteriors, where there are none.
    mutating func addMissingGaps(because reason: String) {
        for (name, title) in Self.gaps {
            add(
                name, title: title, .notComputed(reason), unit: Self.nats,
                how: "\(title) (Cremer et al. 2018) over")
        }
    }
}
