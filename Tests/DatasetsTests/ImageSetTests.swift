import Datasets
import Testing

@Suite("ImageSet")
struct ImageSetTests {
    private let set = ImageSet(
        pixels: (0..<24).map { UInt8($0) }, labels: [0, 1, 2, 3, 4, 5],
        shape: ImageShape(channels: 1, height: 2, width: 2),
        factorValues: (0..<12).map { UInt8($0) })

    @Test("a part has its images, labels and factors, of parts too")
    func slices() {
        let part = set.slice(1..<5).slice(1..<3)
        #expect(part.count == 2)
        #expect(part.pixels == (8..<16).map { UInt8($0) })
        #expect(Array(part.bytes) == part.pixels)
        #expect(part.labels == [2, 3])
        #expect(part.factorValues == [4, 5, 6, 7])
        #expect(set.slice(0..<6) == set)
        #expect(set.slice(3..<3).count == 0)
    }

    @Test("a part shares the memory of the whole")
    func memory() {
        func address(_ bytes: ArraySlice<UInt8>) -> Int {
            bytes.withUnsafeBufferPointer { Int(bitPattern: $0.baseAddress) }
        }
        #expect(address(set.slice(2..<4).bytes) == address(set.bytes) + 8)
    }

    @Test("sets are equal by their images, wherever they lie")
    func equality() {
        let shape = ImageShape(channels: 1, height: 2, width: 2)
        let copy = ImageSet(
            pixels: (4..<12).map { UInt8($0) }, labels: [1, 2], shape: shape,
            factorValues: [2, 3, 4, 5])
        #expect(set.slice(1..<3) == copy)
        #expect(set.slice(2..<4) != copy)
    }
}
