import Files
import Tensors

/// Which of a file's tensors are most likely those that a model misses: shapes must agree, then order,
/// since state dictionaries go through layers in order, or names decide.
package struct NameProposals: Sendable {
    /// Their name by ours.
    package private(set) var theirs: [String: String] = [:]
    /// Theirs that hold the rows of two of ours, the mean's and then the log-variance's.
    package private(set) var pairs: [(name: String, ours: [String])] = []

    /// Proposals for `missing` among `unused`; none for what fits nothing.
    package init(missing: [ExpectedTensor], unused: [(name: String, shape: Shape)]) {
        var left = unused.filter { !$0.name.isBatchCounter }.map {
            Candidate(name: $0.name, kind: Kind($0.shape, $0.name))
        }
        // A weight is no bias: endings agree where there is a choice.
        pair(missing, &left) { $0 }
        pair(missing.filter { theirs[$0.name] == nil }, &left) { Kind(shape: $0.shape, ending: "") }
        for wanted in missing where theirs[wanted.name] == nil {
            let shape = Kind(wanted.shape, wanted.name).shape
            let alike = left.filter { $0.kind.shape == shape }.map(\.name)
            guard let name = alike.nearest(to: wanted.name) else { continue }
            theirs[wanted.name] = name
            left.removeAll { $0.name == name }
        }
        joinHeads(missing, unused)
    }

    /// Many programs compute both heads as one layer.
    private mutating func joinHeads(
        _ missing: [ExpectedTensor], _ unused: [(name: String, shape: Shape)]
    ) {
        for ending in ["weight", "bias"] {
            let ours = ["mean.\(ending)", "logvar.\(ending)"]
            let heads = missing.filter { ours.contains($0.name) && theirs[$0.name] == nil }
            guard heads.count == 2, heads[0].shape == heads[1].shape else { continue }
            let shape = heads[0].shape
            let whole = Kind(Shape([2 * shape[0]] + shape.sizes.dropFirst()), ending)
            let found = unused.filter { Kind($0.shape, $0.name) == whole }
            if found.count == 1 { pairs.append((found[0].name, ours)) }
        }
    }

    /// What must agree.
    private struct Kind: Hashable {
        let shape: [Int]
        let ending: Substring

        init(shape: [Int], ending: Substring) {
            self.shape = shape
            self.ending = ending
        }

        init(_ shape: Shape, _ name: String) {
            self.init(
                shape: shape.sizes.filter { $0 != 1 }, ending: name.split(separator: ".").last ?? ""
            )
        }
    }

    /// One of theirs that nothing was found for.
    private struct Candidate {
        let name: String
        let kind: Kind
    }

    /// Pairs ours with theirs in order, kind by kind, where there are as many of both.
    private mutating func pair(
        _ wanted: [ExpectedTensor], _ left: inout [Candidate], by view: (Kind) -> Kind
    ) {
        let candidates = Dictionary(grouping: left) { view($0.kind) }
        let kinds = Dictionary(grouping: wanted) { view(Kind($0.shape, $0.name)) }
        for (kind, ours) in kinds {
            guard let found = candidates[kind], found.count == ours.count else { continue }
            for (one, other) in zip(ours, found) { theirs[one.name] = other.name }
            let taken = Set(found.map(\.name))
            left.removeAll { taken.contains($0.name) }
        }
    }
}

extension String {
    /// Whether PyTorch's normalisations count batches in a tensor of this name, which nobody needs here.
    package var isBatchCounter: Bool { hasSuffix("num_batches_tracked") }
}
