/// One key that a kind of figure takes beside `kind` and `run`.
public struct FigureOption: Sendable, Equatable {
    /// What a value may be; whatever depends on the run is checked against the run.
    public enum Values: Sendable, Equatable {
        /// A whole number.
        case integer(ClosedRange<Int>)
        /// A number.
        case number(ClosedRange<Double>)
        /// A list of numbers.
        case numbers(ClosedRange<Double>)
        /// A list of different latent dimensions; `exactly` so many when it is not nil.
        case dimensions(exactly: Int?)
        /// The place of a test image, from 0.
        case image
        /// A list of places of test images.
        case images
        /// Two places of test images, or a list of such pairs.
        case pairs
        /// One of these words.
        case word([String])
        /// Codes: names of classes, whose mean code is meant, or `image 12`; one or a list.
        case codes
        /// A list of labels of train cells.
        case runs
        /// The label of a compare cell.
        case comparison
    }

    /// The key.
    public let name: String
    /// What a value may be.
    public let values: Values
    /// What holds when the key is left out, in words; nil when it must not be left out.
    public let standard: String?
    /// What it does, one sentence.
    public let documentation: String

    init(_ name: String, _ values: Values, standard: String?, _ documentation: String) {
        self.name = name
        self.values = values
        self.standard = standard
        self.documentation = documentation
    }

    /// The values in words: "a whole number from 1 to 64".
    public var valuesText: String {
        switch values {
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
        case .numbers(let range):
            "a list of numbers from \(range.lowerBound) to \(range.upperBound)"
        case .dimensions(let count?): "a list of \(count) different latent dimensions"
        case .dimensions: "a list of latent dimensions, from 0"
        case .image: "the place of a test image, from 0"
        case .images: "a list of places of test images, from 0"
        case .pairs: "`[3, 5]`, two places of test images, or a list of such pairs"
        case .word(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .codes: "names of classes, or `image 12`; one or a list"
        case .runs: "a list of labels of train cells"
        case .comparison: "the label of a compare cell"
        }
    }
}
