import CPNG

extension DecodedImage {
    /// Decodes a PNG file: palettes and 1 to 16 bits a channel become 8 bits, interlaced or not.
    ///
    /// Throws an ``ImageFault`` with libpng's words.
    init(png file: [UInt8]) throws {
        let shape = try Self.read(file, into: nil).shape
        let (width, height) = (Int(shape.width), Int(shape.height))
        try Self.checkSize(width, height)
        let room = width * height * Int(shape.channels)
        let read = try Self.read(file, into: [UInt8](repeating: 0, count: room))
        self.init(
            width: width, height: height, channels: Int(shape.channels), pixels: read.pixels)
    }

    private static func read(
        _ file: [UInt8], into room: [UInt8]?
    ) throws -> (shape: vae_png_shape, pixels: [UInt8]) {
        var (shape, source) = (vae_png_shape(), vae_png_source())
        var pixels = room ?? []
        let isRead = file.withUnsafeBufferPointer { bytes in
            pixels.withUnsafeMutableBufferPointer { pixels in
                (source.bytes, source.count) = (bytes.baseAddress, bytes.count)
                return vae_png_read(
                    &source, &shape, room == nil ? nil : pixels.baseAddress, pixels.count)
            }
        }
        guard isRead != 0 else {
            let reason = withUnsafeBytes(of: source.message) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            throw ImageFault("no whole PNG (\(reason.isEmpty ? "no memory" : reason))")
        }
        return (shape, pixels)
    }

    /// Refuses images without pixels and those that would fill the memory.
    static func checkSize(_ width: Int, _ height: Int) throws {
        guard width > 0, height > 0, width <= mostPixels / height else {
            throw ImageFault(
                "\(width) × \(height) pixels; up to \(mostPixels / 1_000_000) million can be read",
                advice: "save it smaller")
        }
    }
}
