import Foundation
import Tensors
import TestSupport
import Testing

/// Tensor files: our own, Python's, and broken ones.
@Suite struct SafetensorsTests {
    @Test("a file comes back as it was written, twice with the same bytes")
    func roundTrip() throws {
        let file = example
        let bytes = try file.encoded()
        let again = try Safetensors(bytes, name: "a")
        #expect(again.tensors == file.tensors)
        #expect(again.metadata == file.metadata)
        #expect(try again.encoded() == bytes)
        #expect(try example.encoded() == bytes)
        #expect((bytes.count - 4 * 19) % 8 == 0)
    }

    @Test("a file that Python's safetensors wrote is read")
    func python() throws {
        let file = try Safetensors(OracleFile.data("python.safetensors"), name: "python")
        let weight = Tensor([3, 1, 2, 2], (0..<12).map { Float($0) / 8 })
        #expect(file.tensors["encoder.conv1.weight"] == weight)
        #expect(file.tensors["scalar"] == Tensor([], [-2.5]))
        #expect(file.tensors["empty"] == Tensor([0, 4], []))
        let extremes = [Float.greatestFiniteMagnitude, Float(bitPattern: 0x116c2), -0.0, .infinity]
        #expect(
            file.tensors["extremes"]?.values.map(\.bitPattern) == extremes.map(\.bitPattern))
        #expect(file.tensors["größe \"x\""]?.values == [7])
        #expect(file.tensors.names.count == 5)
        #expect(file.metadata == ["epoch": "3", "note": "β = 1\n\"quoted\""])
    }

    @Test("other numbers that PyTorch saves become float32")
    func otherNumbers() throws {
        let bytes = try OracleFile.data("python_types.safetensors")
        let file = try Safetensors(bytes, name: "types")
        let expected: [String: [Float]] = [
            "f64": [0.1, -2.5, 3], "f16": [0.5, -2, 65504], "bf16": [1.5, -3, 256],
            "i64": [7], "i32": [-5, 1_048_576, 3], "i16": [-300, 2, 3], "i8": [-128, 127, 3],
            "u8": [0, 255, 3], "bool": [1, 0, 1],
        ]
        #expect(Set(file.tensors.names) == Set(expected.keys))
        for (name, values) in expected { #expect(file.tensors[name]?.values == values, "\(name)") }
        #expect(file.tensors["i64"]?.shape == [])
        for length in 0..<bytes.count {
            #expect(throws: TensorFileError.self) {
                try Safetensors(bytes.prefix(length), name: "cut")
            }
        }
    }

    @Test("a file cut short anywhere is an error that names it")
    func truncation() throws {
        let bytes = try example.encoded()
        for length in 0..<bytes.count {
            #expect(throws: TensorFileError.self, "\(length) bytes") {
                try Safetensors(bytes.prefix(length), name: "cut.safetensors")
            }
        }
        #expect {
            try Safetensors(bytes.prefix(20), name: "cut.safetensors")
        } throws: {
            "\($0)".hasPrefix("cut.safetensors: ")
        }
    }

    @Test("no changed byte of the header crashes the reader")
    func damage() throws {
        let bytes = try example.encoded()
        let header = bytes.count - 4 * 19
        for index in 0..<header {
            for flip: UInt8 in [1, 2, 16, 64, 128] {
                var changed = bytes
                changed[index] ^= flip
                _ = try? Safetensors(changed, name: "changed")
            }
        }
    }

    @Test(
        "a wrong header is one clear error",
        arguments: [
            ("[]", "no JSON object"),
            ("{", "no JSON object"),
            (entry(dtype: "F16"), "does not fit"),
            (entry(dtype: "F64"), "does not fit"),
            (entry(dtype: "F8_E4M3"), "'a' is F8_E4M3"),
            (entry(dtype: "C64"), "'a' is C64"),
            (entry(shape: "[3]"), "does not fit"),
            (entry(shape: "[-2]"), "does not fit"),
            (entry(shape: "[-2, -1]"), "does not fit"),
            (entry(shape: "[2.5]"), "lacks"),
            (entry(shape: "2"), "lacks"),
            (entry(shape: "[9223372036854775807, 9223372036854775807]"), "does not fit"),
            (entry(shape: "[4294967296, 4294967296]"), "does not fit"),
            (entry(shape: "[1e300]"), "lacks"),
            (entry(offsets: "[0, 16]"), "does not fit"),
            (entry(offsets: "[8, 0]"), "does not fit"),
            (entry(offsets: "[-8, 0]"), "does not fit"),
            (entry(offsets: "[0]"), "lacks"),
            (entry(offsets: "[0, 4, 8]"), "lacks"),
            (entry(offsets: "[9223372036854775800, 9223372036854775807]"), "does not fit"),
            (entry(offsets: "[0, 1e30]"), "lacks"),
            ("{\"a\": 3}", "lacks"),
            ("{\"a\": {\"dtype\": \"F32\", \"shape\": [2]}}", "lacks"),
        ])
    func wrongHeaders(header: String, message: String) {
        #expect {
            try Safetensors(file(header, payload: 8), name: "wrong")
        } throws: {
            $0 is TensorFileError && "\($0)".contains(message)
        }
    }

    @Test("tensors that overlap, leave a gap or bytes over are refused")
    func coverage() {
        func tensor(_ begin: Int, _ end: Int) -> String {
            """
            {"dtype": "F32", "shape": [\((end - begin) / 4)], "data_offsets": [\(begin), \(end)]}
            """
        }
        let headers = [
            "{\"a\": \(tensor(0, 8)), \"b\": \(tensor(4, 16))}",
            "{\"a\": \(tensor(0, 8)), \"b\": \(tensor(0, 16))}",
            "{\"a\": \(tensor(0, 4)), \"b\": \(tensor(8, 16))}",
            "{\"a\": \(tensor(4, 16))}", "{\"a\": \(tensor(0, 12))}", "{}",
        ]
        for header in headers {
            #expect(throws: TensorFileError.self, "\(header)") {
                try Safetensors(file(header, payload: 16), name: "wrong")
            }
        }
    }

    @Test("a header that claims to be enormous is an error")
    func enormousHeader() {
        for length in [UInt64.max, UInt64(Int64.max), 1 << 40, 9] {
            var bytes = Data()
            withUnsafeBytes(of: length.littleEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: Array("{}      ".utf8))
            #expect(throws: TensorFileError.self) { try Safetensors(bytes, name: "enormous") }
        }
    }

    @Test("an empty collection is a file too")
    func empty() throws {
        let file = try Safetensors(Safetensors(NamedTensors()).encoded(), name: "empty")
        #expect(file.tensors.names.isEmpty && file.metadata.isEmpty)
    }

    private var example: Safetensors {
        var tensors = NamedTensors()
        tensors["z.weight"] = Tensor([2, 3, 1, 2], Wave.values(12, phase: 1))
        tensors["a.bias"] = Tensor([5], Wave.values(5, phase: 2))
        tensors["scalar"] = Tensor([], [4])
        tensors["größe/\"quoted\""] = Tensor([1, 1], [-0.0])
        return Safetensors(tensors, metadata: ["epoch": "3", "β": "a\n\"b\""])
    }

    private func file(_ header: String, payload: Int) -> Data {
        var bytes = Data()
        withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) {
            bytes.append(contentsOf: $0)
        }
        bytes.append(contentsOf: header.utf8)
        bytes.append(contentsOf: [UInt8](repeating: 0, count: payload))
        return bytes
    }

    private static func entry(
        dtype: String = "F32", shape: String = "[2]", offsets: String = "[0, 8]"
    ) -> String {
        """
        {"a": {"dtype": "\(dtype)", "shape": \(shape), "data_offsets": \(offsets)}}
        """
    }
}
