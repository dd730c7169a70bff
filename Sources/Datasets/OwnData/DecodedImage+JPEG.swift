import CJPEG

extension DecodedImage {
    /// Decodes a JPEG file, baseline or progressive, grey, in colour or in four inks.
    ///
    /// The image may come out smaller, by 2, 4 or 8, but with at least `side` rows and columns where
    /// the file has them: photographs are many times what a model sees. Throws an ``ImageFault``.
    init(jpeg file: [UInt8], atLeast side: Int) throws {
        let whole = try Self.read(file, shrink: 1, into: nil)
        try Self.checkSize(Int(whole.width), Int(whole.height))
        let shortest = Int(min(whole.width, whole.height))
        let shrink = [8, 4, 2].first { shortest / $0 >= side } ?? 1
        let shape = try Self.read(file, shrink: shrink, into: nil)
        let (width, height) = (Int(shape.width), Int(shape.height))
        let pixels = try Self.pixels(width * height * Int(shape.channels)) { room in
            _ = try Self.read(file, shrink: shrink, into: room)
        }
        self.init(width: width, height: height, channels: Int(shape.channels), pixels: pixels)
        if channels == 4 { mixInks(isInverted: shape.is_inverted != 0) }
    }

    /// How many pixels a JPEG file says that it has. Throws an ``ImageFault`` where it is none.
    static func pixelCount(jpeg file: [UInt8]) throws -> Int {
        let shape = try read(file, shrink: 1, into: nil)
        return Int(shape.width) * Int(shape.height)
    }

    /// Cyan, magenta, yellow and black become red, green and blue, without a colour profile.
    private mutating func mixInks(isInverted: Bool) {
        narrow(to: 3) { inks, channel in
            let light = { (place: Int) in Int(isInverted ? inks[place] : ~inks[place]) }
            return UInt8((light(channel) * light(3) + 127) / 255)
        }
    }

    private static func read(
        _ file: [UInt8], shrink: Int, into room: UnsafeMutableBufferPointer<UInt8>?
    ) throws -> vae_jpeg_shape {
        var (shape, reason) = (vae_jpeg_shape(), vae_jpeg_reason())
        let isRead = vae_jpeg_read(
            file, file.count, UInt32(shrink), &shape, room?.baseAddress, room?.count ?? 0, &reason)
        guard isRead != 0 else {
            guard reason.is_too_large == 0 else {
                throw ImageFault(
                    "decoding it takes more than \(VAE_JPEG_MOST_MEGABYTES) MB",
                    advice: "save it smaller")
            }
            let words = withUnsafeBytes(of: reason.text) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            throw ImageFault("no whole JPEG (\(words))")
        }
        return shape
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
