/// How an array of images is laid out.
struct ArrayShape: Equatable {
    let count, height, width, channels: Int
    /// Whether channels come before rows and columns.
    let channelsFirst: Bool

    /// Images of more pixels are refused: an image is in memory as the numbers of the file.
    private static let mostPixels = 1 << 24

    /// Reads sizes. Throws a ``DatasetError`` that calls the array `name`.
    init(_ sizes: [Int], layout: OwnDataOptions.Layout, name: String) throws {
        let written = "(" + sizes.map(String.init).joined(separator: ", ") + ")"
        let known: Set<Int> = [1, 3, 4]
        let isLast = sizes.count == 4 && layout != .nchw && known.contains(sizes[3])
        let isFirst = sizes.count == 4 && layout != .nhwc && known.contains(sizes[1])
        if isLast, isFirst {
            throw DatasetError.own(
                problem: "\(name): in the shape \(written) the channels may be second or last",
                key: "data.path", advice: "write 'data.layout: nhwc' or 'data.layout: nchw'")
        }
        if sizes.count == 3 {
            self.init(count: sizes[0], height: sizes[1], width: sizes[2], channels: 1, false)
        } else if isFirst {
            self.init(count: sizes[0], height: sizes[2], width: sizes[3], channels: sizes[1], true)
        } else if isLast {
            self.init(count: sizes[0], height: sizes[1], width: sizes[2], channels: sizes[3], false)
        } else {
            throw Self.odd(sizes, written, name)
        }
        guard height > 0, width > 0, count > 0 else {
            throw DatasetError.own(
                problem: "\(name): there are no images in an array of the shape \(written)",
                key: "data.path", advice: "name another array")
        }
        guard width <= Self.mostPixels / height else {
            throw DatasetError.own(
                problem: "\(name): images of \(height) × \(width) pixels, but up to "
                    + "\(Self.mostPixels / 1_000_000) million can be read",
                key: "data.path", advice: "save smaller images")
        }
    }

    private static func odd(_ sizes: [Int], _ written: String, _ name: String) -> DatasetError {
        let side = sizes.count == 2 ? Int(Double(sizes[1]).squareRoot()) : 0
        return .own(
            problem:
                "\(name): an array of the shape \(written) is not images × rows × columns, with "
                + "1, 3 or 4 channels before or after rows and columns",
            key: "data.path",
            advice: side > 1 && side * side == sizes[1]
                ? "reshape it: array.reshape(-1, \(side), \(side))"
                : "reshape it, or name another array")
    }

    private init(count: Int, height: Int, width: Int, channels: Int, _ channelsFirst: Bool) {
        (self.count, self.height, self.width) = (count, height, width)
        (self.channels, self.channelsFirst) = (channels, channelsFirst)
    }

    /// Numbers of one image.
    var imageSize: Int { height * width * channels }

    /// Where the channel of a pixel stands in an image.
    func place(row: Int, column: Int, channel: Int) -> Int {
        channelsFirst
            ? (channel * height + row) * width + column
            : (row * width + column) * channels + channel
    }
}
