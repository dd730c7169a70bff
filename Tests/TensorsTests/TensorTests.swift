import Tensors
import Testing

/// Buffers, shapes and named collections.
@Suite struct TensorTests {
    @Test("a buffer starts at zero on a 64-byte border and shares parts of itself")
    func buffers() {
        let buffer = Buffer(count: 33)
        #expect(buffer.read(33).allSatisfy { $0 == 0 })
        #expect(UInt(bitPattern: buffer.pointer) % 64 == 0)
        buffer.write((0..<33).map(Float.init))
        let part = Buffer(sharing: buffer, 16..<20)
        part[1] = -1
        #expect(buffer[17] == -1)
        #expect(part.read(4) == [16, -1, 18, 19])
        part.fill(5)
        #expect(buffer.read(21).suffix(6) == [15, 5, 5, 5, 5, 20])
    }

    @Test("a part keeps its buffer's memory alive")
    func sharing() {
        func part() -> Buffer {
            let whole = Buffer(count: 1 << 16)
            whole.fill(3)
            return Buffer(sharing: whole, 100..<200)
        }
        let kept = (0..<20).map { _ in part() }
        #expect(kept.allSatisfy { $0.read(100).allSatisfy { $0 == 3 } })
    }

    @Test("collections that are no arrays are written in order too")
    func writesAnyCollection() {
        let buffer = Buffer(count: 4)
        buffer.write((0..<3).lazy.map { Float($0) * 2 })
        #expect(buffer.read(4) == [0, 2, 4, 0])
        buffer.write([Float]())
        #expect(buffer.read(4) == [0, 2, 4, 0])
    }

    @Test("named tensors keep the order in which they came")
    func names() {
        var tensors = NamedTensors()
        for name in ["b", "a", "c"] { tensors[name] = Tensor([1], [1]) }
        tensors["a"] = Tensor([2], [2, 3])
        #expect(tensors.names == ["b", "a", "c"])
        #expect(tensors["a"]?.values == [2, 3])
        tensors["b"] = nil
        tensors["nothing"] = nil
        tensors["b"] = Tensor([0], [])
        #expect(tensors.names == ["a", "c", "b"])
        #expect(tensors.entries.map(\.name) == tensors.names)
    }

    @Test("a shape counts its numbers and shows its sizes")
    func shapes() {
        #expect(Shape([]).count == 1)
        #expect(([2, 0, 3] as Shape).count == 0)
        #expect("\([2, 3] as Shape)" == "[2, 3]")
        #expect(Tensor([2, 2], repeating: 1.5).values == [1.5, 1.5, 1.5, 1.5])
    }
}
