import Charts
import Drawing

/// Figure 3: test images, what the model makes of them, and where it errs; the best, the median
/// and the worst by PSNR.
package struct Reconstructions: Figure {
    /// One image with its reconstruction from the posterior mean.
    package struct Pair: Sendable {
        /// The test image.
        package var original: ImageTile
        /// decode(mean(encode(original))), through the likelihood's mean.
        package var reconstruction: ImageTile
        /// PSNR of the pair, dB on [0, 1].
        package var psnr: Double

        /// One image with its reconstruction.
        package init(original: ImageTile, reconstruction: ImageTile, psnr: Double) {
            self.original = original
            self.reconstruction = reconstruction
            self.psnr = psnr
        }
    }

    /// Highest PSNR first.
    package var best: [Pair]
    /// Around the median.
    package var median: [Pair]
    /// Lowest PSNR first.
    package var worst: [Pair]
    /// Number of test images they were chosen from.
    package var imageCount: Int

    package let title = "Reconstructions"

    /// Three choices of pairs; any may be empty.
    package init(best: [Pair], median: [Pair], worst: [Pair], imageCount: Int) {
        self.best = best
        self.median = median
        self.worst = worst
        self.imageCount = imageCount
    }

    private var choices: [(name: String, pairs: [Pair])] {
        [("Best", best), ("Median", median), ("Worst", worst)].filter { !$0.1.isEmpty }
    }

    private var pairs: [Pair] { choices.flatMap(\.pairs) }

    private func errorMap(_ pair: Pair) -> Bitmap {
        ColorMap.heat.bitmap(
            width: pair.original.width, height: pair.original.height,
            values: pair.original.absoluteError(pair.reconstruction))
    }

    package func chart() -> Chart {
        let grid = ImageGrid(
            groups: choices.map { ImageGrid.Group(title: $0.name, columns: $0.pairs.count) },
            lines: [
                ImageGrid.Line(label: "original", tiles: pairs.map(\.original.bitmap)),
                ImageGrid.Line(label: "reconstruction", tiles: pairs.map(\.reconstruction.bitmap)),
                ImageGrid.Line(
                    label: "|error|", tiles: pairs.map(errorMap),
                    captions: pairs.map { NumberText.fixed($0.psnr, decimals: 1) + " dB" }),
            ],
            largestTile: 72)
        let key = Legend([
            Legend.Entry(.ramp(.heat, low: "0", high: "1"), "absolute error per pixel, fixed scale")
        ])
        return Chart(Column([grid, key], spacing: 10))
    }

    package var altText: String {
        let parts = choices.map { choice in
            let values = choice.pairs.map(\.psnr)
            let low = NumberText.fixed(values.min() ?? .nan, decimals: 1)
            let high = NumberText.fixed(values.max() ?? .nan, decimals: 1)
            return "\(choice.name.lowercased()) \(low == high ? low : "\(low) to \(high)") dB"
        }
        return
            "Originals, reconstructions and absolute errors of \(pairs.count) test images chosen "
            + "from \(NumberText.whole(imageCount)) by PSNR: \(parts.joined(separator: "; "))."
    }

    package var dataTable: FigureTable {
        FigureTable(
            header: ["Choice", "PSNR (dB)", "Mean |error|", "Largest |error|"],
            rows: choices.flatMap { choice in
                choice.pairs.map { pair in
                    let errors = pair.original.absoluteError(pair.reconstruction)
                    let mean = errors.reduce(0, +) / Double(max(errors.count, 1))
                    return [
                        .text(choice.name), .optional(pair.psnr, decimals: 2),
                        .number(mean, decimals: 4), .optional(errors.max(), decimals: 3),
                    ]
                }
            })
    }

    /// `recon_grid.png`: originals, reconstructions and errors as plain pixels.
    package func sheet() -> ImageSheet {
        ImageSheet(rows: [
            pairs.map(\.original.bitmap), pairs.map(\.reconstruction.bitmap), pairs.map(errorMap),
        ])
    }
}
