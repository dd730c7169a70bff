import Tensors

/// One way to spoil an image in 0 … 1; what comes out lies in 0 … 1 again.
public enum Corruption: Sendable, Hashable {
    /// Normal noise of standard deviation `sigma` added to every number, then clipped.
    case gaussian(sigma: Float)
    /// Every number becomes 0 or 1 with probability `fraction` / 2 each.
    case saltAndPepper(fraction: Float)
    /// Every number becomes 0 with probability `fraction`.
    case masking(fraction: Float)
}

extension Corruption {
    /// Images spoiled by the numbers of one random stream: the same for the same seed, purpose and step.
    public func applied(
        to images: [Float], source: RandomSource, purpose: RandomPurpose = .imageNoise,
        step: UInt64 = 0
    ) -> [Float] {
        let random =
            usesNormal
            ? source.normal(images.count, for: purpose, step: step)
            : source.uniform(images.count, for: purpose, step: step)
        var spoiled = images
        spoiled.withUnsafeMutableBufferPointer { values in
            guard let base = values.baseAddress else { return }
            apply(to: base, random: random, count: values.count)
        }
        return spoiled
    }

    /// Whether its random numbers are normal; else they are uniform in (0, 1).
    var usesNormal: Bool {
        if case .gaussian = self { true } else { false }
    }

    /// Spoils `count` numbers in place.
    func apply(
        to values: UnsafeMutablePointer<Float>, random: UnsafePointer<Float>, count: Int
    ) {
        switch self {
        case .gaussian(let sigma):
            for index in 0..<count {
                values[index] = min(max(values[index] + sigma * random[index], 0), 1)
            }
        case .saltAndPepper(let fraction):
            for index in 0..<count where random[index] < fraction {
                values[index] = random[index] < fraction / 2 ? 0 : 1
            }
        case .masking(let fraction):
            for index in 0..<count where random[index] < fraction { values[index] = 0 }
        }
    }
}

/// How training images are spoiled: each image draws its own corruption.
public enum CorruptionChoice: Sendable, Hashable {
    /// One of these, all equally likely; there is at least one.
    case oneOf([Corruption])
    /// Gaussian noise, σ uniform in a range.
    case gaussian(sigma: ClosedRange<Float>)

    /// Gaussian noise of σ = .1, .2, .3 or .5.
    public static let usual = CorruptionChoice.oneOf(
        [0.1, 0.2, 0.3, 0.5].map { .gaussian(sigma: $0) })

    /// The corruption that a uniform number in (0, 1) picks.
    func corruption(at uniform: Float) -> Corruption {
        switch self {
        case .oneOf(let all):
            return all[min(Int(uniform * Float(all.count)), all.count - 1)]
        case .gaussian(let sigma):
            let width = sigma.upperBound - sigma.lowerBound
            return .gaussian(sigma: sigma.lowerBound + uniform * width)
        }
    }
}
