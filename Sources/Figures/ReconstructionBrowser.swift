import Charts
import Drawing

/// Test images with their reconstructions, errors and the terms of their ELBO, to browse.
package struct ReconstructionBrowser: Figure {
    /// One image with its scores.
    package struct Entry: Sendable {
        /// Place of the image in its split.
        package var index: Int
        /// Its class; nil when there is none.
        package var className: String?
        /// The image.
        package var original: ImageTile
        /// Decoded posterior mean.
        package var decoded: ImageTile
        /// Reconstruction term, positive nats.
        package var reconstruction: Double
        /// KL term, nats.
        package var kl: Double
        /// dB on [0, 1].
        package var psnr: Double

        /// One image with its scores.
        package init(
            index: Int, className: String? = nil, original: ImageTile, decoded: ImageTile,
            reconstruction: Double, kl: Double, psnr: Double
        ) {
            self.index = index
            self.className = className
            self.original = original
            self.decoded = decoded
            self.reconstruction = reconstruction
            self.kl = kl
            self.psnr = psnr
        }
    }

    /// Images in the order to show.
    package var entries: [Entry]

    package let title = "Reconstruction browser"

    /// Images in the order to show.
    package init(entries: [Entry]) { self.entries = entries }

    package func chart() -> Chart {
        let columns = 10
        let lines = stride(from: 0, to: entries.count, by: columns).flatMap { start in
            block(Array(entries[start..<min(start + columns, entries.count)]), isFirst: start == 0)
        }
        let grid = ImageGrid(
            groups: [ImageGrid.Group(columns: min(columns, max(entries.count, 1)))], lines: lines,
            largestTile: 60)
        let note = TextBlock(
            "Below the error: −ELBO of the image, nats, then its reconstruction and KL terms.")
        return Chart(Column([grid, note], spacing: 8))
    }

    private func block(_ entries: [Entry], isFirst: Bool) -> [ImageGrid.Line] {
        [
            ImageGrid.Line(
                label: "image", tiles: entries.map(\.original.bitmap),
                captions: entries.map { $0.className ?? "#\($0.index)" },
                secondCaptions: entries.contains { $0.className != nil }
                    ? entries.map { $0.className == nil ? "" : "#\($0.index)" } : nil,
                spaceBefore: isFirst ? 0 : 18),
            ImageGrid.Line(
                label: "decoded", tiles: entries.map(\.decoded.bitmap),
                captions: entries.map { NumberText.fixed($0.psnr, decimals: 1) + " dB" }),
            ImageGrid.Line(
                label: "|error|", tiles: entries.map(errorMap),
                captions: entries.map {
                    NumberText.fixed($0.reconstruction + $0.kl, decimals: 1)
                },
                secondCaptions: entries.map {
                    NumberText.fixed($0.reconstruction, decimals: 0) + " + "
                        + NumberText.fixed($0.kl, decimals: 0)
                }),
        ]
    }

    private func errorMap(_ entry: Entry) -> Bitmap {
        ColorMap.heat.bitmap(
            width: entry.original.width, height: entry.original.height,
            values: entry.original.absoluteError(entry.decoded))
    }

    package var altText: String {
        let sums = SortedSample(entries.map { $0.reconstruction + $0.kl })
        guard let low = sums.values.first, let high = sums.values.last else {
            return "No images to browse."
        }
        return "\(entries.count) test images with reconstructions and absolute errors; −ELBO per "
            + "image runs from \(NumberText.fixed(low, decimals: 1)) to "
            + "\(NumberText.fixed(high, decimals: 1)) nats, median "
            + "\(NumberText.fixed(sums.median, decimals: 1))."
    }

    package var dataTable: FigureTable {
        FigureTable(
            header: [
                "Image", "Class", "−ELBO (nats)", "Reconstruction (nats)", "KL (nats)", "PSNR (dB)",
            ],
            rows: entries.map { entry in
                [
                    .number(Double(entry.index), decimals: 0),
                    entry.className.map { .text($0) } ?? .missing,
                    .optional(entry.reconstruction + entry.kl, decimals: 2),
                    .optional(entry.reconstruction, decimals: 2), .optional(entry.kl, decimals: 2),
                    .optional(entry.psnr, decimals: 2),
                ]
            })
    }

    /// `reconstruction_browser.png`: images, reconstructions and errors as plain pixels.
    package func sheet() -> ImageSheet {
        ImageSheet(rows: [
            entries.map(\.original.bitmap), entries.map(\.decoded.bitmap), entries.map(errorMap),
        ])
    }
}
