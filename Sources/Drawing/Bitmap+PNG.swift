internal import CPNG

extension Bitmap {
    /// The picture as a PNG file, in the smallest of libpng's pixel formats that keeps every pixel.
    ///
    /// The bytes depend on the pixels and on the version of zlib only.
    package func png() throws -> [UInt8] {
        let packed = PackedPixels(self)
        var image = png_image()
        image.version = UInt32(PNG_IMAGE_VERSION)
        image.width = UInt32(width)
        image.height = UInt32(height)
        image.format = packed.format
        image.colormap_entries = UInt32(packed.palette.count / 4)
        var size = packed.bytes.count + packed.palette.count + height + 65_536
        var output = [UInt8](repeating: 0, count: size)
        let written = png_image_write_to_memory(
            &image, &output, &size, 0, packed.bytes, 0,
            packed.palette.isEmpty ? nil : packed.palette)
        guard written != 0 else {
            let reason = withUnsafeBytes(of: image.message) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            throw DrawingError.png("\(reason) (\(width) × \(height) pixels)")
        }
        return Array(output[0..<size])
    }
}

/// Pixels rewritten as grey, palette or colour, whichever is enough.
private struct PackedPixels {
    let format: UInt32
    let bytes: [UInt8]
    /// Entries `[count, 4]`; empty unless the format is a palette.
    let palette: [UInt8]

    init(_ bitmap: Bitmap) {
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
        let isPalette = places.count <= 256 && !isGrey
        self.palette = isPalette ? palette : []
        let channels = (isGrey ? [0] : [0, 1, 2]) + (isOpaque ? [] : [3])
        if isPalette {
            format = UInt32(PNG_FORMAT_FLAG_COLORMAP | PNG_FORMAT_FLAG_COLOR) | 1
            bytes = stride(from: 0, to: pixels.count, by: 4).map {
                places[Self.key(pixels, $0)] ?? 0
            }
        } else {
            format = (isGrey ? 0 : UInt32(PNG_FORMAT_FLAG_COLOR)) | (isOpaque ? 0 : 1)
            var bytes: [UInt8] = []
            bytes.reserveCapacity(pixels.count / 4 * channels.count)
            for start in stride(from: 0, to: pixels.count, by: 4) {
                for channel in channels { bytes.append(pixels[start + channel]) }
            }
            self.bytes = bytes
        }
    }

    private static func key(_ pixels: [UInt8], _ start: Int) -> UInt32 {
        UInt32(pixels[start]) << 24 | UInt32(pixels[start + 1]) << 16
            | UInt32(pixels[start + 2]) << 8 | UInt32(pixels[start + 3])
    }
}
