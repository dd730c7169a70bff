import Tensors

/// What one drawn digit was drawn from: the factors that disentanglement scores compare codes with.
package struct DrawnDigitFactors: Sendable, Hashable {
    /// The digit, 0 … 9.
    package let digit: Int
    /// Which way of writing the digit, 0 ..< the number of its forms.
    package let form: Int
    /// How far the top leans to the right, as a shear; 0 upright.
    package let slant: Double
    /// Turn in radians, clockwise.
    package let rotation: Double
    /// Width over the form's natural width.
    package let breadth: Double
    /// Longer side of the ink in pixels, at most 20 as in MNIST.
    package let scale: Double
    /// Width of the pen in pixels.
    package let thickness: Double
    /// Shift of the ink's centre of mass to the right of the image's centre, in pixels.
    package let shiftX: Double
    /// Shift of the ink's centre of mass below the image's centre, in pixels.
    package let shiftY: Double
    /// How far the hand strays from the form, in heights of the digit.
    package let jitter: Double
    /// Directions and phases of the straying; not a factor of variation.
    let waves: [Double]

    /// The factors of an image: a function of the source's seed and the image's index.
    init(digit: Int, index: UInt64, source: RandomSource) {
        let uniform = source.uniform(16, for: .drawing, step: index).map(Double.init)
        let normal = source.normal(4, for: .drawing, step: index | 1 << 40).map {
            Double(min(max($0, -2.2), 2.2))
        }
        self.digit = digit
        form = min(
            Int(uniform[0] * Double(DrawnDigits.forms[digit].count)),
            DrawnDigits.forms[digit].count - 1)
        slant = 0.10 + 0.17 * normal[0]
        rotation = 0.09 * normal[1]
        breadth = 0.98 + 0.13 * normal[2]
        scale = 17 + 3 * uniform[1]
        thickness = min(max(2.35 + 0.5 * normal[3], 1.35), 3.5)
        shiftX = 2 * uniform[2] - 1
        shiftY = 2 * uniform[3] - 1
        jitter = 0.012 + 0.038 * uniform[4]
        waves = Array(uniform[5..<16])
    }
}
