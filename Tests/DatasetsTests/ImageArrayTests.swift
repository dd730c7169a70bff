import Datasets
import Files
import Foundation
import TestSupport
import Testing

@Suite("Arrays of images")
struct ImageArrayTests {
    private let own: OwnFolder
    private let oracle: OwnImageOracle

    init() throws { (own, oracle) = (try OwnFolder(), try OwnImageOracle.load()) }

    private func load(
        _ file: Data, named name: String = "a.npy",
        _ change: (inout OwnDataOptions) -> Void = { _ in }
    ) throws -> ImageDataset {
        let path = try own.folder.write([UInt8](file), to: name)
        return try own.load(.arrays) {
            ($0.path, $0.imageSize) = (path, nil)
            change(&$0)
        }
    }

    /// A .npy file of version 1.
    private func npy(_ type: String, _ shape: String, _ numbers: [UInt8]) -> [UInt8] {
        let header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(shape)), }"
        let length = [UInt8(header.utf8.count), 0]
        return [0x93] + Array("NUMPY".utf8) + [1, 0] + length + Array(header.utf8) + numbers
    }

    /// The images `[count, size]` in order of their content, each with its label if there are any.
    private func images(_ set: ImageSet) -> [[UInt8]] {
        let size = set.shape.pixelCount
        return (0..<set.count).map { place in
            Array(set.pixels[place * size..<(place + 1) * size])
                + (set.labels.isEmpty ? [] : [set.labels[place]])
        }
    }

    private func sorted(_ images: [[UInt8]]) -> [[UInt8]] {
        images.sorted { $0.lexicographicallyPrecedes($1) }
    }

    @Test("of every type and layout hold the pixels that NumPy wrote")
    func values() throws {
        for array in oracle.arrays {
            let data = try load(array.file)
            #expect(data.train.shape.channels == array.channels, "\(array.name)")
            let size = 64 * array.channels
            let expected = stride(from: 0, to: array.pixels.count, by: size).map {
                [UInt8](array.pixels[$0..<$0 + size])
            }
            #expect(
                sorted(images(data.train) + images(data.test)) == sorted(expected), "\(array.name)")
        }
        #expect(oracle.arrays.count == 12)
    }

    @Test("compressed by gzip are read as well")
    func gzip() throws {
        let array = try #require(oracle.arrays.first)
        let data = try load(Data(Gzip.stored([UInt8](array.file))))
        #expect(data.train.count + data.test.count == 20)
    }

    @Test("in .npz files are found by name with their classes, and with their split")
    func archives() throws {
        let pixels = [UInt8](oracle.archives.pixels)
        let names = Set(oracle.archives.labels).sorted().map(String.init)
        for file in oracle.archives.files {
            let data = try load(file.file, named: "a.npz")
            #expect(data.classNames == names, "\(file.name)")
            let expected = (0..<20).map { place in
                let label = UInt8(oracle.archives.labels[place] - 3)
                return Array(pixels[place * 64..<(place + 1) * 64]) + [label]
            }
            #expect(sorted(images(data.train) + images(data.test)) == sorted(expected))
            if file.name == "split" {
                #expect(sorted(images(data.test)) == sorted(Array(expected[12...])))
            }
        }
        #expect(try load(oracle.archives.files[0].file, named: "b.npz").title == "b")
    }

    @Test("take their classes from a file of their own")
    func labels() throws {
        let labels = try own.folder.write(
            npy("|i1", "20,", (0..<20).map { UInt8(bitPattern: $0 < 9 ? -1 : 5) }), to: "labels.npy"
        )
        let data = try load(oracle.arrays[0].file) { $0.labels = labels }
        #expect(data.classNames == ["-1", "5"])
        #expect((data.train.labels + data.test.labels).count { $0 == 0 } == 9)
        let message = own.refusal(.arrays) {
            ($0.path, $0.labels) = (own.folder.path("a.npy"), own.folder.path("a.npy"))
        }
        #expect(message.contains("for 20 images") && message.contains("labels.argmax(1)"))
    }

    @Test("are brought to another size, and to grey, when the config says so")
    func resized() throws {
        let color = try #require(oracle.arrays.first { $0.name == "colour last" })
        let data = try load(color.file) { ($0.imageSize, $0.color) = (16, .gray) }
        #expect(data.train.shape == ImageShape(channels: 1, height: 16, width: 16))
        let wide = try #require(oracle.refused.first { $0.name == "no square" })
        #expect(try load(wide.file) { $0.imageSize = 8 }.train.shape.width == 8)
    }

    @Test("that are no images are refused with what to do")
    func refused() throws {
        for array in oracle.refused {
            let path = try own.folder.write([UInt8](array.file), to: "a.npy")
            let message = own.refusal(.arrays) { ($0.path, $0.imageSize) = (path, nil) }
            #expect(message.contains(array.says), "\(array.name): \(message)")
        }
        let values = try #require(oracle.arrays.first { $0.name == "float64 to 255" })
        #expect(throws: DatasetError.self) { try load(values.file) { $0.values = .unit } }
        var newer = [UInt8](oracle.arrays[0].file)
        newer[6] = 4
        let version = #expect(throws: DatasetError.self) { try load(Data(newer)) }
        #expect(version?.description.contains("version 4 of the format, but 1 to 3 are") == true)
        let empty = try load(oracle.archives.files[3].file, named: "a.npz")
        #expect(empty.train.count > 0)
    }

    @Test("cut short or altered anywhere are read or refused, never more")
    func damaged() throws {
        let files = [
            oracle.arrays[0].file, oracle.archives.files[0].file, oracle.archives.files[1].file,
        ]
        for file in files.map({ [UInt8]($0) }) {
            for place in Array(0..<160) + Array(stride(from: 160, to: file.count, by: 97)) {
                var spoilt = file
                spoilt[place] = spoilt[place] &+ 31
                for bytes in [spoilt, Array(file.prefix(place))] {
                    _ = try? load(Data(bytes))
                }
            }
            #expect(throws: (any Error).self) { try load(Data(file.dropLast(3))) }
            #expect(throws: (any Error).self) { try load(Data(file.prefix(file.count / 2))) }
        }
    }

    @Test(
        "with sizes that nothing holds, or that no number holds, are refused",
        arguments: [
            ("9999999999, 99999999, 9999999", "an array of [9999999999"),
            ("4294967296, 4294967296, 4294967296", "an array of [4294967296"),
            ("9223372036854775807, 2, 2", "an array of [9223372036854775807"),
            ("2, 9223372036854775807, 9223372036854775807", "an array of [2, 9223372036854775807"),
            ("99999999999999999999, 8, 8", "the header is no description of an array"),
            ("-1, 8, 8", "the header is no description of an array"),
            ("0, 8, 8", "there are no images"), ("20, 0, 8", "there are no images"),
        ])
    func overflow(shape: String, says: String) throws {
        let error = #expect(throws: DatasetError.self) { try load(Data(npy("<f8", shape, []))) }
        let message = try #require(error?.description)
        #expect(message.contains(says), "\(message)")
    }

    @Test("of one image, and of images that are all alike, are refused with how many it takes")
    func tooFew() throws {
        for count in [1, 20] {
            let path = try own.folder.write(
                npy("|u1", "\(count), 8, 8", [UInt8](repeating: 255, count: count * 64)),
                to: "a.npy")
            let message = own.refusal(.arrays) { ($0.path, $0.imageSize) = (path, nil) }
            #expect(message.contains("but a report takes 4 and 2 at least"), "\(message)")
        }
    }

    @Test("have classes that are whole numbers, and 256 of them at most")
    func oddLabels() throws {
        let pixels = (0..<300 * 64).map { UInt8(truncatingIfNeeded: $0 / 64 * 37 + $0 % 64) }
        let images = try own.folder.write(npy("|u1", "300, 8, 8", pixels), to: "a.npy")
        let wide = (0..<300).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        let none = [UInt8](repeating: 255, count: 300 * 4)
        for (type, numbers, says) in [
            ("<i2", wide, "there are 300 different classes, but 256 at most"),
            ("<f4", none, "classes are whole numbers, found <f4"),
        ] {
            let labels = try own.folder.write(npy(type, "300,", numbers), to: "labels.npy")
            let message = own.refusal(.arrays) {
                ($0.path, $0.imageSize, $0.labels) = (images, nil, labels)
            }
            #expect(message.contains(says), "\(message)")
        }
    }

    @Test("are read once")
    func cache() throws {
        let file = oracle.archives.files[2].file
        let data = try load(file)
        let again = try load(file)
        #expect(again.train == data.train && again.provenance == data.provenance)
        #expect(own.home.contents().count { $0.hasSuffix(".images") } == 1)
    }
}
