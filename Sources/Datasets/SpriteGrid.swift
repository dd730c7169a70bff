/// Every combination of factors that sprites are drawn for, after dSprites (Matthey et al. 2017).
public struct SpriteGrid: Sendable, Hashable {
    /// What is drawn: so many of square, ellipse and heart.
    public enum Shape: Int, Sendable, CaseIterable {
        case square
        case ellipse
        case heart
    }

    /// Pixels along one side of an image.
    public var side = 64
    /// The first so many shapes, 1 … 3.
    public var shapes = 3
    /// Sizes in equal steps from half to full.
    public var scales = 4
    /// Angles in equal steps, the first 0.
    public var orientations = 10
    /// Degrees over which the angles are spread, the end left out.
    ///
    /// Up to 90 every image of the grid is another one; at 360, as in dSprites, a square shows each
    /// of its images four times and an ellipse twice.
    public var turn = 90.0
    /// Places of the centre from left to right.
    public var columns = 16
    /// Places of the centre from top to bottom.
    public var rows = 16

    /// The usual grid: 30,720 images.
    public init() {}

    /// Fewest images of a grid that can be split.
    public static let fewest = 20
    /// Most images of a grid.
    public static let most = 1_000_000

    /// Images, one for each combination.
    public var count: Int { shapes * scales * orientations * columns * rows }

    /// A fifth of the grid is for tests, at most 10,000 images; the rest for training.
    public var counts: SplitCounts {
        let test = min(count / 5, 10_000)
        return SplitCounts(train: count - test, test: test)
    }

    /// What each label stands for.
    public var classNames: [String] { Shape.allCases.prefix(shapes).map { "\($0)" } }

    /// Names and numbers of values of all factors, the fastest last; also those of one value.
    private var axes: [KnownFactor] {
        [
            KnownFactor(
                name: "shape", valueCount: shapes, isOrdered: false,
                meaning: classNames.joined(separator: ", ")),
            KnownFactor(
                name: "scale", valueCount: scales, isOrdered: true,
                meaning: "\(scales) sizes from half to full"),
            KnownFactor(
                name: "orientation", valueCount: orientations, isOrdered: true,
                meaning: "\(orientations) angles over "
                    + (turn == turn.rounded() ? "\(Int(turn))°" : "\(turn)°")),
            KnownFactor(
                name: "x", valueCount: columns, isOrdered: true,
                meaning: "\(columns) places from left to right"),
            KnownFactor(
                name: "y", valueCount: rows, isOrdered: true,
                meaning: "\(rows) places from top to bottom"),
        ]
    }

    /// The factors that vary: those of more than one value.
    public var factors: [KnownFactor] { axes.filter { $0.valueCount > 1 } }

    /// Values of all five factors of a place of the grid, 0 ..< `count`.
    func values(at place: Int) -> [Int] {
        var (rest, values) = (place, [Int]())
        for axis in axes.reversed() {
            values.append(rest % axis.valueCount)
            rest /= axis.valueCount
        }
        return values.reversed()
    }

    /// Values of the factors that vary, in the order of ``factors``.
    func varyingValues(at place: Int) -> [UInt8] {
        zip(axes, values(at: place)).filter { $0.0.valueCount > 1 }.map { UInt8($0.1) }
    }

    /// The grid in words, for what the images' digest stands for.
    var description: String {
        "\(side) pixels, turn \(turn): " + axes.map { "\($0.valueCount)" }.joined(separator: " × ")
    }
}
