import Foundation
import Tensors
import TestSupport
import Testing

/// Checkpoints that PyTorch wrote, in each of the forms it has had.
@Suite("PyTorch files")
struct PyTorchFileTests {
    /// What pytorch_files.py says about them.
    struct Oracle: Decodable {
        struct Numbers: Decodable {
            let shape: [Int]
            let bits: [Int32]
        }
        let tensors: [String: [String: Numbers]]
    }

    static let files = ["zip.pt", "zip4.pt", "deflated.pt", "stream.pt"]

    @Test("give the tensors that PyTorch put in, bit by bit", arguments: files)
    func tensors(name: String) throws {
        let oracle: Oracle = try OracleFile.load("pytorch.json")
        let file = try load(name)
        #expect(oracle.tensors.count == 4)
        for (key, expected) in oracle.tensors {
            let tensors = try file.tensors(under: [key])
            #expect(Set(tensors.names) == Set(expected.keys))
            for (name, tensor) in tensors.entries {
                #expect(tensor.shape.sizes == expected[name]?.shape, "\(key).\(name)")
                let bits = tensor.values.map { Int32(bitPattern: $0.bitPattern) }
                #expect(bits == expected[name]?.bits, "\(key).\(name)")
            }
        }
    }

    @Test("keep the order of a state dictionary and the kind of its numbers", arguments: files)
    func order(name: String) throws {
        let file = try load(name)
        let state = try #require(file.root["model_state_dict"]?.dictionary)
        #expect(state.keys.prefix(4) == ["conv.weight", "conv.bias", "norm.weight", "norm.bias"])
        guard case .tensor(let batches)? = state["norm.num_batches_tracked"] else {
            Issue.record("norm.num_batches_tracked is no tensor")
            return
        }
        #expect(batches.elementType == .int64)
        #expect(try file.tensor(batches) == Tensor([], [1]))
    }

    @Test("give a config as plain values", arguments: files)
    func config(name: String) throws {
        let file = try load(name)
        #expect(file.root["epoch"]?.integer == 3)
        let config = try file.value(at: ["config"])
        #expect(try file.value(at: ["config", "model", "base_ch"]) == .integer(32))
        #expect(config["model"]?["name"]?.text == "conv")
        #expect(config["lr"]?.number == 2e-3)
        #expect(config["large"]?.integer == 1 << 40)
        #expect(config["negative"]?.integer == -(1 << 40))
        let sizes = PickleValue.list([1, -2, 300, 70_000].map { .integer($0) })
        #expect(config["sizes"] == sizes)
        #expect(file.root["again"] == sizes)
        #expect(config["pair"] == .list([.text("größe"), .none]))
        #expect(config["flag"] == .boolean(true))
        #expect(config["off"] == .boolean(false))
        #expect(config["shape"] == .list([.integer(1), .integer(28)]))
        #expect(config["device"] == .text("cpu"))
        #expect(config["gpu"] == .text("cuda:1"))
        #expect(config["dtype"] == .text("torch.float32"))
        #expect(config["bytes"] == .bytes([0, 255]))
        #expect(config["set"] == .list([.integer(7)]))
        #expect(config["ordered"]?["a"] == .integer(1))
        #expect(config["5"] == .text("five"))
        #expect(config["long text"]?.text?.count == 300)
        #expect(config["absent"] == nil)
    }

    @Test("are read from disk and only as far as they are wanted")
    func fromDisk() throws {
        let folder = try TemporaryFolder()
        for name in Self.files {
            let path = try folder.write([UInt8](OracleFile.data(name)), to: name)
            let file = try PyTorchFile(path: path)
            let tensors = try file.tensors(under: ["model_state_dict"]) { $0.hasPrefix("out.") }
            #expect(tensors.names == ["out.weight", "out.bias"])
            #expect(try file.tensors().names.contains("views.slice"))
        }
    }

    @Test("say which keys there are when one is missing")
    func missingKey() throws {
        let file = try load("zip.pt")
        #expect {
            try file.tensors(under: ["state_dict"])
        } throws: {
            "\($0)".contains("no key 'state_dict'; there is: epoch, model_state_dict, ")
        }
        #expect {
            try file.value(at: ["epoch", "x"])
        } throws: {
            "\($0)".contains("no key 'x'; there is: a number")
        }
    }

    @Test("never take more memory than is allowed")
    func limit() throws {
        for name in Self.files {
            let bytes = [UInt8](try OracleFile.data(name))
            let file = try PyTorchFile(bytes, name: name, limit: 64)
            #expect(throws: TensorFileError.self) { try file.tensors() }
            #expect(try file.tensors(under: ["kinds"]) { $0 == "int" }.names == ["int"])
        }
    }

    @Test("cut short at any byte are an error", arguments: files)
    func truncated(name: String) throws {
        let bytes = [UInt8](try OracleFile.data(name))
        let complete = (0..<bytes.count).filter { length in
            do {
                _ = try PyTorchFile(Array(bytes.prefix(length)), name: "cut.pt").tensors()
                return true
            } catch {
                return !(error is TensorFileError)
            }
        }
        #expect(complete.isEmpty, "not refused as a TensorFileError when cut to these lengths")
    }

    @Test("with bytes changed are read or refused", arguments: files)
    func damaged(name: String) throws {
        let bytes = [UInt8](try OracleFile.data(name))
        for index in stride(from: 0, to: bytes.count, by: 11) {
            var changed = bytes
            changed[index] ^= UInt8(truncatingIfNeeded: index &* 37 | 1)
            _ = try? PyTorchFile(changed, name: "changed.pt").tensors()
        }
    }

    @Test(
        "that are something else are an error that says so",
        arguments: [
            ("", "empty"), ("{\"a\": 1}", "begins with 7b 22 61"), ("PK\u{3}\u{4}", "zip file"),
            (String(repeating: "\0", count: 257) + "ustar", "a tar file"),
        ])
    func others(content: String, message: String) {
        #expect {
            try PyTorchFile(Array(content.utf8), name: "other.pt")
        } throws: {
            $0 is TensorFileError && "\($0)".hasPrefix("other.pt: ") && "\($0)".contains(message)
        }
    }

    private func load(_ name: String) throws -> PyTorchFile {
        try PyTorchFile([UInt8](OracleFile.data(name)), name: name)
    }
}
