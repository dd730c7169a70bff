import Datasets
import Words

/// What the machine of benchmarks/README.md did, beside what this one does.
package struct BenchReference {
    /// The machine that the figures are from.
    package static let machine = "two cores of an AMD EPYC (Zen 4, AVX-512 BF16)"

    /// What was measured there.
    package struct Row {
        let model: String
        let base: Int?
        let shape: ImageShape
        /// Images a second by precision.
        package let float32, bfloat16: Double
    }

    private static let grey = ImageShape(channels: 1, height: 28, width: 28)
    private static let colour = ImageShape(channels: 3, height: 32, width: 32)

    /// Images a second at batch 128 and a code of 32 numbers.
    package static let rows = [
        Row(model: "conv", base: 32, shape: grey, float32: 4669, bfloat16: 8060),
        Row(model: "conv", base: 64, shape: grey, float32: 1220, bfloat16: 2263),
        Row(model: "conv", base: 64, shape: colour, float32: 809, bfloat16: 1594),
        Row(model: "mlp", base: nil, shape: grey, float32: 27_754, bfloat16: 41_464),
        Row(model: "resnet", base: 32, shape: grey, float32: 1656, bfloat16: 3114),
    ]

    /// Billions of operations a second that its arithmetic units did at most.
    package static let peak = (float32: 226.0, bfloat16: 464.0)

    /// The rate of the reference for a step; nil where none was measured.
    static func rate(
        model: String, base: Int, latent: Int, batch: Int, shape: ImageShape, isBFloat16: Bool
    ) -> Double? {
        guard latent == 32, batch == 128 else { return nil }
        let row = rows.first {
            $0.model == model && $0.shape == shape && ($0.base ?? base) == base
        }
        return row.map { isBFloat16 ? $0.bfloat16 : $0.float32 }
    }

    /// How this machine compares, in a sentence.
    static func sentence(
        rate: Double, reference: Double?, peak: Double?, isBFloat16: Bool
    ) -> String {
        let there = isBFloat16 ? Self.peak.bfloat16 : Self.peak.float32
        let units = peak.map { peak in
            "\(reference == nil ? "this machine's" : "its") arithmetic peaks at "
                + "\(Quantity.text(Int(peak.rounded()))) GFLOP/s in \(isBFloat16 ? "bfloat16" : "float32"), \(Int(there)) there"
        }
        guard let reference else {
            return units.map { "\($0): \(machine)" } ?? ""
        }
        let steps =
            "this machine trains at \(ratio(rate, reference)) times the rate of \(machine), "
            + "which did \(Quantity.text(Int(reference))) images/s"
        return [steps, units].compactMap(\.self).joined(separator: "; ")
    }

    private static func ratio(_ one: Double, _ other: Double) -> String {
        Quantity.text(one / other, decimals: 2)
    }
}
