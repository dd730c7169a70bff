import Literate

/// The table of sets of images against real ones: distances, precision and recall.
struct DistanceTable {
    let run: String
    let values: [String: PublishedValue]
    /// The data's title.
    let title: String

    private static let sets = [
        ("Samples from the prior", "samples"), ("Samples at T = 0.7", "samples_cool"),
        ("Samples from the mixture", "mixture"),
        ("Reconstructions", "reconstructions"),
        ("Other test images", "floor"),
    ]
    private static let columns = [
        ("Fréchet distance", "frechet", ".2f"), ("Kernel distance", "kid", ".3g±"),
        ("Precision", "precision", ".1%±"), ("Recall", "recall", ".1%±"),
    ]

    /// Whether the score, with its split in front, stands in this table.
    static func shows(_ score: String) -> Bool {
        sets.contains { set in columns.contains { score == "test.\($0.1)_\(set.1)" } }
    }

    /// Rows: sets that were scored; columns: scores.
    var output: TableOutput {
        let rows = Self.sets.compactMap { label, set -> [TableCell]? in
            let scores = Self.columns.map { _, name, format in
                values["\(run).test.\(name)_\(set)"].map { TableCell.value($0, format) }
            }
            guard scores.contains(where: { $0 != nil }) else { return nil }
            return [.text(label)] + scores.map { $0 ?? TableCell(.empty) }
        }
        return TableOutput(
            columns: ["Images"] + Self.columns.map { $0.0 }, rows: rows,
            defaultCaption:
                "Sets of images against test images of \(title), in the features of a classifier of "
                + "theirs, ± one standard error. Hover over or focus a number for its protocol.")
    }
}
