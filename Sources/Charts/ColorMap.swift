import Drawing

/// Numbers in 0 … 1 as colours.
package enum ColorMap: String, Sendable, CaseIterable {
    /// Black through violet and orange to pale yellow, evenly growing in lightness.
    case heat
    /// Blue through near white to red, for numbers about a middle.
    case diverging
    /// Near white to dark blue, for shares of a whole.
    case share

    /// Evenly spaced colours from 0 to 1; between them the colour is mixed.
    private var stops: [Color] {
        switch self {
        case .heat:
            [
                0x000004, 0x1D1147, 0x51127C, 0x832681, 0xB73779, 0xE75263, 0xFC8961, 0xFEC488,
                0xFCFDBF,
            ]
            .map { Color(hex: $0) }
        case .diverging:
            [0x1F4E8C, 0x4F8FC4, 0xA9CCE3, 0xF6F5F2, 0xF2B8A0, 0xD6604D, 0x98182B]
                .map { Color(hex: $0) }
        case .share:
            [0xF6F5F2, 0xD5E4EF, 0xA9CCE3, 0x79AFD6, 0x4F8FC4, 0x356EA9, 0x1F4E8C]
                .map { Color(hex: $0) }
        }
    }

    /// The colour of a number; outside 0 … 1 that of the nearer end, grey for what is no number.
    package func color(_ value: Double) -> Color {
        guard !value.isNaN else { return Color(hex: 0x888888) }
        let stops = stops
        let place = min(max(value, 0), 1) * Double(stops.count - 1)
        let index = min(Int(place), stops.count - 2)
        return stops[index].mixed(with: stops[index + 1], place - Double(index))
    }

    /// A block of one pixel per number, `values` laid out `[height, width]`.
    package func bitmap(width: Int, height: Int, values: [Double]) -> Bitmap {
        let table = (0...255).map { color(Double($0) / 255).hexNumber }
        var pixels: [UInt8] = []
        pixels.reserveCapacity(values.count * 4)
        for value in values {
            let number =
                value.isNaN ? 0x888888 : table[Int((min(max(value, 0), 1) * 255).rounded())]
            pixels += [UInt8(number >> 16), UInt8((number >> 8) & 255), UInt8(number & 255), 255]
        }
        return Bitmap(width: width, height: height, pixels: pixels)
    }
}
