/// How a camera was held (Exif tag 0x0112): what has to be done to the stored pixels to see the image
/// upright.
enum ImageOrientation: Int {
    case upright = 1
    case mirrored, halfTurn, upsideDown, transposed, quarterRight, transverse, quarterLeft

    /// Of a JPEG or PNG file; upright when it does not say, or says it in no way that can be read.
    init(file: [UInt8]) {
        let block =
            file.first == 0xFF ? Self.exif(inJPEG: file) : Self.exif(inPNG: file)
        self = block.flatMap { Self(exif: $0) } ?? .upright
    }

    /// Of a block of Exif: a TIFF header and its first directory.
    private init?(exif block: ArraySlice<UInt8>) {
        let bytes = Array(block)
        let isLittle = bytes.starts(with: [0x49, 0x49])
        guard isLittle || bytes.starts(with: [0x4D, 0x4D]) else { return nil }
        func number(_ place: Int, _ size: Int) -> Int? {
            guard place >= 0, place + size <= bytes.count else { return nil }
            let part = bytes[place..<place + size]
            return (isLittle ? Array(part.reversed()) : Array(part)).reduce(0) { $0 << 8 | Int($1) }
        }
        guard number(2, 2) == 42, let directory = number(4, 4), let count = number(directory, 2)
        else { return nil }
        for entry in 0..<count {
            let place = directory + 2 + 12 * entry
            guard let tag = number(place, 2) else { return nil }
            guard tag == 0x0112 else { continue }
            guard let value = number(place + 8, 2) else { return nil }
            self.init(rawValue: value)
            return
        }
        return nil
    }

    private static func exif(inJPEG file: [UInt8]) -> ArraySlice<UInt8>? {
        let name = Array("Exif\0\0".utf8)
        var place = 2
        while place + 4 <= file.count, file[place] == 0xFF {
            let marker = file[place + 1]
            if marker == 0xFF {
                place += 1
                continue
            }
            let length = Int(file[place + 2]) << 8 | Int(file[place + 3])
            let end = place + 2 + length
            // The picture's own data begin with the marker 0xDA.
            guard marker != 0xDA, length >= 2, end <= file.count else { return nil }
            let content = file[place + 4..<end]
            if marker == 0xE1, content.starts(with: name) { return content.dropFirst(name.count) }
            place = end
        }
        return nil
    }

    private static func exif(inPNG file: [UInt8]) -> ArraySlice<UInt8>? {
        var place = 8
        while place + 12 <= file.count {
            let length = file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
            guard length <= file.count - place - 12 else { return nil }
            if file[place + 4..<place + 8].elementsEqual("eXIf".utf8) {
                return file[place + 8..<place + 8 + length]
            }
            place += 12 + length
        }
        return nil
    }

    /// Where the pixel at a row and column of the upright square is stored.
    private func source(
        row: Int, column: Int, side: Int
    ) -> (row: Int, column: Int) {
        let last = side - 1
        return switch self {
        case .upright: (row, column)
        case .mirrored: (row, last - column)
        case .halfTurn: (last - row, last - column)
        case .upsideDown: (last - row, column)
        case .transposed: (column, row)
        case .quarterRight: (last - column, row)
        case .transverse: (last - column, last - row)
        case .quarterLeft: (column, last - row)
        }
    }

    /// A stored square `[channels, side, side]` upright.
    func upright(_ pixels: [UInt8], side: Int) -> [UInt8] {
        guard self != .upright else { return pixels }
        let area = side * side
        return pixels.indices.map { index in
            let (channel, place) = index.quotientAndRemainder(dividingBy: area)
            let (row, column) = source(row: place / side, column: place % side, side: side)
            return pixels[channel * area + row * side + column]
        }
    }
}
