import Drawing
import Testing

@Suite("Blocks of pixels")
struct BitmapTests {
    /// The colour type byte of a PNG: 0 grey, 2 colour, 3 palette, 4 grey and 6 colour with opacity.
    private func colorType(_ bitmap: Bitmap) throws -> UInt8 { try bitmap.png()[25] }

    @Test("values become bytes; what is out of range or no number is clamped")
    func valuesAreClamped() {
        let bitmap = Bitmap(channels: 1, width: 5, height: 1, values: [-1, 0.5, 1, 2, .nan])
        let grey = stride(from: 0, to: 20, by: 4).map { bitmap.pixels[$0] }
        #expect(grey == [0, 128, 255, 255, 0])
    }

    @Test("three channels are planes, not interleaved")
    func channelsArePlanes() {
        let bitmap = Bitmap(channels: 3, width: 2, height: 1, values: [1, 0, 0, 1, 0, 0])
        #expect(bitmap.pixels == [255, 0, 0, 255, 0, 255, 0, 255])
    }

    @Test("PNG takes the smallest pixel format that holds the picture")
    func formatIsSmallest() throws {
        let grey = Bitmap(channels: 1, width: 2, height: 1, values: [0, 1])
        #expect(try colorType(grey) == 0)
        var withGap = Bitmap(width: 3, height: 1)
        withGap.paste(grey, x: 0, y: 0)
        #expect(try colorType(withGap) == 4)
        let few = Bitmap(
            channels: 3, width: 30, height: 30,
            values: (0..<2700).map { $0 * $0 * 7919 / 16 % 2 == 0 ? 0 : 1 })
        #expect(try colorType(few) == 3)
        let many = Bitmap(
            channels: 3, width: 30, height: 30,
            values: (0..<2700).map { Float(($0 * $0 * 7919 / 16) % 256) / 255 })
        #expect(try colorType(many) == 2)
    }

    @Test("two pixels of two colours are smaller without a palette")
    func tinyPicturesHaveNoPalette() throws {
        let two = Bitmap(channels: 3, width: 2, height: 1, values: [1, 0, 0, 1, 0, 0])
        #expect(try colorType(two) == 2)
    }

    @Test("a PNG starts with its signature and its size")
    func pngHasHeader() throws {
        let png = try Bitmap(width: 300, height: 2).png()
        #expect(Array(png.prefix(8)) == [137, 80, 78, 71, 13, 10, 26, 10])
        #expect(Array(png[16..<24]) == [0, 0, 1, 44, 0, 0, 0, 2])
    }

    @Test("scaling repeats each pixel")
    func scalingRepeats() {
        let bitmap = Bitmap(channels: 1, width: 2, height: 1, values: [0, 1]).scaled(by: 2)
        #expect(bitmap.width == 4 && bitmap.height == 2)
        let reds = stride(from: 0, to: bitmap.pixels.count, by: 4).map { bitmap.pixels[$0] }
        #expect(reds == [0, 0, 255, 255, 0, 0, 255, 255])
    }

    @Test("pasting and filling drop what falls outside")
    func edgesAreCut() {
        var bitmap = Bitmap(width: 2, height: 2)
        let tile = Bitmap(channels: 1, width: 2, height: 2, values: [1, 1, 1, 1])
        bitmap.paste(tile, x: 1, y: -1)
        bitmap.paste(tile, x: -5, y: 0)
        bitmap.fill(x: -1, y: 1, width: 2, height: 9, .black)
        #expect(
            bitmap.pixels.map(Int.init) == [
                0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 0,
            ])
    }

    @Test("an image in an SVG is its own PNG, byte for byte")
    func imageIsEmbedded() throws {
        let tile = Bitmap(channels: 1, width: 2, height: 2, values: [0, 0.25, 0.5, 1])
        let svg = try Picture(size: Size(10, 10)) { canvas in
            try canvas.draw(tile, in: Rectangle(x: 0, y: 0, width: 10, height: 10))
        }.svg(label: "x")
        #expect(svg.contains("data:image/png;base64,"))
        #expect(svg.contains("image-rendering=\"pixelated\""))
        #expect(svg.utf8.count < 600)
    }

    @Test("lines on a coverage canvas are white on black and cleared between drawings")
    func coverageIsCleared() throws {
        let canvas = try CoverageCanvas(width: 6, height: 4)
        let first = try canvas.draw(lines: [[Point(0, 2), Point(6, 2)]], penWidth: 2)
        #expect(first.count == 24)
        #expect(first[6] == 255 && first[0] == 0)
        let second = try canvas.draw(lines: [[Point(0, 0), Point(6, 0)]], penWidth: 2)
        #expect(second[0] == 255 && second[12] == 0)
    }

    @Test("colour is rounded by at most 2 of 255, black, white and grey images not at all")
    func rounding() {
        let bytes = (0..<64).flatMap { (place: Int) -> [UInt8] in
            [UInt8(place * 4 + 3), UInt8(place), UInt8(255 - place), UInt8(place % 3)]
        }
        let bitmap = Bitmap(width: 8, height: 8, pixels: bytes)
        let rounded = bitmap.roundedIfColored(bits: 6)
        for (place, pair) in zip(bytes, rounded.pixels).enumerated() {
            #expect(abs(Int(pair.0) - Int(pair.1)) <= (place % 4 == 3 ? 0 : 2))
        }
        let ends = Bitmap(width: 2, height: 1, pixels: [0, 255, 0, 255, 255, 0, 255, 255])
        #expect(ends.roundedIfColored(bits: 6) == ends)
        let grey = Bitmap(channels: 1, width: 2, height: 1, values: [0.333, 0.777])
        #expect(grey.roundedIfColored(bits: 6) == grey)
    }
}
