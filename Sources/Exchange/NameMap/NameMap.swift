import Files

/// Which of a model's tensors those of a file from elsewhere are: lines `theirs: ours`.
///
/// The grammar is a small part of YAML:
///
///     # a comment
///     fc_mu.*: mean.*                     each * on the right is what the same * on the left stands for
///     enc.net.0.weight: encoder.conv1.weight
///     heads.weight: [mean.weight, logvar.weight]     cut along the first axis, in this order
///     "*.num_batches_tracked": ~          left out
///
/// A star is one character or more. The first line that matches a name counts; a name that no line
/// matches is taken as it is. Names may stand in quotes.
package struct NameMap: Sendable, Equatable {
    /// The text as it was read, without which two maps are not the same.
    package let text: String
    let lines: [Line]

    /// What becomes of the tensors whose names match.
    struct Line: Sendable, Equatable {
        let pattern: NamePattern
        /// Our names; none for what is left out.
        let targets: [NamePattern]
        let location: SourceLocation
    }

    /// Every name as it is.
    package static let identity = NameMap()

    private init() {
        text = ""
        lines = []
    }

    /// Reads a map. Throws a ``Files/SourceError``.
    package init(_ source: SourceText) throws {
        text = source.text
        lines = try source.lines.enumerated().compactMap { index, line in
            try NameMapLine(line, number: index + 1, in: source)?.line
        }
        guard !lines.isEmpty else {
            throw SourceError(
                "this map has no line 'theirs: ours'",
                at: SourceLocation(file: source.name, line: 1, column: 1), in: source,
                suggestion: "'vae-report export --names' with --checkpoint prints one to start from"
            )
        }
    }

    /// Our names of one of theirs; nil where no line matches, none where it is left out.
    func targets(of name: String) -> (line: Line, names: [String])? {
        for line in lines {
            guard let parts = line.pattern.match(name) else { continue }
            return (line, line.targets.map { $0.name(with: parts) })
        }
        return nil
    }
}
