import Exchange
import Files
import Foundation
import Networks
import Tensors
import TestSupport
import Training
import VAEModels

extension FuzzedParser {
    static func safetensors(_ name: String) throws -> FuzzedParser {
        FuzzedParser(
            name,
            seeds: try [
                oracle("python.safetensors"), oracle("python_types.safetensors"),
                Safetensors(tensors, metadata: ["a": "b"]).encodedBytes(),
            ], tokens: jsonTokens + headerTokens, brackets: jsonBrackets
        ) { bytes in
            _ = try Safetensors(Data(bytes), name: "a.safetensors")
        }
    }

    static func checkpoint(_ name: String) throws -> FuzzedParser {
        var history = TrainingHistory()
        history.epochs = [
            EpochRecord(
                epoch: 1, train: ObjectiveTerms(reconstruction: 90.5, kl: 20), learningRate: 1e-3)
        ]
        var controller = KLController(target: 20, start: 1)
        controller.observe(kl: 30)
        let checkpoint = Checkpoint(
            state: TrainingState(
                tensors: tensors, average: tensors, moments: ["first_moment": tensors], steps: 7,
                klController: controller, history: history), fingerprint: "abc",
            config: ["train.lr": "0.001"], bestDigests: ["best.safetensors": "00"])
        return FuzzedParser(
            name,
            seeds: [try checkpoint.encodedStateBytes()], tokens: jsonTokens + headerTokens,
            brackets: jsonBrackets
        ) { bytes in
            let read = try Checkpoint(Data(bytes), name: "last.safetensors")
            _ = try read.encodedStateBytes()
        }
    }

    static func torchZip(_ name: String) throws -> FuzzedParser {
        FuzzedParser(
            name,
            seeds: try [oracle("zip.pt"), oracle("deflated.pt"), tinyTorchZip(TinyPickle.model)],
            tokens: zipTokens + pickleTokens, cases: 300
        ) { bytes in
            _ = try PyTorchFile(bytes, name: "a.pt", limit: 64 << 20).weights()
        }
    }

    static func torchPickle(_ name: String) throws -> FuzzedParser {
        FuzzedParser(
            name, seeds: [TinyPickle.model, TinyPickle.values], tokens: pickleTokens,
            brackets: [("(", "t"), ("]", "a"), ("(]", "l"), ("}", "}s")],
            cases: 1500
        ) { bytes in
            _ = try PyTorchFile(tinyTorchZip(bytes), name: "a.pt", limit: 64 << 20).weights()
        }
    }

    static func torchStream(_ name: String) throws -> FuzzedParser {
        FuzzedParser(
            name, seeds: [try oracle("stream.pt"), TinyPickle.stream], tokens: pickleTokens
        ) { bytes in
            _ = try PyTorchFile(bytes, name: "a.pt", limit: 64 << 20).weights()
        }
    }

    static func nameMap(_ name: String) throws -> FuzzedParser {
        let model = VAEDescription.convolutional(
            image: FeatureShape(channels: 1, height: 8, width: 8), base: 2, latentSize: 3)
        let (ours, expected) = (model.initialParameters(seed: 1), model.expectedTensors)
        return FuzzedParser(
            name,
            texts: [
                "# ours\n'encoder.c*': encoder.c*  # all\n\"encoder.n*\": encoder.n*\n"
                    + "mean.weight: [mean.weight]\n",
                "*: *", "encoder.*.*: encoder.*.*\ndecoder*: decoder*\nmean*: mean*\nlog*: log*\n",
            ],
            words: ["*", "*.*", ": ", "[", "]", ",", "~", "null", "\"", "'", "#", "mean.weight"],
            brackets: [("[", "]"), ("*", "*")]
        ) { text in
            let map = try NameMap(SourceText(name: "map.yaml", text: text))
            _ = try map.tensors(ours, for: expected, file: "their.pt")
        }
    }

    static let jsonTokens = [
        "{", "}", "[", "]", ",", ":", "\"", "null", "true", "false", "0", "-1", "1e999", "\\u0000",
        "\\ud800", "\"value\":", "\"n\":", "[]", "{}",
    ].map { Array($0.utf8) }

    static let jsonBrackets = [
        (open: "[", close: "]"), (open: "{\"a\":", close: "}"), (open: "[{\"a\":[", close: "]}]"),
    ]

    private static let headerTokens = [
        "\"shape\":[", "\"dtype\":\"F32\"", "\"data_offsets\":[0,", "\"dtype\":\"F16\"",
        "\"dtype\":\"I64\"", "\"__metadata__\":{", "\"dtype\":\"BOOL\"", "\"dtype\":\"BF16\"",
        "    ",
        "\"steps\":\"", "\"skipped\":", "\"history\":",
    ].map { Array($0.utf8) }

    private static let tensors: NamedTensors = {
        var tensors = NamedTensors()
        tensors["mean.weight"] = Tensor([2, 3], [1, 2, 3, 4, 5, 6])
        tensors["mean.bias"] = Tensor([2], [1, .nan])
        tensors["empty"] = Tensor([0, 4], [])
        tensors["scalar"] = Tensor([], [7])
        return tensors
    }()

