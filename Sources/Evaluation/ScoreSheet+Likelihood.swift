import Glibc
import Words

extension ScoreSheet {
    /// `elbo`, `reconstruction`, `kl`.
    mutating func add(_ elbo: ElboEvaluation) {
        let draws = Quantity.text(elbo.draws, "posterior draw")
        let label = "; \(options.meaning)"
        add(
            "elbo", title: "ELBO", mean: elbo.bound, unit: Self.nats,
            how:
                "Evidence lower bound at β = 1 whatever β trained, negative nats, higher is better: "
                + "minus reconstruction, summed over pixels, with \(draws) an image, minus "
                + "closed-form KL, summed over dimensions\(label)")
        add(
            "reconstruction", title: "Reconstruction term", mean: elbo.reconstruction,
            unit: Self.nats,
            how: "−log p(x|z), positive nats, lower is better, summed over pixels, "
                + "with \(draws) an image\(label)")
        add(
            "kl", title: "KL term", mean: elbo.divergence, unit: Self.nats,
            how: "KL(q(z|x) ‖ N(0, I)), positive nats, closed form, summed over dimensions")
    }

    /// `iwae_K` and `ess_K` for each K.
    mutating func add(_ bound: ImportanceWeightedBound) {
        for estimate in bound.estimates {
            let samples = Quantity.text(estimate.samples)
            add(
                "iwae_\(estimate.samples)",
                title: "IWAE-\(samples) (\(options.boundName))",
                mean: estimate.bounds, unit: Self.nats,
                how:
                    "Importance-weighted bound (Burda et al. 2016, eq. 8), K = \(samples) posterior "
                    + (estimate.samples == 1 ? "draw" : "draws")
                    + " an image, negative nats, higher is better; "
                    + "a \(options.boundName)")
        }
        for estimate in bound.estimates where estimate.samples > 1 {
            let samples = Quantity.text(estimate.samples)
            add(
                "ess_\(estimate.samples)", title: "Effective sample size of IWAE-\(samples)",
                .value(SampleStatistics.median(estimate.effectiveSampleSizes)), unit: "draws",
                how: "(Σw)² / Σw² of the K = \(samples) importance weights of an image, between 1 "
                    + "and \(samples); median over")
        }
    }

    /// `bits_per_dimension`: the tightest bound there is over the numbers of an image, where it is one on
    /// a probability. A density over continuous pixels has none, whatever its unit.
    mutating func addBits(
        _ elbo: ElboEvaluation, _ bound: ImportanceWeightedBound, dimensions: Int
    ) {
        guard options.hasBits else { return }
        let tightest = bound.estimates.last { $0.samples > 1 }
        let name =
            tightest.map {
                "importance-weighted bound of K = \(Quantity.text($0.samples)) draws (Burda et al. "
                    + "2016, eq. 8)"
            } ?? "ELBO at β = 1"
        let nats = tightest?.bounds ?? elbo.bound
        add(
            "bits_per_dimension", title: "Bits per dimension",
            mean: nats.map { -$0 / (Double(dimensions) * log(2)) }, unit: "bits per dimension",
            how:
                "Minus the \(name) in nats over D ln 2, D = \(Quantity.text(dimensions)) numbers an "
                + "image, an upper bound, lower is better; \(options.meaning)")
    }

    /// `active_units`.
    mutating func add(_ units: ActiveUnits) {
        add(
            "active_units", title: "Active units", .value(Double(units.active.count)),
            unit: "dimensions",
            how: "Dimensions of \(units.variances.count) whose posterior mean has a variance above "
                + "\(ActiveUnits.threshold) (Burda et al. 2016) over")
    }
}
