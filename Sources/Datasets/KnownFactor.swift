/// A factor of variation that the images of a data set were drawn from.
///
/// Its values are numbers from 0 to `valueCount` − 1, one an image (``ImageSet/factorValues``).
public struct KnownFactor: Sendable, Hashable {
    /// The name a reader sees: "orientation".
    public let name: String
    /// How many values it takes.
    public let valueCount: Int
    /// Whether neighbouring numbers are neighbouring values; false for kinds, such as shapes.
    public let isOrdered: Bool
    /// What the numbers are: "10 angles over 90°", "10 bins of equal probability".
    public let meaning: String

    /// A factor.
    public init(name: String, valueCount: Int, isOrdered: Bool, meaning: String) {
        self.name = name
        self.valueCount = valueCount
        self.isOrdered = isOrdered
        self.meaning = meaning
    }
}
