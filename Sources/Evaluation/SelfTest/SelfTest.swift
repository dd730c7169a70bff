import Datasets

/// Checks of this program on the machine it runs on: scores against closed forms, kernels against each
/// other, training against itself. Needs no data and takes a few seconds.
public enum SelfTest {
    /// A group of checks under a name that progress shows.
    private struct Group {
        let name: String
        let checks: () throws -> [SelfCheck]
    }

    /// Runs everything; what throws becomes a line that does not hold. `progress` hears each group's name
    /// before it runs.
    public static func run(progress: (String) -> Void = { _ in }) -> [SelfCheck] {
        groups.flatMap { group in
            progress(group.name)
            return lines(group.name, group.checks)
        }
    }

    private static var groups: [Group] {
        [
            Group(name: "bounds of a linear-Gaussian VAE") {
                try BoundChecks(model: LinearGaussianModel(spread: BoundChecks.spread)).lines
            },
            Group(name: "bounds of a network with one latent dimension") {
                try QuadratureChecks().lines
            },
            Group(name: "kernels", checks: KernelChecks.lines),
            Group(name: "gradients") { [try SlopeCheck.line()] },
            Group(name: "scores with known answers", checks: KnownAnswers.lines),
            Group(name: "training", checks: RepeatChecks.lines),
        ]
    }

    /// The lines of `checks`, or one that says why there are none.
    static func lines(_ name: String, _ checks: () throws -> [SelfCheck]) -> [SelfCheck] {
        do {
            return try checks()
        } catch {
            return [
                SelfCheck(name, expected: "to run", found: "failed: \(error)", holds: false)
            ]
        }
    }
}
