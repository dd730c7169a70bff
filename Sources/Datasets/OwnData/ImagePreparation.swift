import Tensors

/// Brings images of any size to squares of one size.
struct ImagePreparation {
    /// Pixels a side.
    let side: Int
    let resize: OwnDataOptions.Resize
    let background: UInt8

    /// The square of a file's bytes, upright, `[channels, side, side]` with 1 or 3 channels.
    ///
    /// Throws an ``ImageFault`` for what is neither a PNG nor a JPEG file, or a damaged one.
    func square(ofFile file: [UInt8]) throws -> [UInt8] {
        let square: [UInt8]
        switch ImageFormat(file) {
        case .png:
            square = try DecodedImage.inTurn(try DecodedImage.pixelCount(png: file)) {
                self.square(of: try DecodedImage(png: file))
            }
        case .jpeg:
            square = try DecodedImage.inTurn(try DecodedImage.pixelCount(jpeg: file)) {
                self.square(of: try DecodedImage(jpeg: file, atLeast: 2 * side))
            }
        case .other(let fault): throw fault
        }
        return ImageOrientation(file: file).upright(square, side: side)
    }

    /// The square of an image, `[channels, side, side]` with 1 or 3 channels.
    func square(of image: consuming DecodedImage) -> [UInt8] {
        image.flatten(on: background)
        switch resize {
        case .crop: return scaled(image, centred(image), rows: side, columns: side)
        case .stretch: return scaled(image, whole(image), rows: side, columns: side)
        case .fit: return framed(image)
        }
    }

    /// All of an image within the square, the rest in the background's colour.
    private func framed(_ image: DecodedImage) -> [UInt8] {
        let longest = max(image.width, image.height)
        func share(_ length: Int) -> Int {
            max(1, Int((Double(length) * Double(side) / Double(longest)).rounded()))
        }
        let (rows, columns) = (share(image.height), share(image.width))
        let picture = scaled(image, whole(image), rows: rows, columns: columns)
        var result = [UInt8](repeating: background, count: image.channels * side * side)
        let (top, left) = ((side - rows) / 2, (side - columns) / 2)
        for channel in 0..<image.channels {
            for row in 0..<rows {
                let source = (channel * rows + row) * columns
                let target = (channel * side + top + row) * side + left
                result.replaceSubrange(
                    target..<target + columns, with: picture[source..<source + columns])
            }
        }
        return result
    }

    private func scaled(
        _ image: DecodedImage, _ part: ImageRectangle, rows: Int, columns: Int
    ) -> [UInt8] {
        Kernels.resized(
            image.pixels, columns: image.width, channels: image.channels, part, newRows: rows,
            newColumns: columns)
    }

    private func whole(_ image: DecodedImage) -> ImageRectangle {
        ImageRectangle(
            left: 0, top: 0, width: Double(image.width), height: Double(image.height))
    }

    /// The largest square in the middle, at a whole pixel.
    private func centred(_ image: DecodedImage) -> ImageRectangle {
        let length = min(image.width, image.height)
        return ImageRectangle(
            left: Double((image.width - length) / 2), top: Double((image.height - length) / 2),
            width: Double(length), height: Double(length))
    }
}

/// What a file is by its first bytes, whatever its name says.
enum ImageFormat {
    case png, jpeg
    /// Neither; what it is instead.
    case other(ImageFault)

    init(_ file: [UInt8]) {
        func begins(_ text: String) -> Bool { file.starts(with: text.utf8) }
        if file.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if file.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if file.isEmpty {
            self = .other(ImageFault("it is empty", advice: "copy it again, or delete it"))
        } else if begins("version https://git-lfs") {
            self = .other(
                ImageFault(
                    "it is a pointer of Git LFS, not the image", advice: "run 'git lfs pull'"))
        } else {
            let name = Self.name(of: file)
            self = .other(
                ImageFault(
                    name.map { "it is \($0), not PNG or JPEG" } ?? "it is no PNG or JPEG file",
                    advice: "convert it to PNG ('magick mogrify -format png FILE'), or delete it"))
        }
    }

    private static func name(of file: [UInt8]) -> String? {
        let beginnings = [
            ("GIF8", "a GIF"), ("RIFF", "a WebP"), ("BM", "a BMP"), ("II*\0", "a TIFF"),
            ("MM\0*", "a TIFF"), ("<svg", "an SVG"), ("<?xml", "XML"), ("<!DOCTYPE", "a web page"),
            ("<html", "a web page"), ("P5", "a PGM"), ("P6", "a PPM"),
        ]
        if file.dropFirst(4).starts(with: "ftyp".utf8) { return "a HEIC, AVIF or MP4 file" }
        return beginnings.first { file.starts(with: $0.0.utf8) }?.1
    }
}
