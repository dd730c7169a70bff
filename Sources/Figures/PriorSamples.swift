import Charts
import Drawing

/// Figure 4: images decoded from draws of the prior, as they came, at several temperatures; and a
/// few beside the training image that is nearest to them.
package struct PriorSamples: Figure {
    /// Draws at one temperature: z = T ε.
    package struct Batch: Sendable {
        /// T, the standard deviation of the draws.
        package var temperature: Double
        /// Decoded means, in order of drawing.
        package var images: [ImageTile]

        /// Draws at one temperature.
        package init(temperature: Double, images: [ImageTile]) {
            self.temperature = temperature
            self.images = images
        }
    }

    /// A draw beside its nearest training image.
    package struct Neighbour: Sendable {
        /// The decoded draw.
        package var sample: ImageTile
        /// The training image at the least distance.
        package var nearest: ImageTile
        /// Euclidean distance over pixels in 0 … 1.
        package var distance: Double

        /// A draw with its nearest training image.
        package init(sample: ImageTile, nearest: ImageTile, distance: Double) {
            self.sample = sample
            self.nearest = nearest
            self.distance = distance
        }
    }

    /// One batch per temperature.
    package var batches: [Batch]
    /// A few draws at T = 1 with their neighbours; may be empty.
    package var neighbours: [Neighbour]

    /// Whether the draws are from a mixture that was fitted to codes.
    package var isFitted: Bool

    package var title: String { isFitted ? "Mixture samples" : "Prior samples" }

    /// Draws from the prior, or from what was fitted in its place.
    package init(batches: [Batch], neighbours: [Neighbour] = [], isFitted: Bool = false) {
        self.batches = batches
        self.neighbours = neighbours
        self.isFitted = isFitted
    }

    package func chart() -> Chart {
        var blocks: [any ChartBlock] = [samples]
        if !neighbours.isEmpty {
            blocks.append(
                ImageGrid(
                    title: "Nearest training images", subtitle: "Euclidean distance below",
                    groups: [ImageGrid.Group(columns: neighbours.count)],
                    lines: [
                        ImageGrid.Line(label: "sample", tiles: neighbours.map(\.sample.bitmap)),
                        ImageGrid.Line(
                            label: "nearest", tiles: neighbours.map(\.nearest.bitmap),
                            captions: neighbours.map { NumberText.fixed($0.distance, decimals: 1) }),
                    ],
                    largestTile: 56))
        }
        return Chart(Column(blocks, spacing: 18))
    }

    private var samples: ImageGrid {
        let most = batches.map(\.images.count).max() ?? 0
        let limit = batches.count < 3 ? 10 : 6
        // Full rows where there can be.
        let columns = (limit / 2...limit).last { most.isMultiple(of: $0) } ?? limit
        let lines = stride(from: 0, to: most, by: columns).map { start in
            ImageGrid.Line(
                tiles: batches.flatMap { batch in
                    (start..<start + columns).map { index in
                        batch.images.indices.contains(index) ? batch.images[index].bitmap : nil
                    }
                })
        }
        return ImageGrid(
            groups: batches.map { batch in
                ImageGrid.Group(
                    title: "T = \(NumberText.trimmed(batch.temperature))",
                    columns: columns)
            },
            lines: lines, largestTile: 56)
    }

    package var altText: String {
        let parts = batches.map { batch in
            let temperature = NumberText.trimmed(batch.temperature)
            return "\(batch.images.count) at temperature \(temperature)"
        }
        let origin = isFitted ? "a Gaussian mixture fitted to codes" : "the prior"
        var text = "Uncurated samples from \(origin): \(parts.joined(separator: ", "))."
        let distances = neighbours.map(\.distance)
        if let low = distances.min(), let high = distances.max() {
            text += " Nearest training images of \(distances.count) samples are at distances of "
            text +=
                "\(NumberText.fixed(low, decimals: 1)) to \(NumberText.fixed(high, decimals: 1))."
        }
        return text
    }

    package var dataTable: FigureTable {
        guard !neighbours.isEmpty else {
            return FigureTable(
                header: ["Temperature", "Samples"],
                rows: batches.map {
                    [
                        .number($0.temperature, decimals: 2),
                        .number(Double($0.images.count), decimals: 0),
                    ]
                })
        }
        return FigureTable(
            header: ["Sample at T = 1", "Distance to the nearest training image"],
            rows: neighbours.enumerated().map { index, neighbour in
                [
                    .number(Double(index + 1), decimals: 0),
                    .optional(neighbour.distance, decimals: 3),
                ]
            })
    }

    /// `prior_samples.png`: the batches below each other as plain pixels.
    package func sheet() -> ImageSheet {
        let rows = batches.flatMap { batch -> [[Bitmap?]] in
            stride(from: 0, to: batch.images.count, by: 16).map { start in
                batch.images[start..<min(start + 16, batch.images.count)].map(\.bitmap)
            }
        }
        return ImageSheet(rows: rows)
    }
}
