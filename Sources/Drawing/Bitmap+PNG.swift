internal import CPNG

extension Bitmap {
    /// The picture as a PNG file that keeps every pixel: the smallest of those that the likely pixel
    /// formats and filters give, unless the picture is so large that trying them takes long.
    ///
    /// The bytes depend on the pixels and on the versions of libpng and zlib only.
    package func png() throws -> [UInt8] {
        let packed = PackedPixels(self)
        var smallest = try packed.png(packed.palette.isEmpty ? .guessed : .plain)
        guard pixels.count <= Self.largestTried else { return smallest }
        var layouts = [packed]
        if !packed.palette.isEmpty { layouts.append(PackedPixels(self, allowsPalette: false)) }
        for layout in layouts {
            for packing in PNGPacking.thorough {
                let file = try layout.png(packing)
                if file.count < smallest.count { smallest = file }
            }
        }
        return smallest
    }

    /// Bytes of pixels up to which every packing is tried: images of data sets and rows of them.
    private static let largestTried = 1 << 18
}

/// What libpng and zlib are asked to do for a file.
private struct PNGPacking {
    let filters: Int32
    let level: Int32
    let strategy: Int32

    private static let allFilters =
        PNG_FILTER_NONE | PNG_FILTER_SUB | PNG_FILTER_UP | PNG_FILTER_AVG | PNG_FILTER_PAETH

    /// The filter that libpng guesses best, row by row; zlib's strategy 1 is Z_FILTERED.
    static let guessed = PNGPacking(filters: allFilters, level: 6, strategy: 1)
    /// No filter, which suits a palette.
    static let plain = PNGPacking(filters: PNG_FILTER_NONE, level: 9, strategy: 0)
    /// One filter for all rows often beats the guess on noisy images.
    static let thorough =
        [PNG_FILTER_NONE, PNG_FILTER_SUB, PNG_FILTER_AVG, PNG_FILTER_PAETH, allFilters].map {
            PNGPacking(filters: $0, level: 9, strategy: 1)
        } + [plain]
}

/// Pixels rewritten as grey, palette or colour, whichever is enough.
private struct PackedPixels {
    let width: Int
    let height: Int
    /// One of libpng's colour types.
    let colorType: Int32
    let bytes: [UInt8]
    /// Entries `[count, 4]`; empty unless the colours are a palette.
    let palette: [UInt8]

    init(_ bitmap: Bitmap, allowsPalette: Bool = true) {
        (width, height) = (bitmap.width, bitmap.height)
        let pixels = bitmap.pixels
        var (isGrey, isOpaque) = (true, true)
        var places: [UInt32: UInt8] = [:]
        var palette: [UInt8] = []
        for start in stride(from: 0, to: pixels.count, by: 4) {
            isGrey =
                isGrey && pixels[start] == pixels[start + 1] && pixels[start] == pixels[start + 2]
            isOpaque = isOpaque && pixels[start + 3] == 255
            guard places.count <= 256 else { continue }
            let key = Self.key(pixels, start)
            if places[key] == nil {
                places[key] = UInt8(truncatingIfNeeded: places.count)
                palette.append(contentsOf: pixels[start..<start + 4])
            }
        }
        let isPalette = allowsPalette && places.count <= 256 && !isGrey
        self.palette = isPalette ? palette : []
        if isPalette {
            colorType = PNG_COLOR_MASK_COLOR | PNG_COLOR_MASK_PALETTE
            bytes = stride(from: 0, to: pixels.count, by: 4).map {
                places[Self.key(pixels, $0)] ?? 0
            }
        } else {
            colorType =
                (isGrey ? 0 : PNG_COLOR_MASK_COLOR) | (isOpaque ? 0 : PNG_COLOR_MASK_ALPHA)
            let channels = (isGrey ? [0] : [0, 1, 2]) + (isOpaque ? [] : [3])
            var bytes: [UInt8] = []
            bytes.reserveCapacity(pixels.count / 4 * channels.count)
            for start in stride(from: 0, to: pixels.count, by: 4) {
                for channel in channels { bytes.append(pixels[start + channel]) }
            }
            self.bytes = bytes
        }
    }

    func png(_ packing: PNGPacking) throws -> [UInt8] {
        var output = [UInt8](
            repeating: 0, count: bytes.count + bytes.count / 8 + height + 65_536)
        var file = vae_png_file()
        let isWritten = bytes.withUnsafeBufferPointer { pixels in
            palette.withUnsafeBufferPointer { palette in
                output.withUnsafeMutableBufferPointer { room in
                    var picture = vae_png_picture()
                    picture.pixels = pixels.baseAddress
                    (picture.width, picture.height) = (UInt32(width), UInt32(height))
                    picture.row_bytes = height == 0 ? 0 : bytes.count / height
                    picture.color_type = colorType
                    picture.palette = palette.baseAddress
                    picture.palette_count = Int32(palette.count / 4)
                    (file.bytes, file.room) = (room.baseAddress, room.count)
                    return vae_png_write(
                        &picture, packing.filters, packing.level, packing.strategy, &file)
                }
            }
        }
        guard isWritten != 0 else {
            let reason = withUnsafeBytes(of: file.message) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            throw DrawingError.png("\(reason) (\(width) × \(height) pixels)")
        }
        return Array(output[0..<file.count])
    }

    private static func key(_ pixels: [UInt8], _ start: Int) -> UInt32 {
        UInt32(pixels[start]) << 24 | UInt32(pixels[start + 1]) << 16
            | UInt32(pixels[start + 2]) << 8 | UInt32(pixels[start + 3])
    }
}
