import Files

/// An image as a file holds it, eight bits a channel.
struct DecodedImage: Equatable {
    let width: Int
    let height: Int
    /// 1 grey, 2 grey and opacity, 3 colours, 4 colours and opacity.
    private(set) var channels: Int
    /// Bytes `[height, width, channels]`.
    private(set) var pixels: [UInt8]

    /// More pixels than this are not decoded: a file of a few bytes can promise any number.
    static let mostPixels = 100_000_000

    init(width: Int, height: Int, channels: Int, pixels: [UInt8]) {
        (self.width, self.height, self.channels, self.pixels) = (width, height, channels, pixels)
    }

    /// Lays the image on a background where it is transparent: 1 or 3 channels remain.
    mutating func flatten(on background: UInt8) {
        guard channels == 2 || channels == 4 else { return }
        let last = channels - 1
        narrow(to: last) { pixel, channel in
            let opacity = Int(pixel[last])
            let mixed = Int(pixel[channel]) * opacity + Int(background) * (255 - opacity)
            return UInt8((mixed + 127) / 255)
        }
    }

    /// Leaves so many of at most four channels, each computed from all that the pixel had; in place, since
    /// an image can take hundreds of megabytes.
    mutating func narrow(to count: Int, _ value: (SIMD4<UInt8>, _ channel: Int) -> UInt8) {
        let (pixelCount, old) = (pixels.count / channels, channels)
        for place in 0..<pixelCount {
            var pixel = SIMD4<UInt8>()
            for channel in 0..<old { pixel[channel] = pixels[place * old + channel] }
            for channel in 0..<count { pixels[place * count + channel] = value(pixel, channel) }
        }
        pixels.removeLast(pixels.count - pixelCount * count)
        channels = count
    }
}

extension DecodedImage {
    /// Refuses images without pixels and those that would fill the memory.
    static func checkSize(_ width: Int, _ height: Int) throws {
        guard width > 0, height > 0, width <= mostPixels / height else {
            throw ImageFault(
                "\(width) × \(height) pixels; up to \(mostPixels / 1_000_000) million can be read",
                advice: "save it smaller")
        }
    }

    /// So many bytes, all of which `decode` writes, or throws. Memory is taken as they are written: what a file
    /// promises and does not hold takes none.
    static func pixels(
        _ count: Int, _ decode: (UnsafeMutableBufferPointer<UInt8>) throws -> Void
    ) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { room, filled in
            try decode(room)
            filled = count
        }
    }

    /// What `work` makes of an image of so many pixels. Large ones have to wait for one another: decoded all at
    /// once, one on each core, they would fill the memory.
    static func inTurn<Result>(_ pixelCount: Int, _ work: () throws -> Result) throws -> Result {
        guard pixelCount > 16_000_000 else { return try work() }
        return try turn.withLock { _ in try work() }
    }

    private static let turn = Guarded(())
}

/// Why a file is no image that can be used, and what to do about it.
struct ImageFault: Error, Equatable {
    let problem: String
    let advice: String

    init(_ problem: String, advice: String = "save or copy it again, or delete it") {
        self.problem = problem
        self.advice = advice
    }
}
