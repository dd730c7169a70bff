import CKernels

/// What random numbers are drawn for; each purpose has streams of its own.
public enum RandomPurpose: UInt32, Sendable, CaseIterable {
    /// Initial weights; the step is the parameter's index.
    case weights = 1
    /// Order of the training images; the step is the epoch.
    case shuffle = 2
    /// ε of the reparameterised draw; the step is the optimiser step.
    case latentNoise = 3
    /// Dynamic binarisation of training batches; the step is the optimiser step.
    case binarization = 4
    /// ε for validation; the step is the epoch.
    case validation = 5
    /// ε of test scores; the step numbers the draw or chunk.
    case evaluation = 6
    /// Binarisation of the test set: the same in every run.
    case testBinarization = 7
    /// Draws from the prior.
    case prior = 8
    /// Noise added to images.
    case imageNoise = 9
    /// Parameters of drawn data sets.
    case drawing = 10
    /// Which units dropout drops; the step is the optimiser step.
    case dropout = 11
    /// Choices of images for figures and subsets.
    case selection = 12
    /// What spoils an autoencoder's training images; the step is the optimiser step.
    case corruption = 13
    /// Which corruption each training image gets; the step is the optimiser step.
    case corruptionKind = 14
}

/// Counter-based random numbers (Philox4x32-10, Salmon et al. 2011).
///
/// A stream depends only on (seed, purpose, step): any step of a run can be replayed without the
/// steps before it, which is what makes an interrupted training resume byte for byte.
public struct RandomSource: Sendable, Hashable {
    /// The experiment's seed.
    public let seed: UInt64

    /// A source for one seed.
    public init(seed: UInt64) {
        self.seed = seed
    }

    /// Fills `out` with standard normal numbers.
    public func fillNormal(_ out: Buffer, count: Int, for purpose: RandomPurpose, step: UInt64) {
        precondition(count <= out.count, "\(count) numbers, room for \(out.count)")
        vk_random_normal(stream(purpose, step), 0, out.pointer, count)
    }

    /// Fills `out` with uniform numbers in (0, 1).
    public func fillUniform(_ out: Buffer, count: Int, for purpose: RandomPurpose, step: UInt64) {
        precondition(count <= out.count, "\(count) numbers, room for \(out.count)")
        vk_random_uniform(stream(purpose, step), 0, out.pointer, count)
    }

    /// `count` standard normal numbers.
    public func normal(_ count: Int, for purpose: RandomPurpose, step: UInt64 = 0) -> [Float] {
        Array(count: count) { vk_random_normal(stream(purpose, step), 0, $0, count) }
    }

    /// `count` uniform numbers in (0, 1).
    public func uniform(_ count: Int, for purpose: RandomPurpose, step: UInt64 = 0) -> [Float] {
        Array(count: count) { vk_random_uniform(stream(purpose, step), 0, $0, count) }
    }

    /// `count` uniform 32-bit words.
    public func words(_ count: Int, for purpose: RandomPurpose, step: UInt64 = 0) -> [UInt32] {
        Array(count: count) { vk_random_words(stream(purpose, step), 0, $0, count) }
    }

    /// The numbers 0 ..< `count` in random order (Fisher–Yates).
    public func permutation(_ count: Int, for purpose: RandomPurpose, step: UInt64 = 0) -> [UInt32]
    {
        var order = (0..<UInt32(count)).map { $0 }
        guard count > 1 else { return order }
        let words = words(count, for: purpose, step: step)
        for index in stride(from: count - 1, to: 0, by: -1) {
            let other = Int((UInt64(words[index]) * UInt64(index + 1)) >> 32)
            order.swapAt(index, other)
        }
        return order
    }

    package func stream(_ purpose: RandomPurpose, _ step: UInt64) -> vk_stream {
        vk_stream(seed: seed, step: step, purpose: purpose.rawValue)
    }
}
