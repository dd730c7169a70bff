import Foundation
import Literate

/// The curves of a training, out of the record that its cell published.
struct LossSeries {
    /// The training objective of each epoch.
    let train: [Double]
    /// The same on the images held back; empty when there are none.
    let validation: [Double]

    private struct Record: Decodable {
        struct History: Decodable { let epochs: [Epoch] }
        struct Epoch: Decodable {
            let objective: Double
            let validationObjective: Double?
        }
        let history: History
    }

    /// Nil when the record holds no history.
    init?(record: String?) {
        guard let record,
            let read = try? JSONDecoder().decode(Record.self, from: Data(record.utf8)),
            !read.history.epochs.isEmpty
        else { return nil }
        train = read.history.epochs.map(\.objective)
        validation = read.history.epochs.compactMap(\.validationObjective)
    }

    /// "`█▃▁` 408.39 → 237.88", a line for each curve.
    var lines: [(name: String, text: String)] {
        [("training", train), ("validation", validation)].compactMap {
            (name: String, series: [Double]) -> (name: String, text: String)? in
            guard let first = series.first, let last = series.last else { return nil }
            let format = ValueFormat(.fixed(2))
            return (
                name, "`\(Sparkline.text(series))` \(format.write(first)) → \(format.write(last))"
            )
        }
    }
}
