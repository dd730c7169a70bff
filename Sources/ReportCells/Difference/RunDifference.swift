import Evaluation
import Experiments
import Figures
import Literate
import Training
import Words

/// Everything in which two runs differ.
public struct RunDifference: Sendable {
    /// The runs.
    public let first, second: ComparedRun
    /// Scores that either has, in the order of a table.
    public let scores: [ScoreDifference]
    /// Config keys whose values differ, with both values as the config would say them.
    public let settings: [(key: String, first: String, second: String)]

    /// Compares two runs.
    public init(_ first: ComparedRun, _ second: ComparedRun) {
        self.first = first
        self.second = second
        let sameImages = first.seesSameImages(as: second)
        let names = Set(first.scores.keys).union(second.scores.keys)
        scores = Self.ordered(names).map { name in
            ScoreDifference(
                name, first.scores[name], second.scores[name],
                pairs: sameImages == true ? Self.pairs(name, first, second) : nil,
                seesSameImages: sameImages ?? true)
        }
        let (a, b) = (first.record?.config ?? [:], second.record?.config ?? [:])
        let known = first.record != nil && second.record != nil
        settings =
            known
            ? Set(a.keys).union(b.keys).sorted().compactMap { key in
                let values = [a[key], b[key]].map { $0?.canonicalText ?? "not there" }
                return values[0] == values[1] || Self.placeKeys.contains(key)
                    ? nil : (key, values[0], values[1])
            } : []
    }

    /// Keys that say where things are and not what they are.
    private static let placeKeys = Set(KeyTable.keys.filter { $0.reach == .nothing }.map(\.name))

    /// The order of an evaluation's table; what it does not know by name, such as bounds of other K, by
    /// name behind.
    private static func ordered(_ names: Set<String>) -> [String] {
        let samples = names.compactMap { name in
            name.firstRange(of: "iwae_").flatMap { Int(name[$0.upperBound...]) }
        }
        var options = EvaluationOptions(samples: samples)
        options.includesDisentanglement = true
        let known = ScoreNames.evaluation(options).map { "test.\($0)" }.filter(names.contains)
        return known + names.subtracting(known).sorted()
    }

    /// Both runs' numbers image by image; nil for scores that are no means over images.
    private static func pairs(
        _ name: String, _ first: ComparedRun, _ second: ComparedRun
    ) -> (first: [Double], second: [Double])? {
        guard let a = first.perImage.flatMap({ $0.values(of: name, in: first.scores) }),
            let b = second.perImage.flatMap({ $0.values(of: name, in: second.scores) })
        else { return nil }
        return (a, b)
    }

    /// How many scores of each judgement there are, of those with a number on both sides: "3 better, 1
    /// worse, 5 within noise".
    public var summary: String {
        var counts: [(words: String, count: Int)] = []
        for score in scores where score.change != nil {
            if let place = counts.firstIndex(where: { $0.words == score.words }) {
                counts[place].count += 1
            } else {
                counts.append((score.words, 1))
            }
        }
        let order = ["better", "worse", "differs", "within noise", "the same"]
        func rank(_ words: String) -> Int { order.firstIndex(of: words) ?? order.count }
        return counts.enumerated().sorted {
            (rank($0.element.words), $0.offset) < (rank($1.element.words), $1.offset)
        }.map { "\($0.element.count) \($0.element.words)" }.joined(separator: ", ")
    }
}

extension PerImageScores {
    /// The numbers behind a mean over images; nil where the score is none of these.
    func values(of name: String, in scores: [String: PublishedValue]) -> [Double]? {
        let most = scores.keys.compactMap { key in
            key.firstRange(of: "iwae_").flatMap { Int(key[$0.upperBound...]) }
        }.max()
        let found: CompactFloats? =
            switch name {
            case "test.elbo": elbo
            case "test.reconstruction": reconstruction
            case "test.kl": divergence
            case "test.psnr": peakSignalToNoise
            case "test.ssim": similarity
            case "test.lpips": perceptual
            case "test.iwae_\(most ?? 0)": importanceWeighted
            default: nil
            }
        return found?.values.map(Double.init)
    }
}
