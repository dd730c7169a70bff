import Datasets
import Exchange
import Experiments
import Files
import ReportCells

/// The tensors of a subject's model by name and shape, and those of a checkpoint beside them.
struct TensorNames {
    private let expected: [ExpectedTensor]
    private let file: CheckpointFile?
    private let name: String

    /// The tensors of the model that the config of `subject` describes; nothing is trained.
    init(_ subject: Subject, _ options: SubjectOptions) throws {
        let display = BuildDisplay(isQuiet: options.answer.quiet)
        let catalogue = options.data.loader(display: display).catalogue
        let config = try ExperimentConfig.load(
            source: subject.config,
            commandLine: try options.parameters.map { try ConfigSetting(argument: $0) },
            catalogue: catalogue)
        let request = config.data.request(folder: options.data.folder)
        let shape = try catalogue.entry(for: request).shape
        expected = config.modelDescription(image: shape).expectedTensors
        name = subject.name
        if case .file(let file, _) = subject.weights { self.file = file } else { file = nil }
    }

    /// Prints the tensors, or a map of the checkpoint's names to ours.
    func print() throws {
        guard let file else {
            Swift.print(
                Columns.text(
                    [["name", "shape", "what"]]
                        + expected.map { [$0.name, "\($0.shape)", $0.role] }))
            return
        }
        Swift.print(map(of: file), terminator: "")
    }

    /// Lines `theirs: ours` of everything that has another name, as far as shapes and order tell.
    private func map(of file: CheckpointFile) -> String {
        let ours = Set(expected.map(\.name))
        let theirs = file.tensors.entries.map { (name: $0.name, shape: $0.tensor.shape) }
        let there = Set(theirs.map(\.name))
        let unused = theirs.filter { !ours.contains($0.name) }
        let missing = expected.filter { !there.contains($0.name) }
        let proposals = NameProposals(missing: missing, unused: unused)
        var lines = [
            "# Names of \(FilePath.name(of: file.path)) to the model of \(name): theirs: ours",
            "# Proposed by shape and order: read each line, then give the file to --name-map.",
        ]
        for pair in proposals.pairs {
            let ours = pair.ours.map(Self.written).joined(separator: ", ")
            lines.append("\(Self.written(pair.name)): [\(ours)]")
        }
        let cut = Set(proposals.pairs.flatMap(\.ours))
        for wanted in missing where !cut.contains(wanted.name) {
            if let name = proposals.theirs[wanted.name] {
                lines.append(
                    "\(Self.written(name)): \(Self.written(wanted.name))    # \(wanted.shape)")
            } else if wanted.standIn == nil {
                lines.append("# nothing for \(wanted.name) \(wanted.shape), \(wanted.role)")
            }
        }
        let taken = Set(Array(proposals.theirs.values) + proposals.pairs.map(\.name))
        for left in unused where !taken.contains(left.name) && !left.name.isBatchCounter {
            lines.append("\(Self.written(left.name)): ~    # left out: \(left.shape)")
        }
        if missing.isEmpty { lines.append("# All names are ours already: no map is needed.") }
        return lines.map { $0 + "\n" }.joined()
    }

    /// A name in quotes where a map would read it as something else.
    private static func written(_ name: String) -> String {
        let isPlain = !name.isEmpty && !name.contains(where: { " \t:,[]#~\"'*".contains($0) })
        return isPlain ? name : name.contains("\"") ? "'\(name)'" : "\"\(name)\""
    }
}
