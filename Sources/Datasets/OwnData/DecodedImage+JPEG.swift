import CJPEG

extension DecodedImage {
    /// Decodes a JPEG file, baseline or progressive, grey, in colour or in four inks.
    ///
    /// The image may come out smaller, by 2, 4 or 8, but with at least `side` rows and columns where
    /// the file has them: photographs are many times what a model sees. Throws an ``ImageFault``.
    init(jpeg file: [UInt8], atLeast side: Int) throws {
        let whole = try Self.read(file, shrink: 1, into: nil).shape
        try Self.checkSize(Int(whole.width), Int(whole.height))
        let shortest = Int(min(whole.width, whole.height))
        let shrink = [8, 4, 2].first { shortest / $0 >= side } ?? 1
        let shape = try Self.read(file, shrink: shrink, into: nil).shape
        let room = Int(shape.width) * Int(shape.height) * Int(shape.channels)
        let pixels = try Self.read(
            file, shrink: shrink, into: [UInt8](repeating: 0, count: room)
        ).pixels
        self.init(
            width: Int(shape.width), height: Int(shape.height),
            channels: shape.channels == 4 ? 3 : Int(shape.channels),
            pixels: shape.channels == 4
                ? Self.colors(ofInks: pixels, isInverted: shape.is_inverted != 0) : pixels)
    }

    /// Red, green and blue of cyan, magenta, yellow and black, without a colour profile.
    private static func colors(ofInks pixels: [UInt8], isInverted: Bool) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(pixels.count / 4 * 3)
        for start in stride(from: 0, to: pixels.count, by: 4) {
            let light = (0..<4).map { Int(isInverted ? pixels[start + $0] : ~pixels[start + $0]) }
            for channel in 0..<3 {
                result.append(UInt8((light[channel] * light[3] + 127) / 255))
            }
        }
        return result
    }

    private static func read(
        _ file: [UInt8], shrink: Int, into room: [UInt8]?
    ) throws -> (shape: vae_jpeg_shape, pixels: [UInt8]) {
        var (shape, reason) = (vae_jpeg_shape(), vae_jpeg_reason())
        var pixels = room ?? []
        let isRead = pixels.withUnsafeMutableBufferPointer { pixels in
            vae_jpeg_read(
                file, file.count, UInt32(shrink), &shape,
                room == nil ? nil : pixels.baseAddress, pixels.count, &reason)
        }
        guard isRead != 0 else {
            let words = withUnsafeBytes(of: reason.text) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            throw ImageFault("no whole JPEG (\(words))")
        }
        return (shape, pixels)
    }
}

/// The library that decodes photographs.
package enum PhotographLibrary {
    /// Its headers' version and the interface of the one that runs: "libjpeg-turbo 2.1.5, interface 6b
    /// 27-Mar-1998".
    package static var version: String {
        let interface = String(cString: vae_jpeg_interface()).split(separator: " ")
        return
            "\(String(cString: vae_jpeg_library())), interface \(interface.joined(separator: " "))"
    }
}
