import Evaluation
import Foundation
import Literate
import Words

/// One score of two runs, and whether they differ by more than noise.
public struct ScoreDifference: Sendable {
    /// What the difference comes to.
    public enum Judgement: Sendable, Equatable {
        /// The same number.
        case equal
        /// Less than two standard errors of the difference.
        case withinNoise
        /// More than that.
        case differs
        /// No error is known, so there is no telling.
        case noError
        /// One of them has no number, or they are over different images.
        case notComparable(String)
    }

    /// How many standard errors of the difference are noise.
    public static let noise = 2.0

    /// "test.elbo".
    public let name: String
    /// The score of either run; nil where it has none.
    public let first, second: PublishedValue?
    /// Second minus first.
    public private(set) var change: Double?
    /// Standard error of the change.
    public private(set) var error: Double?
    /// Whether the error is that of the differences image by image.
    public private(set) var isPaired = false
    /// What it comes to.
    public private(set) var judgement: Judgement

    /// The difference of two scores. `pairs` are both runs' numbers image by image, where they are known.
    public init(
        _ name: String, _ first: PublishedValue?, _ second: PublishedValue?,
        pairs: (first: [Double], second: [Double])? = nil, seesSameImages: Bool = true
    ) {
        self.name = name
        self.first = first
        self.second = second
        judgement = .noError
        guard let a = first?.number, let b = second?.number else {
            judgement = .notComparable(Self.absence(first, second))
            return
        }
        change = b - a
        guard seesSameImages, first?.count == second?.count else {
            judgement = .notComparable("other images")
            return
        }
        if a == b {
            judgement = .equal
            return
        }
        if let pairs, seesSameImages, pairs.first.count == pairs.second.count {
            let estimate = MeanEstimate(zip(pairs.first, pairs.second).map { $1 - $0 })
            error = estimate?.standardError
            isPaired = error != nil
        }
        error = error ?? Self.independent(first, second)
        if let error { judgement = abs(b - a) <= Self.noise * error ? .withinNoise : .differs }
    }

    /// The error of a difference of two numbers that know nothing of each other.
    private static func independent(_ first: PublishedValue?, _ second: PublishedValue?) -> Double?
    {
        guard let a = first?.meanError, let b = second?.meanError else { return nil }
        return (a * a + b * b).squareRoot()
    }

    private static func absence(_ first: PublishedValue?, _ second: PublishedValue?) -> String {
        if first == nil { return "only the second has it" }
        if second == nil { return "only the first has it" }
        for value in [first, second] {
            if case .notComputed? = value?.content { return "not computed in one of them" }
        }
        return "no numbers"
    }

    /// Whether more of the score is better; nil where neither is.
    public var prefersMore: Bool? {
        let stem = name.split(separator: ".").last.map(String.init) ?? name
        let more = [
            "elbo", "iwae", "psnr", "ssim", "ess_", "probe", "precision", "recall", "mig", "dci_",
            "sap",
            "factor_vae",
        ]
        let less = [
            "reconstruction", "nll", "lpips", "frechet", "kid", "mse_", "bits_per_dimension",
        ]
        if less.contains(where: stem.hasPrefix) { return false }
        return more.contains(where: stem.hasPrefix) ? true : nil
    }

    /// The judgement in words.
    public var words: String {
        switch judgement {
        case .equal: return "the same"
        case .withinNoise: return "within noise"
        case .noError: return "no error known"
        case .notComparable(let reason): return reason
        case .differs:
            guard let prefersMore, let change else { return "differs" }
            return (change > 0) == prefersMore ? "better" : "worse"
        }
    }
}

extension PublishedValue {
    /// The standard error of the number, also of a mean over runs.
    fileprivate var meanError: Double? {
        if let standardError { return standardError }
        guard let deviation, let runCount, runCount > 1 else { return nil }
        return deviation / Double(runCount).squareRoot()
    }
}
