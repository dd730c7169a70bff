import Files
import Tensors
import Words

/// A file's tensors are not those of the model.
package struct NameMismatch: Error, CustomStringConvertible {
    /// The file, as the user named it.
    package let file: String
    /// Ours that the file does not have, those that something stands in for included.
    package internal(set) var absent: [ExpectedTensor] = []
    /// Ours that it has in another shape.
    package internal(set) var misshapen: [(wanted: ExpectedTensor, found: Shape)] = []
    /// Theirs that the model does not have.
    package internal(set) var unused: [(name: String, shape: Shape)] = []
    private let isMapped: Bool

    private static let mostLines = 8

    init(file: String, isMapped: Bool) {
        self.file = file
        self.isMapped = isMapped
    }

    /// Ours that it must have and does not.
    private var missing: [ExpectedTensor] { absent.filter { $0.standIn == nil } }

    /// Whether the model cannot be filled.
    var isFatal: Bool { !missing.isEmpty || !misshapen.isEmpty }

    /// What is left over on both sides, with what may belong together, and what to do.
    package var description: String {
        let proposals = NameProposals(missing: absent, unused: unused)
        var lines: [String] = []
        lines += section("not found in the file", missing) { wanted in
            "\(wanted.name) \(wanted.shape)"
                + (proposals.theirs[wanted.name].map { ": is it '\($0)'?" } ?? "")
        }
        lines += section("of another shape", misshapen) {
            "\($0.wanted.name) is \($0.found), the model needs \($0.wanted.shape)"
        }
        lines += section("in the file and not in the model", unused) { "\($0.name) \($0.shape)" }
        let head = "\(file) does not fit the model that the config describes"
        return ([head] + lines + [advice]).joined(separator: "\n    ")
    }

    private var advice: String {
        if missing.isEmpty, !misshapen.isEmpty {
            return "give the config that it was trained with: --config FILE, -P model.latent_dim=…"
        }
        if isMapped {
            return "add lines 'theirs: ours' to the map, or 'theirs: ~' for what is not needed"
        }
        return "if only names differ, a map helps: 'vae-report export CONFIG --names --checkpoint "
            + "\(file)' prints one to complete for --name-map"
    }

    private func section<Entry>(
        _ title: String, _ entries: [Entry], _ line: (Entry) -> String
    ) -> [String] {
        guard !entries.isEmpty else { return [] }
        let rest = entries.count - Self.mostLines
        let count = Quantity.text(entries.count, "tensor")
        return ["\(title), \(count):"] + entries.prefix(Self.mostLines).map { "  " + line($0) }
            + (rest > 0 ? ["  and \(Quantity.text(rest)) more"] : [])
    }
}
