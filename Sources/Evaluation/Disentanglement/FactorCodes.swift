import Datasets

/// Codes of some images with the values of the factors that the images were drawn from.
package struct FactorCodes: Sendable {
    /// The factors, in the order of the values.
    package let factors: [KnownFactor]
    /// Numbers in a code.
    package let latentSize: Int
    /// Images.
    package let count: Int
    /// The codes by dimension, `[latentSize][count]`.
    package let columns: [[Double]]
    /// The values by factor, `[factors][count]`.
    package let values: [[Int]]

    /// Codes `[count, latentSize]` and values `[count, factors]`.
    package init(means: [Float], latentSize: Int, values: [UInt8], factors: [KnownFactor]) {
        precondition(
            latentSize > 0 && means.count % latentSize == 0
                && values.count == means.count / latentSize * factors.count,
            "\(means.count) numbers of codes of \(latentSize) and \(values.count) values of "
                + "\(factors.count) factors")
        let count = means.count / latentSize
        self.factors = factors
        self.latentSize = latentSize
        self.count = count
        columns = (0..<latentSize).map { dimension in
            (0..<count).map { Double(means[$0 * latentSize + dimension]) }
        }
        self.values = factors.indices.map { factor in
            (0..<count).map { Int(values[$0 * factors.count + factor]) }
        }
    }

    private init(_ codes: FactorCodes, first: Int) {
        factors = codes.factors
        latentSize = codes.latentSize
        count = min(first, codes.count)
        columns = codes.columns.map { Array($0.prefix(first)) }
        values = codes.values.map { Array($0.prefix(first)) }
    }

    /// The first images.
    package func prefix(_ count: Int) -> FactorCodes { FactorCodes(self, first: count) }

    /// The first factor that has the same value in all images; nil when all vary.
    var constantFactor: KnownFactor? {
        zip(factors, values).first { _, values in Set(values).count < 2 }?.0
    }
}
