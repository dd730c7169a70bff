import Charts

extension AggregateMarginals {
    package var altText: String {
        let shown = order.prefix(densities.count)
        let spreads = shown.map { moments.aggregateDeviations[$0] }.filter(\.isFinite)
        var text =
            "Aggregate posterior of \(shown.count) of \(kl.count) latent dimensions over "
            + "\(NumberText.whole(moments.imageCount)) images beside the standard normal density."
        if let low = spreads.min(), let high = spreads.max() {
            text +=
                " Standard deviations run from \(NumberText.fixed(low, decimals: 2)) to "
                + "\(NumberText.fixed(high, decimals: 2))."
        }
        let worst = zip(shown, densities).max { $0.1.distance < $1.1.distance }
        if let worst {
            text +=
                " z\(worst.0) is farthest from the prior: its distribution function is off by up "
                + "to \(NumberText.fixed(worst.1.distance, decimals: 3))."
        }
        if let strongest {
            text +=
                " The strongest correlation of two codes is "
                + "\(NumberText.fixed(strongest.value, decimals: 2)), "
                + "of z\(strongest.first) and z\(strongest.second)."
        }
        return text
    }

    package var dataTable: FigureTable {
        let limit = 200
        return FigureTable(
            header: [
                "Dimension", "KL (nats)", "Mean", "Standard deviation", "Largest |F − Φ|",
                "Strongest correlation", "with",
            ],
            rows: order.prefix(limit).enumerated().map { place, dimension in
                let partner = correlated.filter { $0 != dimension }.max {
                    abs(correlations[dimension * kl.count + $0])
                        < abs(correlations[dimension * kl.count + $1])
                }
                return [
                    .number(Double(dimension), decimals: 0), .optional(kl[dimension], decimals: 3),
                    .optional(moments.means[dimension], decimals: 3),
                    .optional(moments.aggregateDeviations[dimension], decimals: 3),
                    .optional(
                        place < densities.count ? densities[place].distance : nil, decimals: 3),
                    .optional(
                        partner.map { correlations[dimension * kl.count + $0] }, decimals: 3),
                    partner.map { .text("z\($0)") } ?? .missing,
                ]
            },
            note: "Dimensions with at least \(NumberText.trimmed(KLSpectrum.threshold)) nats, by "
                + "falling KL; F is the aggregate posterior's distribution function, Φ the prior's."
        )
    }
}
