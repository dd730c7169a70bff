import Files

/// What `train.objective` must agree on with other keys. Each check throws a ``Files/SourceError`` at the key
/// that somebody set.
struct ObjectiveChecks {
    let values: ConfigValues

    /// More images than that would be compared with each other by the hundred million.
    static let largestMixture = 2048

    func run() throws {
        let objective = values.text("train.objective")
        guard objective != "elbo" else { return }
        let others = [
            ("train.iwae_samples", values.required("train.iwae_samples") > 1),
            ("train.free_bits", values.number("train.free_bits") > 0),
            ("train.target_kl", values.optionalNumber("train.target_kl") != nil),
        ]
        for (name, isOn) in others where isOn {
            throw values.error(
                "'\(name)' and 'train.objective: \(objective)' cannot both be: each puts something of "
                    + "its own in the place of the KL term", at: ["train.objective", name],
                suggestion: "leave one of the two out")
        }
        if objective == "capacity" { try checkCapacity() } else { try checkMixture() }
    }

    private func checkCapacity() throws {
        let beta = values.number("train.beta")
        guard beta != 1 else { return }
        throw values.error(
            "'train.beta' is \(beta), but 'train.objective: capacity' weighs with "
                + "'train.capacity_weight'", at: ["train.beta", "train.objective"],
            suggestion: "leave 'train.beta' out")
    }

    private func checkMixture() throws {
        guard values.number("train.beta") > 0 else {
            throw values.error(
                "'train.objective: tcvae' weighs the total correlation with 'train.beta', which is 0",
                at: ["train.beta", "train.objective"],
                suggestion: "choose a weight above 0, such as 6")
        }
        let batch = values.required("data.batch_size")
        guard batch <= Self.largestMixture else {
            throw values.error(
                "'data.batch_size' is \(batch), but 'train.objective: tcvae' compares every image of a "
                    + "batch with every other and takes \(Self.largestMixture) at most",
                at: ["data.batch_size", "train.objective"], suggestion: "choose a smaller batch")
        }
    }
}
