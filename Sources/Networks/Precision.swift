/// The numbers that a plan's products work on; parameters, sums and statistics are float32 always.
public enum Precision: String, Sendable, Hashable, CaseIterable {
    /// 24 bits of mantissa.
    case float32
    /// 8 bits of mantissa with float32's range; needs a CPU with AVX-512 BF16.
    case bfloat16
}
