import CKernels

/// Element-wise work on arrays, done by the C kernels on all threads.
public enum Kernels {
    /// How many threads take part.
    public static var threadCount: Int {
        get { Int(vk_thread_count()) }
        set { vk_set_thread_count(Int32(clamping: newValue)) }
    }

    /// Logistic function of each logit times `slope`.
    public static func sigmoid(_ logits: [Float], slope: Float = 1) -> [Float] {
        Array(count: logits.count) { vk_sigmoid(logits, slope, $0, logits.count) }
    }

    /// Bernoulli negative log-likelihood of each row of logits, in nats summed over `size` pixels.
    ///
    /// `logits` are `[count × perTarget, size]`, `targets` `[count, size]`; `perTarget` rows in turn
    /// share a target. Grey targets give the cross-entropy of soft targets.
    public static func bernoulliNats(
        logits: [Float], targets: [Float], size: Int, perTarget: Int = 1
    ) -> [Float] {
        let rows = logits.count / size
        precondition(
            rows * size == logits.count && targets.count * perTarget == logits.count,
            "\(logits.count) logits and \(targets.count) targets of \(size) pixels")
        return Array(count: rows) {
            vk_bernoulli_nats(logits, targets, rows, size, perTarget, 0, 1, $0, nil)
        }
    }

    /// The images at `indices` as numbers in 0 … 1, `[indices.count, size]`, into the front of `out`.
    public static func gather(
        _ pixels: ArraySlice<UInt8>, at indices: ArraySlice<UInt32>, size: Int, into out: Buffer
    ) {
        precondition(indices.count * size <= out.count, "the batch has no room in the buffer")
        precondition(
            indices.allSatisfy { (Int($0) + 1) * size <= pixels.count },
            "an index reaches past \(pixels.count / max(size, 1)) images")
        indices.withUnsafeBufferPointer { chosen in
            pixels.withUnsafeBufferPointer { bytes in
                guard let base = chosen.baseAddress, let first = bytes.baseAddress else { return }
                vk_gather_images(first, base, chosen.count, size, out.pointer)
            }
        }
    }

    /// Each value in 0 … 1 becomes 1 with that probability, else 0.
    public static func binarize(
        _ values: Buffer, count: Int, source: RandomSource, purpose: RandomPurpose, step: UInt64
    ) {
        precondition(count <= values.count, "\(count) values in a buffer of \(values.count)")
        vk_binarize(source.stream(purpose, step), values.pointer, count)
    }

    /// Each value in 0 … 1 becomes 1 with that probability, else 0.
    public static func binarized(
        _ values: [Float], source: RandomSource, purpose: RandomPurpose, step: UInt64
    ) -> [Float] {
        var copy = values
        copy.withUnsafeMutableBufferPointer { out in
            if let base = out.baseAddress {
                vk_binarize(source.stream(purpose, step), base, out.count)
            }
        }
        return copy
    }
}
