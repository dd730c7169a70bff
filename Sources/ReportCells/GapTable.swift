import Literate
import Words

/// The table of what the ELBO loses: to one encoder for all images, and to upright Gaussians.
struct GapTable {
    let run: String
    let values: [String: PublishedValue]
    /// The data's title.
    let title: String

    /// The value that an evaluation with refined posteriors publishes.
    static let needed = "amortisation_gap"

    private static let rows = [
        ("ELBO, the encoder's posterior", "elbo_encoded"),
        ("ELBO, posterior fitted to each image", "elbo_refined"),
        ("Importance-weighted bound from there", "iwae_refined"),
        ("Amortisation gap", needed),
        ("Approximation gap, at least", "approximation_gap"),
    ]

    /// Whether the score, with its split in front, stands in this table.
    static func shows(_ score: String) -> Bool { rows.contains { score == "test.\($0.1)" } }

    var output: TableOutput {
        func value(_ name: String) -> PublishedValue? { values["\(run).test.\(name)"] }
        let count = value(Self.needed)?.count.map { " on \(Quantity.text($0))" } ?? " on"
        return TableOutput(
            columns: ["Bound or gap", "Nats per image"],
            rows: Self.rows.map { label, name in
                [
                    .text(label),
                    value(name).map { TableCell.value($0, ".2f±") } ?? TableCell(.empty),
                ]
            },
            defaultCaption:
                "What the bound loses\(count) test images of \(title) whose posteriors were refined, ± "
                + "one standard error. Hover over or focus a number for its protocol.")
    }
}
