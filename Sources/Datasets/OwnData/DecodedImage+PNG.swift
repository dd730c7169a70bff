import CPNG

extension DecodedImage {
    /// Decodes a PNG file: palettes and 1 to 16 bits a channel become 8 bits, interlaced or not.
    ///
    /// Throws an ``ImageFault`` with libpng's words.
    init(png file: [UInt8]) throws {
        let shape = try Self.read(file, into: nil)
        let (width, height) = (Int(shape.width), Int(shape.height))
        try Self.checkSize(width, height)
        let pixels = try Self.pixels(width * height * Int(shape.channels)) { room in
            _ = try Self.read(file, into: room)
        }
        self.init(width: width, height: height, channels: Int(shape.channels), pixels: pixels)
    }

    /// How many pixels a PNG file says that it has. Throws an ``ImageFault`` where it is none.
    static func pixelCount(png file: [UInt8]) throws -> Int {
        let shape = try read(file, into: nil)
        return Int(shape.width) * Int(shape.height)
    }

    private static func read(
        _ file: [UInt8], into room: UnsafeMutableBufferPointer<UInt8>?
    ) throws -> vae_png_shape {
        var (shape, source) = (vae_png_shape(), vae_png_source())
        let isRead = file.withUnsafeBufferPointer { bytes in
            (source.bytes, source.count) = (bytes.baseAddress, bytes.count)
            return vae_png_read(&source, &shape, room?.baseAddress, room?.count ?? 0)
        }
        guard isRead != 0 else {
            let reason = withUnsafeBytes(of: source.message) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            throw ImageFault("no whole PNG (\(reason.isEmpty ? "no memory" : reason))")
        }
        return shape
    }
}
