import Words

extension ScoreSheet {
    /// `mixture_gain` and `elbo_mixture`, from one number an image each.
    mutating func add(_ mixture: MixturePrior, gains: [Double], elbo: [Double]) {
        let sentence =
            "a mixture of \(mixture.count) Gaussians with full covariances, fitted by EM "
            + "(\(mixture.iterations) steps after k-means) to one posterior draw of each of the first "
            + "\(Quantity.text(mixture.fittedCount)) training images (Ghosh et al. 2020)"
        add(
            "mixture_gain", title: "Gain of a mixture as the prior", mean: gains, unit: Self.nats,
            how:
                "log g(z) − log N(z; 0, I) of one posterior draw an image, g \(sentence); in expectation "
                + "at most the KL of the aggregate posterior to the prior")
        add(
            "elbo_mixture", title: "ELBO with a mixture as the prior",
            mean: zip(elbo, gains).map(+), unit: Self.nats,
            how:
                "Evidence lower bound of the same encoder and decoder at β = 1, negative nats, higher "
                + "is better, with another prior: \(sentence)")
    }

    /// `mixture_gain` and `elbo_mixture`, where there is no mixture.
    mutating func addMissingMixture(because reason: String) {
        for (name, title) in [
            ("mixture_gain", "Gain of a mixture as the prior"),
            ("elbo_mixture", "ELBO with a mixture as the prior"),
        ] {
            add(
                name, title: title, .notComputed(reason), unit: Self.nats,
                how: "\(title) (Ghosh et al. 2020) over")
        }
    }
}
