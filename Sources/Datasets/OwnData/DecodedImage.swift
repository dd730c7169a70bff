/// An image as a file holds it, eight bits a channel.
struct DecodedImage: Equatable {
    let width: Int
    let height: Int
    /// 1 grey, 2 grey and opacity, 3 colours, 4 colours and opacity.
    let channels: Int
    /// Bytes `[height, width, channels]`.
    let pixels: [UInt8]

    /// More pixels than this are not decoded: a file of a few bytes can promise any number.
    static let mostPixels = 100_000_000

    /// The image laid on a background where it is transparent: 1 or 3 channels.
    func flattened(on background: UInt8) -> DecodedImage {
        guard channels == 2 || channels == 4 else { return self }
        let colors = channels - 1
        var result: [UInt8] = []
        result.reserveCapacity(pixels.count / channels * colors)
        for start in stride(from: 0, to: pixels.count, by: channels) {
            let opacity = Int(pixels[start + colors])
            for channel in 0..<colors {
                let mixed =
                    Int(pixels[start + channel]) * opacity + Int(background) * (255 - opacity)
                result.append(UInt8((mixed + 127) / 255))
            }
        }
        return DecodedImage(width: width, height: height, channels: colors, pixels: result)
    }
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
