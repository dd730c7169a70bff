import Datasets
import Tensors

/// What is done to clean images before they are denoised; the same numbers for every method.
public struct ImageNoise: Sendable, Hashable, Codable {
    /// Kinds of noise.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Nothing is done: the clean image is reconstructed.
        case clean
        /// Independent normal noise is added to every number.
        case gaussian
        /// Pixels become black or white, all channels alike, each with half the share.
        case saltAndPepper = "salt_and_pepper"
        /// Pixels become black, all channels alike (Vincent et al. 2008).
        case masking
    }

    /// The seed of the noise, whatever the run's seed.
    public static let seed: UInt64 = 0

    /// The kind.
    public let kind: Kind
    /// σ of Gaussian noise, the share of the pixels for the others, 0 for clean images.
    public let strength: Double

    /// A kind of noise of some strength, which is ≥ 0, and ≤ 1 where it is a share.
    public init(_ kind: Kind, strength: Double = 0) {
        precondition(strength >= 0 && (kind == .gaussian || strength <= 1), "\(kind) \(strength)")
        self.kind = kind
        self.strength = strength
    }

    /// The strengths of the denoising protocol: clean images, Gaussian noise at five σ, three shares of
    /// the others.
    public static let standard: [ImageNoise] =
        [ImageNoise(.clean)] + [0.1, 0.3, 0.5, 0.7, 1].map { ImageNoise(.gaussian, strength: $0) }
        + [0.1, 0.3, 0.5].map { ImageNoise(.saltAndPepper, strength: $0) }
        + [0.25, 0.5, 0.75].map { ImageNoise(.masking, strength: $0) }

    /// Part of a score's name, with the strength in hundredths: `gaussian_30`; `clean`.
    public var name: String {
        kind == .clean ? kind.rawValue : "\(kind.rawValue)_\(Int((strength * 100).rounded()))"
    }

    /// The strength alone for a reader: "σ = 0.3", "30 % of the pixels".
    public var strengthTitle: String {
        switch kind {
        case .clean: "no noise"
        case .gaussian: "σ = \(Self.trimmed(strength))"
        case .saltAndPepper, .masking: "\(Self.trimmed(strength * 100)) % of the pixels"
        }
    }

    /// Kind and strength for a reader: "Gaussian noise, σ = 0.3".
    public var title: String {
        kind == .clean ? "clean images" : "\(kind.title), \(strengthTitle)"
    }

    /// Noisy copies of images `[any, channels, height, width]`, clipped to 0 … 1. `block` numbers the
    /// call, so that images handed over in blocks get numbers of their own; the Gaussian ε are the same
    /// for every σ.
    public func applied(to images: [Float], shape: ImageShape, block: Int) -> [Float] {
        switch kind {
        case .clean:
            return images
        case .gaussian:
            let noise = source.normal(images.count, for: .imageNoise, step: step(block))
            return zip(images, noise).map { min(max($0 + Float(strength) * $1, 0), 1) }
        case .saltAndPepper:
            let half = Float(strength / 2)
            return replacingPixels(of: images, shape, block) { chance in
                chance < half ? 0 : chance > 1 - half ? 1 : nil
            }
        case .masking:
            return replacingPixels(of: images, shape, block) { $0 < Float(strength) ? 0 : nil }
        }
    }

    private func replacingPixels(
        of images: [Float], _ shape: ImageShape, _ block: Int, value: (Float) -> Float?
    ) -> [Float] {
        let plane = shape.height * shape.width
        let count = images.count / shape.channels
        let chances = source.uniform(count, for: .imageNoise, step: step(block))
        var result = images
        for (pixel, chance) in chances.enumerated() {
            guard let value = value(chance) else { continue }
            let first = pixel / plane * shape.pixelCount + pixel % plane
            for channel in 0..<shape.channels { result[first + channel * plane] = value }
        }
        return result
    }

    private var source: RandomSource { RandomSource(seed: Self.seed) }

    private func step(_ block: Int) -> UInt64 {
        let index = Kind.allCases.firstIndex(of: kind) ?? 0
        return UInt64(index) << 32 | UInt64(block)
    }

    private static func trimmed(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        if hundredths % 100 == 0 { return "\(hundredths / 100)" }
        let digits = String(hundredths % 100 + 100).dropFirst()
        return "\(hundredths / 100)." + (digits.hasSuffix("0") ? digits.dropLast() : digits)
    }
}

extension ImageNoise.Kind {
    /// What a reader calls the kind.
    public var title: String {
        switch self {
        case .clean: "No noise"
        case .gaussian: "Gaussian noise"
        case .saltAndPepper: "Salt and pepper"
        case .masking: "Masking"
        }
    }

    /// How the protocol describes the kind.
    var sentence: String {
        switch self {
        case .clean: "nothing added"
        case .gaussian:
            "independent normal noise added to every number with the fixed seed \(ImageNoise.seed), then "
                + "clipped to 0 … 1"
        case .saltAndPepper:
            "pixels set to black or white with equal chance, fixed seed \(ImageNoise.seed)"
        case .masking: "pixels set to black, fixed seed \(ImageNoise.seed)"
        }
    }
}
