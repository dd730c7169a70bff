/// What runs are called where several of them stand side by side.
package struct RunNames {
    /// The labels, "main@beta=4,seed=0".
    package let labels: [String]
    private let areOfOneMatrix: Bool

    /// Names for runs with these labels.
    package init(_ labels: [String]) {
        self.labels = labels
        let matrices = Set(labels.map { $0.prefix { $0 != "@" } })
        areOfOneMatrix = matrices.count == 1 && labels.allSatisfy { $0.contains("@") }
    }

    /// What tells the run from others of its curve: the point of the matrix without the seed, "beta=4",
    /// the seed where the point is nothing else, and the label of a run that is of no matrix.
    package func name(_ label: String) -> String {
        let point = Self.point(label)
        guard let first = point.first else { return label }
        let others = point.filter { !Self.isSeed($0) }
        return others.isEmpty ? first : others.joined(separator: ", ")
    }

    /// What the runs of one curve have in common: the seed, "seed=0", after the name of the matrix if
    /// there are several; empty when that says nothing.
    package func curve(_ label: String) -> String {
        let point = Self.point(label)
        guard !point.isEmpty else { return "" }
        let matrix = areOfOneMatrix ? [] : [String(label.prefix { $0 != "@" })]
        let seed = point.count > 1 ? point.filter(Self.isSeed) : []
        return (matrix + seed).joined(separator: ", ")
    }

    /// Whether the runs but for their seeds differ in the number of one setting, as those of a sweep do.
    package var areSteps: Bool {
        let settings = labels.flatMap { label in
            Set(Self.point(label).filter { !Self.isSeed($0) })
        }
        let changed = Set(
            settings.filter { setting in
                settings.count { $0 == setting } < labels.count
            })
        let keys = Set(changed.map { $0.prefix { $0 != "=" } })
        return keys.count == 1 && labels.allSatisfy { $0.contains("@") }
            && changed.allSatisfy { Double($0.drop { $0 != "=" }.dropFirst()) != nil }
    }

    /// The settings after the "@", "beta=4" and "seed=0".
    private static func point(_ label: String) -> [String] {
        label.drop { $0 != "@" }.dropFirst().split(separator: ",").map(String.init)
    }

    private static func isSeed(_ setting: String) -> Bool { setting.hasPrefix("seed=") }
}
