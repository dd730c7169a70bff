import Evaluation
import Literate
import Words

/// Tables of a comparison with a denoising autoencoder.
enum DenoisingTables {
    /// A score that a table or a figure shows.
    enum Metric: String, CaseIterable {
        case psnr, ssim, mse
        case highFrequency = "high_frequency"

        /// What a reader calls it.
        var title: String {
            switch self {
            case .psnr: "PSNR"
            case .ssim: "SSIM"
            case .mse: "Mean squared error"
            case .highFrequency: "High-frequency ratio"
            }
        }

        /// Its unit; empty for none.
        var unit: String { self == .psnr ? "dB" : "" }

        /// Whether more is better.
        var isHigherBetter: Bool { self == .psnr || self == .ssim }

        /// How tables write it.
        var format: String {
            switch self {
            case .psnr: ".2f"
            case .ssim, .highFrequency: ".3f"
            case .mse: ".4f"
            }
        }

        /// The number of an entry; nil where it was not computed.
        func estimate(_ entry: DenoisingResult.Entry) -> MeanEstimate? {
            switch self {
            case .psnr: entry.peakSignalToNoise
            case .ssim: entry.similarity
            case .mse: entry.squaredError
            case .highFrequency: entry.highFrequencyRatio
            }
        }
    }

    /// Rows: kinds and strengths of noise; columns: methods. The best of a row is bold.
    static func scores(_ result: DenoisingResult, metric: Metric) -> TableOutput {
        let rows = result.levels.map { level in
            let estimates = level.entries.map { metric.estimate($0) }
            let best = best(estimates.map { $0?.mean }, metric)
            return [TableCell.text(level.noise.title)]
                + zip(level.entries, estimates).map { entry, estimate in
                    cell(entry, estimate, metric, isBest: best.contains(estimate?.mean ?? .nan))
                }
        }
        let unit = metric.unit.isEmpty ? "" : ", \(metric.unit)"
        return TableOutput(
            columns: ["Noise"] + result.methods.map(\.title.capitalisedFirst), rows: rows,
            defaultCaption: "\(metric.title)\(unit), against the clean image, mean over "
                + "\(Quantity.text(result.count)) test images of \(result.options.dataTitle); the best of a row is "
                + "bold.")
    }

    /// The best numbers of a row: the one nearest to 1 for the ratio, else the highest or the lowest.
    private static func best(_ values: [Double?], _ metric: Metric) -> Set<Double> {
        let numbers = values.compactMap { $0 }
        let best =
            metric == .highFrequency
            ? numbers.min { abs($0 - 1) < abs($1 - 1) }
            : metric.isHigherBetter ? numbers.max() : numbers.min()
        return Set(best.map { [$0] } ?? [])
    }

    private static func cell(
        _ entry: DenoisingResult.Entry, _ estimate: MeanEstimate?, _ metric: Metric, isBest: Bool
    ) -> TableCell {
        guard let estimate else { return TableCell(.text("not computed")) }
        if metric == .psnr, entry.isExact {
            return TableCell(
                .text("∞"), note: "Every image comes back exactly.", isEmphasised: true)
        }
        let note = estimate.standardError.map {
            "± \(ValueFormat(.fixed(metric == .psnr ? 3 : 5)).write($0))"
        }
        return TableCell(
            .number(estimate.mean, format: metric.format), note: note, isEmphasised: isBest)
    }

    /// Rows: what a model may be able to do; columns: VAE and DAE.
    static func abilities(_ abilities: [DenoisingAbility]) -> TableOutput {
        TableOutput(
            columns: ["Task", "VAE", "DAE"],
            rows: abilities.map {
                [.text($0.question), .text($0.vae.sentence), .text($0.dae.sentence)]
            },
            defaultCaption: "What each of the two models can do, and how well.")
    }

    /// Rows: codes; columns: both probes.
    static func probes(_ result: DenoisingResult) -> TableOutput {
        func cell(_ accuracy: MeanEstimate) -> TableCell {
            TableCell(
                .number(accuracy.mean, format: ".1%"),
                note: accuracy.standardError.map {
                    "± \(ValueFormat(.fixed(4)).write($0)), standard error"
                })
        }
        let neighbours = result.options.neighbours
        return TableOutput(
            columns: ["Code", "Numbers", "Linear probe", "\(neighbours) nearest neighbours"],
            rows: result.probes.map {
                [
                    .text($0.title), .number(Double($0.codeSize), ".0f"), cell($0.linear),
                    cell($0.nearest),
                ]
            },
            defaultCaption:
                "Share of \(Quantity.text(result.count)) test images whose class a simple classifier "
                + "finds from the code; classifiers are fitted on training images.")
    }
}

extension String {
    /// The same words at the start of a sentence.
    fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
