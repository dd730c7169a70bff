import Charts
import Drawing

/// Figure 12: what the decoder makes of several draws from each image's posterior, in image order,
/// beside the image and the reconstruction from the posterior mean.
package struct PosteriorSamples: Figure {
    /// One image with its draws.
    package struct Line: Sendable {
        /// The test image.
        package var original: ImageTile
        /// Decoded posterior mean.
        package var reconstruction: ImageTile
        /// Decoded draws z ~ q(z|x).
        package var draws: [ImageTile]
        /// What the image is called, for example its place and class.
        package var label: String?

        /// One image with its draws.
        package init(
            original: ImageTile, reconstruction: ImageTile, draws: [ImageTile],
            label: String? = nil
        ) {
            self.original = original
            self.reconstruction = reconstruction
            self.draws = draws
            self.label = label
        }
    }

    /// Images in the data's order.
    package var lines: [Line]

    package let title = "Posterior samples"

    /// Images in the data's order.
    package init(lines: [Line]) { self.lines = lines }

    private var drawCount: Int { lines.map(\.draws.count).max() ?? 0 }

    /// The brightest colour of the spread, so that small spreads can be seen and compared.
    private static let mostSpread = 0.25

    package func chart() -> Chart {
        let grid = ImageGrid(
            groups: [
                ImageGrid.Group(columns: 2),
                ImageGrid.Group(title: "Draws from the posterior", columns: drawCount),
                ImageGrid.Group(columns: 1),
            ],
            headers: ["image", "mean"] + (0..<drawCount).map { String($0 + 1) } + ["spread"],
            lines: lines.map { line in
                ImageGrid.Line(label: line.label, tiles: row(line) + [spread(line)])
            },
            largestTile: 64)
        let key = Legend([
            Legend.Entry(
                .ramp(.heat, low: "0", high: "≥ \(NumberText.trimmed(Self.mostSpread))"),
                "standard deviation of each pixel over the draws")
        ])
        return Chart(Column([grid, key], spacing: 10))
    }

    private func row(_ line: Line) -> [Bitmap?] {
        let draws = (0..<drawCount).map { index in
            line.draws.indices.contains(index) ? line.draws[index].bitmap : nil
        }
        return [line.original.bitmap, line.reconstruction.bitmap] + draws
    }

    private func spread(_ line: Line) -> Bitmap? {
        guard line.draws.count > 1 else { return nil }
        return ColorMap.heat.bitmap(
            width: line.original.width, height: line.original.height,
            values: ImageTile.spread(of: line.draws).map { $0 / Self.mostSpread })
    }

    /// Mean over pixels of the spread over draws; nil for fewer than two draws.
    private func meanSpread(_ line: Line) -> Double? {
        guard line.draws.count > 1 else { return nil }
        let spread = ImageTile.spread(of: line.draws)
        return spread.reduce(0, +) / Double(max(spread.count, 1))
    }

    package var altText: String {
        var text =
            "\(lines.count) test images in order, each with the reconstruction from its posterior "
            + "mean and \(drawCount) decoded draws from its posterior."
        let spreads = lines.compactMap(meanSpread)
        if let low = spreads.min(), let high = spreads.max() {
            text +=
                " A pixel's standard deviation over the draws is "
                + "\(NumberText.short(low, digits: 2)) to \(NumberText.short(high, digits: 2)) on "
                + "average."
        }
        return text
    }

    package var dataTable: FigureTable {
        FigureTable(
            header: ["Image", "Draws", "Reconstruction (dB)", "Mean of draws (dB)", "Mean spread"],
            rows: lines.enumerated().map { index, line in
                let values = line.draws.map(line.original.peakSignalToNoise).filter(\.isFinite)
                return [
                    .text(line.label ?? String(index + 1)),
                    .number(Double(line.draws.count), decimals: 0),
                    .optional(line.original.peakSignalToNoise(line.reconstruction), decimals: 2),
                    .optional(SortedSample(values).mean, decimals: 2),
                    .optional(meanSpread(line), decimals: 4),
                ]
            },
            note: "PSNR against the image; spread is the standard deviation of a pixel over draws.")
    }

    /// `posterior_samples.png`: image, reconstruction and draws in rows of plain pixels.
    package func sheet() -> ImageSheet { ImageSheet(rows: lines.map(row)) }
}
