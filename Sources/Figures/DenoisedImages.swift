import Charts
import Drawing

/// Figure 17, the pictures: one row per strength of noise, for each example the clean image, the noisy
/// one and what each method makes of it.
package struct DenoisedImages: Figure {
    /// One strength of one kind of noise.
    package struct Level: Sendable {
        /// What it is called, for example "σ = 0.3".
        package var name: String
        /// Images of each example, in the order of the methods.
        package var examples: [[ImageTile]]

        /// One strength of one kind of noise.
        package init(_ name: String, examples: [[ImageTile]]) {
            self.name = name
            self.examples = examples
        }
    }

    /// Names of the columns; the first is the clean image, the second the noisy one.
    package var methods: [String]
    /// Rows from top to bottom.
    package var levels: [Level]

    package let title = "Denoised images"

    /// Rows of denoised images; every example has one image per method.
    package init(methods: [String], levels: [Level]) {
        self.methods = methods
        self.levels = levels
    }

    private var exampleCount: Int { levels.map(\.examples.count).max() ?? 0 }

    package func chart() -> Chart {
        let grid = ImageGrid(
            groups: (0..<exampleCount).map { _ in ImageGrid.Group(columns: methods.count) },
            headers: (0..<exampleCount).flatMap { _ in methods },
            lines: levels.map { level in
                ImageGrid.Line(
                    label: level.name,
                    tiles: (0..<exampleCount).flatMap { tiles(level, $0) },
                    captions: (0..<exampleCount).flatMap { captions(level, $0) })
            },
            largestTile: 64)
        return Chart(
            Column(
                [grid, TextBlock("Below each image: PSNR against the clean one, dB.")], spacing: 8))
    }

    private func tiles(_ level: Level, _ example: Int) -> [Bitmap?] {
        methods.indices.map { method in tile(level, example, method)?.bitmap }
    }

    private func tile(_ level: Level, _ example: Int, _ method: Int) -> ImageTile? {
        guard level.examples.indices.contains(example),
            level.examples[example].indices.contains(method)
        else { return nil }
        return level.examples[example][method]
    }

    /// PSNR against the clean image; nil for the clean image itself.
    private func score(_ level: Level, _ example: Int, _ method: Int) -> Double? {
        guard method > 0, let clean = tile(level, example, 0),
            let other = tile(level, example, method)
        else { return nil }
        return clean.peakSignalToNoise(other)
    }

    private func captions(_ level: Level, _ example: Int) -> [String] {
        methods.indices.map { method in
            score(level, example, method).map { NumberText.fixed($0, decimals: 1) } ?? ""
        }
    }

    /// Mean over examples.
    private func meanScore(_ level: Level, _ method: Int) -> Double? {
        let scores = (0..<exampleCount).compactMap { score(level, $0, method) }
            .filter(\.isFinite)
        return scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
    }

    package var altText: String {
        let names = levels.map(\.name).joined(separator: ", ")
        var text =
            "\(exampleCount == 1 ? "One image" : "\(exampleCount) images") with noise at "
            + "\(levels.count) levels (\(names)), clean, noisy and as restored by "
            + "\(methods.dropFirst(2).joined(separator: ", "))."
        let winners = levels.compactMap { level -> String? in
            let scored = methods.indices.dropFirst().compactMap { method in
                meanScore(level, method).map { (methods[method], $0) }
            }
            return scored.max { $0.1 < $1.1 }.map {
                "\($0.0) at \(level.name) (\(NumberText.fixed($0.1, decimals: 1)) dB)"
            }
        }
        if !winners.isEmpty {
            text += " Closest to the clean images shown: \(winners.joined(separator: ", "))."
        }
        return text
    }

    package var dataTable: FigureTable {
        FigureTable(
            header: ["Noise"] + methods.dropFirst().map { "\($0) (dB)" },
            rows: levels.map { level in
                [.text(level.name)]
                    + methods.indices.dropFirst().map {
                        .optional(meanScore(level, $0), decimals: 2)
                    }
            },
            note: "PSNR against the clean image, mean over the images shown.")
    }

    /// `denoised_rows.png`: one row per level and example as plain pixels.
    package func sheet() -> ImageSheet {
        ImageSheet(
            rows: levels.flatMap { level in
                level.examples.indices.map { tiles(level, $0) }
            })
    }
}