    private static func oracle(_ name: String) throws -> [UInt8] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("TensorsTests/Oracles/\(name)")
        return [UInt8](try Data(contentsOf: file))
    }

    /// A file as `torch.save` writes it, of this pickle and one storage of 16 numbers.
    private static func tinyTorchZip(_ pickle: [UInt8]) -> [UInt8] {
        StoredZip.bytes([
            ("a/data.pkl", pickle), ("a/byteorder", Array("little".utf8)),
            ("a/data/0", [UInt8](repeating: 1, count: 64)), ("a/version", [0x33]),
        ])
    }

    private static let pickleTokens: [[UInt8]] =
        [
            "N", "J", "K\u{1}", "M", "G", "(", "0", "1", "2", "h\u{0}", "h\u{1}", "q\u{0}",
            "q\u{1}",
            "c", "R", "b", "Q", "]", ")", "}", "l", "t", "d", "a", "e", "s", "u", ".",
            "ccollections\nOrderedDict\n", "c__builtin__\nset\n", "c_codecs\nencode\n",
            "ctorch\nSize\n", "ctorch\ndevice\n", "ctorch\nHalfStorage\n",
            "ctorch._utils\n_rebuild_tensor_v2\n", "ctorch._utils\n_rebuild_parameter\n",
            "cos\nsystem\n", "X\u{1}\u{0}\u{0}\u{0}a",
        ].map { Array($0.utf8) }
        + [
            [0x81], [0x85], [0x86], [0x87], [0x88], [0x89], [0x8f], [0x90], [0x93], [0x94],
            [0x80, 2], [0x8a, 8, 255, 255, 255, 255, 255, 255, 255, 127], [0x8a, 1, 255],
            [0x8d, 255, 255, 255, 255, 255, 255, 255, 255], [0x95, 0, 0, 0, 0, 0, 0, 0, 0],
        ]
}

/// Pickles as PyTorch writes them, by hand.
enum TinyPickle {
    private static let storage = join([
        text("storage"), global("torch", "FloatStorage"), text("0"), text("cpu"), [0x4b, 16],
    ])
    private static let noHooks = join([global("collections", "OrderedDict"), bytes(")R")])

    /// An ordered dictionary with a tensor `[2, 3]`, one more of the same storage and a parameter.
    static let model = join([
        [0x80, 2], global("collections", "OrderedDict"), bytes(")Rq\u{0}("),
        text("w"), tensor(offset: 0, sizes: [2, 3], strides: [3, 1]), bytes("q\u{1}"),
        text("b"), tensor(offset: 4, sizes: [3, 2], strides: [1, 4]),
        text("p"), global("torch._utils", "_rebuild_parameter"), bytes("(h\u{1}"), [0x88], noHooks,
        bytes("tRu."),
    ])

    /// Everything else that may stand in a checkpoint.
    static let values = join([
        [0x80, 2], bytes("}q\u{0}("),
        text("epoch"), [0x4b, 3], text("lr"), [0x47, 0x3f, 0x50, 0, 0, 0, 0, 0, 0],
        text("none"), bytes("N"), text("yes"), [0x88], text("list"), bytes("](K\u{1}K\u{2}e"),
        text("large"), [0x8a, 3, 0, 0, 1],
        text("size"), global("torch", "Size"), [0x4b, 2, 0x4b, 3, 0x86, 0x85], bytes("R"),
        text("set"), global("__builtin__", "set"), bytes("](K\u{5}e"), [0x85], bytes("R"),
        text("bytes"), global("_codecs", "encode"), text("abc"), text("latin1"), [0x86], bytes("R"),
        text("device"), global("torch", "device"), text("cuda"), [0x4b, 0, 0x86], bytes("R"),
        text("model_state_dict"), bytes("}("), text("module.w"),
        tensor(offset: [0x4b, 0], sizes: [], strides: []), bytes("uu."),
    ])

    /// The same in the form before PyTorch 1.6.
    static let stream = join([
        [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e],
        [0x80, 2, 0x4d, 0xe9, 3, 0x2e],
        [0x80, 2], bytes("}("), text("little_endian"), [0x88], bytes("u."),
        model, [0x80, 2], bytes("]("), text("0"), bytes("e."),
        [16, 0, 0, 0, 0, 0, 0, 0], [UInt8](repeating: 2, count: 64),
    ])

    private static func join(_ parts: [[UInt8]]) -> [UInt8] { Array(parts.joined()) }

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    private static func global(_ module: String, _ name: String) -> [UInt8] {
        bytes("c\(module)\n\(name)\n")
    }

    private static func text(_ text: String) -> [UInt8] {
        bytes("X") + [UInt8(text.utf8.count), 0, 0, 0] + bytes(text)
    }

    private static func tuple(_ items: [[UInt8]]) -> [UInt8] {
        join([bytes("(")] + items + [bytes("t")])
    }

    /// A call that rebuilds a tensor of the one storage; numbers are pickled already.
    static func tensor(offset: [UInt8], sizes: [[UInt8]], strides: [[UInt8]]) -> [UInt8] {
        join([
            global("torch._utils", "_rebuild_tensor_v2"), bytes("(("), storage, bytes("tQ"), offset,
            tuple(sizes), tuple(strides), [0x89], noHooks, bytes("tR"),
        ])
    }

    private static func tensor(offset: UInt8, sizes: [UInt8], strides: [UInt8]) -> [UInt8] {
        tensor(
            offset: [0x4b, offset], sizes: sizes.map { [0x4b, $0] },
            strides: strides.map { [0x4b, $0] })
    }

    /// A file of one value under the name "w".
    static func dictionary(_ value: [UInt8]) -> [UInt8] {
        join([[0x80, 2], bytes("}"), text("w"), value, bytes("s.")])
    }
}
