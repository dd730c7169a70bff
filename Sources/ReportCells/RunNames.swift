/// What runs are called where several of them stand side by side.
struct RunNames {
    /// The labels, "main@beta=4,seed=0".
    let labels: [String]
    private let areOfOneMatrix: Bool

    init(_ labels: [String]) {
        self.labels = labels
        let matrices = Set(labels.map { $0.prefix { $0 != "@" } })
        areOfOneMatrix = matrices.count == 1 && labels.allSatisfy { $0.contains("@") }
    }

    /// The point alone where all are points of one matrix, "beta=4, seed=0".
    func short(_ label: String) -> String {
        guard areOfOneMatrix else { return label }
        return String(label.drop { $0 != "@" }.dropFirst()).replacing(",", with: ", ")
    }

    /// What the label says of the seed, "seed=0"; empty when it says nothing.
    func seed(_ label: String) -> String {
        let parts = label.drop { $0 != "@" }.dropFirst().split(separator: ",")
        return parts.first { $0.hasPrefix("seed=") }.map(String.init) ?? ""
    }
}
