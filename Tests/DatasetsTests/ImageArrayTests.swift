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
        let header = "{'descr': '|i1', 'fortran_order': False, 'shape': (20,), }"
        let labels = try own.folder.write(
            [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
                + (0..<20).map { UInt8(bitPattern: $0 < 9 ? -1 : 5) }, to: "labels.npy")
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
        let huge =
            "{'descr': '<f8', 'fortran_order': False, 'shape': (9999999999, 99999999, 9999999), }"
        let bytes =
            [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(huge.utf8.count), 0] + Array(huge.utf8)
        let error = #expect(throws: DatasetError.self) { try load(Data(bytes)) }
        #expect(error?.description.contains("an array of [9999999999") == true)
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
