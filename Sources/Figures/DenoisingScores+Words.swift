import Charts

extension DenoisingScores {
    package var altText: String {
        let sentences = noises.map { noise -> String in
            let levels = Set(noise.series.flatMap { $0.points.map(\.level) }).sorted()
            let ends = levels.count > 1 ? [levels[0], levels[levels.count - 1]] : levels
            let parts = ends.compactMap { level in best(of: noise, at: level) }
            return "\(noise.name) noise: \(parts.joined(separator: "; "))."
        }
        return "\(metric) of denoised images by kind and strength of noise. "
            + sentences.joined(separator: " ")
    }

    private func best(of noise: Noise, at level: Double) -> String? {
        let scored = noise.series.compactMap { series in
            series.points.first { $0.level == level && $0.value.isFinite }.map {
                (series: series, value: $0.value)
            }
        }
        let winner = scored.max {
            isHigherBetter ? $0.value < $1.value : $0.value > $1.value
        }
        guard let winner else { return nil }
        var text =
            "at \(noise.levelName) \(NumberText.trimmed(level)) \(winner.series.method) is best with "
            + number(winner.value)
        if let reference = scored.first(where: { $0.series.isReference }),
            !winner.series.isReference
        {
            text += " (\(reference.series.method): \(number(reference.value)))"
        }
        return text
    }

    private func number(_ value: Double) -> String {
        let text = NumberText.short(value, digits: 3)
        return unit.isEmpty ? text : "\(text) \(unit)"
    }

    package var dataTable: FigureTable {
        FigureTable(
            header: [
                "Noise", "Strength", "Method", unit.isEmpty ? metric : "\(metric) (\(unit))",
                "Standard error",
            ],
            rows: noises.flatMap { noise in
                noise.series.flatMap { series in
                    series.points.map { point -> [FigureTable.Cell] in
                        [
                            .text(noise.name), .number(point.level, decimals: 2),
                            .text(series.method), .optional(point.value, decimals: 3),
                            .optional(point.standardError, decimals: 3),
                        ]
                    }
                }
            })
    }
}
