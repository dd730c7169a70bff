import Datasets
import Files
import Foundation
import TestSupport
import Testing

@Suite("Image files")
struct ImageFileTests {
    private let own: OwnFolder
    private let oracle: OwnImageOracle

    init() throws { (own, oracle) = (try OwnFolder(), try OwnImageOracle.load()) }

    /// The pixels of each file, in the files' order; `change` sets options.
    private func squares(
        _ files: [Data], _ change: (inout OwnDataOptions) -> Void = { _ in }
    ) throws -> [[UInt8]] {
        for (place, file) in files.enumerated() {
            try own.add("train/\(place).png", [UInt8](file))
        }
        try own.add("test/a.png", level: 1)
        try own.add("test/b.png", level: 2)
        let train = try own.load { options in
            (options.imageSize, options.color, options.classes) = (oracle.side, .rgb, .none)
            change(&options)
        }.train
        let size = 3 * oracle.side * oracle.side
        let order = try files.map { try Digest.sha256(of: [UInt8]($0)) }.enumerated()
            .sorted { $0.element < $1.element }.map(\.offset)
        var result = [[UInt8]](repeating: [], count: files.count)
        for (place, file) in order.enumerated() {
            result[file] = Array(train.pixels[place * size..<(place + 1) * size])
        }
        return result
    }

    private func distance(_ one: [UInt8], _ other: Data) -> Int {
        one.count == other.count ? zip(one, other).map { abs(Int($0) - Int($1)) }.max() ?? 0 : 255
    }

    @Test("of every kind of PNG and JPEG hold the pixels that Pillow sees, upright")
    func decoded() throws {
        let found = try squares(oracle.images.map(\.file))
        for (image, pixels) in zip(oracle.images, found) {
            #expect(distance(pixels, image.pixels) <= image.tolerance, "\(image.name)")
        }
        #expect(found.count == 31)
    }

    @Test("are brought to size by averaging areas, or interpolated where they grow")
    func resized() throws {
        for (resize, expected) in [
            (OwnDataOptions.Resize.crop, oracle.sizes.map(\.crop)),
            (.fit, oracle.sizes.map(\.fit)), (.stretch, oracle.sizes.map(\.stretch)),
        ] {
            let found = try squares(oracle.sizes.map(\.file)) {
                ($0.resize, $0.background) = (resize, .black)
            }
            for (place, pixels) in found.enumerated() {
                #expect(distance(pixels, expected[place]) <= 1, "\(resize), image \(place)")
                let exact = zip(pixels, expected[place]).count { $0 == $1 }
                #expect(exact * 100 > pixels.count * 99, "\(resize), image \(place)")
            }
        }
    }

    @Test("are grey when all are, in colour when one is, or as the config says")
    func colors() throws {
        for (place, image) in oracle.images.prefix(4).enumerated() {
            try own.add("train/\(place).png", [UInt8](image.file))
        }
        for level in [3, 4] { try own.add("test/\(level).png", level: level) }
        #expect(try own.load { $0.color = .rgb }.train.shape.channels == 3)
        #expect(try own.load { $0.color = .gray }.train.shape.channels == 1)
        // The fourth is 16-bit colour.
        #expect(try own.load().train.shape.channels == 3)
        try FileManager.default.removeItem(atPath: own.path + "/train/3.png")
        try own.add("train/3.png", level: 9)
        let grey = try own.load()
        #expect(grey.train.shape == ImageShape(channels: 1, height: 8, width: 8))
        #expect(grey.test.pixels.prefix(64).allSatisfy { [3, 4].contains($0) })
    }

    @Test("that cannot be read are all named with what to do, or left out and told of")
    func broken() throws {
        for level in 0..<20 { try own.add("\(level).png", level: level * 10) }
        let png = try OwnFolder.png((0..<64).map { UInt8($0) })
        let jpeg = [UInt8](try #require(oracle.images.first { $0.name == "photo.jpg" }).file)
        try own.add("a-empty.png", [])
        try own.add("b-cut.png", Array(png.dropLast(20)))
        try own.add("c-cut.jpg", Array(jpeg.dropLast(40)))
        try own.add("d-other.jpg", Array("GIF89a".utf8))
        try own.add("e-text.jpeg", Array("hello".utf8))
        try own.add("f-lfs.png", Array("version https://git-lfs.github.com/spec/v1\n".utf8))
        try own.add("g-photo.heic", Array("\0\0\0\u{18}ftypheic".utf8))
        var huge = png
        // Width and height in the header, whose checksum no longer fits.
        huge.replaceSubrange(16..<24, with: [0, 0, 255, 255, 0, 0, 255, 255])
        try own.add("h-huge.png", huge)
        let message = own.refusal()
        for words in [
            "8 of 28 images in '", "a-empty.png: it is empty", "b-cut.png: no whole PNG (",
            "c-cut.jpg: no whole JPEG (", "d-other.jpg: it is a GIF", "e-text.jpeg: it is no PNG",
            "f-lfs.png: it is a pointer of Git LFS, not the image; run 'git lfs pull'",
            "g-photo.heic: it is a HEIC", "h-huge.png: ", "'data.unreadable: skip'",
        ] { #expect(message.contains(words), "\(words): \(message)") }

        let events = EventLog()
        let rest = try own.load(events: events) { $0.unreadable = .skip }
        #expect(rest.train.count + rest.test.count == 20)
        let note = try #require(rest.notes.first)
        #expect(
            note.hasPrefix("8 of 28 images in “cats” could not be read and were left out: a-empty"))
        #expect(note.hasSuffix("; and 3 more."))
        #expect(events.notices == [note])
    }

    @Test("that promise more than can be held are refused before anything is decoded")
    func bomb() throws {
        // Of 60,000 × 60,000 pixels, with checksums as they should be: what a malicious file looks like.
        let bomb: [UInt8] = [
            0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52,
            0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60, 8, 0, 0, 0, 0,
        ]
        let checksum = CRC32.of(Array(bomb[12...]))
        try own.add(
            "bomb.png", bomb + checksum + [0, 0, 0, 0, 0x49, 0x44, 0x41, 0x54, 0x35, 0xAF, 6, 0x1E])
        #expect(
            own.refusal().contains("bomb.png: 60000 × 60000 pixels; up to 100 million can be read"))
    }

    @Test("cut short or altered anywhere are read or refused, never more")
    func altered() throws {
        for level in 0..<12 { try own.add("\(level).png", level: level * 20) }
        let files = [
            "interlaced.png", "palette-transparent.png", "progressive.jpg", "orientation-6.jpg",
        ]
        for name in files {
            let file = [UInt8](try #require(oracle.images.first { $0.name == name }).file)
            for place in stride(from: 0, to: file.count, by: 7) {
                var spoilt = file
                spoilt[place] ^= 0x5A
                try own.add("a/\(name)-\(place).png", spoilt)
                try own.add("a/\(name)-\(place)-cut.png", Array(file.prefix(place)))
            }
        }
        let data = try own.load { ($0.unreadable, $0.classes) = (.skip, .none) }
        #expect(data.train.count + data.test.count >= 12)
    }
}

/// The checksum of PNG's chunks.
private enum CRC32 {
    static func of(_ bytes: [UInt8]) -> [UInt8] {
        var rest = ~UInt32(0)
        for byte in bytes {
            rest ^= UInt32(byte)
            for _ in 0..<8 { rest = rest & 1 == 1 ? rest >> 1 ^ 0xEDB8_8320 : rest >> 1 }
        }
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: ~rest >> $0) }
    }
}
