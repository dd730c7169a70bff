import Foundation
import Tensors
import TestSupport
import Testing

/// Pickles that would run something, or never end, in Python.
@Suite("Pickles")
struct PickleRefusalTests {
    struct Oracle: Decodable {
        let refused: [Refused]
    }

    struct Refused: Decodable, CustomTestStringConvertible {
        let name: String
        let mentions: String
        let pickle: [UInt8]
        var testDescription: String { name }
    }

    @Test("that call anything are refused by name")
    func refused() throws {
        let oracle: Oracle = try OracleFile.load("pytorch.json")
        #expect(oracle.refused.count == 40)
        for refused in oracle.refused {
            let error = #expect(throws: TensorFileError.self, "\(refused.name)") {
                try read(refused.pickle)
            }
            let message = "\(error.map { "\($0)" } ?? "")"
            #expect(message.contains(refused.mentions), "\(refused.name): \(message)")
            #expect(message.hasPrefix("evil.pt: at byte "), "\(message)")
        }
    }

    @Test("that are damaged anywhere are read or refused")
    func damaged() throws {
        let oracle: Oracle = try OracleFile.load("pytorch.json")
        for refused in oracle.refused where !refused.name.hasPrefix("bomb") {
            for index in refused.pickle.indices {
                _ = try? read(Array(refused.pickle.prefix(index)))
                for change: UInt8 in [1, 4, 32, 255] {
                    var changed = refused.pickle
                    changed[index] ^= change
                    _ = try? read(changed)
                }
            }
        }
    }

    @Test(
        "with an opcode that no tensor file needs are refused",
        arguments: [
            "(iposix\nsystem\n.", "(cposix\nsystem\no.", "P1\n.", "I1\n.", "\u{7f}.", "0.",
            "a.", "1.", ")R.", "N)R.", "}]b.", "h\u{1}.", "t.", "2.", "}(Nu.", "NQ.",
        ])
    func opcodes(pickle: String) {
        #expect(throws: TensorFileError.self) { try read(Array(pickle.utf8)) }
    }

    @Test("of another version of the format are refused", arguments: [0, 1, 6, 255] as [UInt8])
    func version(number: UInt8) {
        #expect {
            try read([0x80, number] + Array("}.".utf8))
        } throws: {
            "\($0)".contains("pickle protocol \(number), expected 2 to 5")
        }
    }

    @Test("deep enough to exhaust the stack of a naive reader are refused")
    func deep() {
        let lists = [UInt8](repeating: UInt8(ascii: "]"), count: 200_000)
        let appends = [UInt8](repeating: UInt8(ascii: "a"), count: 199_999)
        let tuples = Array("N".utf8) + [UInt8](repeating: 0x85, count: 500_000)
        for pickle in [lists + appends, tuples] {
            #expect {
                try read(pickle + Array(".".utf8))
            } throws: {
                "\($0)".contains("deep")
            }
        }
    }

    @Test("that claim enormous lengths are refused without reserving memory")
    func enormous() {
        let claims: [[UInt8]] = [
            [0x8d] + [UInt8](repeating: 255, count: 8), [0x8e, 0, 0, 0, 0, 0, 0, 0, 127],
            [0x58, 255, 255, 255, 255], [0x42, 255, 255, 255, 127], [0x8a, 255],
        ]
        for claim in claims {
            #expect(throws: TensorFileError.self) { try read(claim + [0x2e]) }
        }
    }

    @Test(
        "with tensors that reach beyond their storage are refused",
        arguments: [
            (0, [5], [1]), (4, [1], [1]), (-1, [1], [1]), (0, [2], [4]), (0, [2, 2], [1]),
            (0, [-1], [1]), (0, [1], [-1]), (0, [2], [Int.max]), (Int.max, [1], [1]),
            (0, [Int.max, Int.max], [0, 0]), (0, [0, Int.max, Int.max], [1, 1, 1]),
        ])
    func views(offset: Int, sizes: [Int], strides: [Int]) {
        let pickle = tensor(offset, sizes, strides)
        #expect {
            try read(pickle)
        } throws: {
            "\($0)".contains("does not fit its storage of 4 numbers")
        }
    }

    @Test("with a tensor that repeats one number are bounded")
    func expanded() throws {
        let file = try read(tensor(0, [1 << 20, 1 << 20], [0, 0]))
        #expect(throws: TensorFileError.self) { try file.tensors() }
        let small = try read(tensor(3, [2, 3], [0, 0])).tensors()[""]
        #expect(small == Tensor([2, 3], repeating: 4))
    }

    /// A pickle in the stream form, followed by one storage `s` of the floats 1 to 4.
    private func read(_ pickle: [UInt8]) throws -> PyTorchFile {
        let magic: [UInt8] = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8]
        let beginning = magic + [0x50, 0x19] + Array(".M".utf8) + [0xe9, 3, 0x2e]
        let machine = Array("}".utf8) + text("little_endian") + [0x88] + Array("s.".utf8)
        let keys = Array("]".utf8) + (pickle.contains(0x51) ? text("s") + [0x61] : []) + [0x2e]
        var storage: [UInt8] = [4, 0, 0, 0, 0, 0, 0, 0]
        for number: Float in [1, 2, 3, 4] {
            withUnsafeBytes(of: number.bitPattern.littleEndian) { storage += $0 }
        }
        return try PyTorchFile(
            beginning + machine + pickle + keys + storage, name: "evil.pt", limit: 1 << 20)
    }

    private func tensor(_ offset: Int, _ sizes: [Int], _ strides: [Int]) -> [UInt8] {
        var pickle = Array("ctorch._utils\n_rebuild_tensor_v2\n((".utf8) + text("storage")
        pickle += Array("ctorch\nFloatStorage\n".utf8) + text("s") + text("cpu") + long(4)
        pickle += Array("tQ".utf8) + long(offset)
        for numbers in [sizes, strides] {
            pickle += Array("(".utf8)
            for number in numbers { pickle += long(number) }
            pickle += Array("t".utf8)
        }
        return pickle + Array("tR.".utf8)
    }

    private func text(_ text: String) -> [UInt8] {
        [0x8c, UInt8(text.utf8.count)] + Array(text.utf8)
    }

    private func long(_ value: Int) -> [UInt8] {
        [0x8a, 8] + (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
