import Exchange
import Files
import Foundation
import Networks
import Tensors
import TestSupport
import Testing
import VAEModels

/// ONNX files against onnxruntime: the oracle names the very bytes that it ran.
@Suite("ONNX files") struct ONNXTests {
    /// What onnxruntime made of a case's files.
    private struct Ran: Decodable {
        let name, encoder, decoder: String
        let mean, logVariance, output, image: Probe
    }

    private static func ran(_ entry: ExportedCase) throws -> Ran {
        let all = try OracleFile.load("onnxruntime.json", as: [Ran].self)
        return try #require(all.first { $0.name == entry.name })
    }

    /// The folder for `onnx_numbers.py`; files are written there when it is named.
    private static let folder = ProcessInfo.processInfo.environment["VAE_REPORT_ONNX_FOLDER"]

    @Test("onnxruntime ran these very bytes", arguments: ExportedCase.all)
    func bytes(entry: ExportedCase) throws {
        let (encoder, decoder) = (try entry.encoder().encoded(), try entry.decoder().encoded())
        if let folder = Self.folder {
            try AtomicFile("\(folder)/\(entry.name)-encoder.onnx").write(encoder)
            try AtomicFile("\(folder)/\(entry.name)-decoder.onnx").write(decoder)
            return
        }
        let ran = try Self.ran(entry)
        #expect(try Digest.sha256(of: encoder) == ran.encoder)
        #expect(try Digest.sha256(of: decoder) == ran.decoder)
    }

    @Test(
        "onnxruntime gives the engine's posteriors, outputs and mean images",
        .enabled(if: folder == nil), arguments: ExportedCase.all,
        Plans.hasGatherGEMM ? [KernelChoice.oneDNN, .automatic] : [.oneDNN])
    func numbers(entry: ExportedCase, kernels: KernelChoice) throws {
        let ran = try Self.ran(entry)
        let model = try CompiledVAE(
            entry.model, tensors: entry.tensors, batch: 2, kernels: kernels)
        let posterior = try model.encode(entry.images)
        #expect(ran.mean.deviation(of: posterior.mean) < 1e-4)
        #expect(ran.logVariance.deviation(of: posterior.logVariance) < 1e-4)
        #expect(ran.output.deviation(of: try model.decode(entry.codes)) < 1e-4)
        #expect(ran.image.deviation(of: try model.reconstruct(entry.codes)) < 1e-4)
    }

    @Test("inputs and outputs have names, shapes with an open batch, and words")
    func declarations() throws {
        let entry = ExportedCase.all[0]
        let (encoder, decoder) = (try entry.encoder().model, try entry.decoder().model)
        #expect(encoder.opsetImport.map(\.version) == [18])
        #expect(Self.shape(encoder.graph.input) == ["image: batch 1 12 12"])
        #expect(Self.shape(encoder.graph.output) == ["mean: batch 3", "log_variance: batch 3"])
        #expect(Self.shape(decoder.graph.input) == ["code: batch 3"])
        #expect(
            Self.shape(decoder.graph.output)
                == ["logits: batch 1 12 12", "image: batch 1 12 12"])
        #expect(decoder.graph.output.map(\.docString).allSatisfy { $0.hasSuffix(".") })
    }

    private static func shape(_ values: [ONNXValue]) -> [String] {
        values.map { value in
            let sizes = value.sort.array.sizes.size.map { size in
                size.name.isEmpty ? "\(size.count)" : size.name
            }
            return "\(value.name): \(sizes.joined(separator: " "))"
        }
    }

    @Test("a file says which data, model, pixels and config it is about")
    func metadata() throws {
        let model = try ExportedCase.all[1].decoder().model
        let facts = Dictionary(
            uniqueKeysWithValues: model.metadataProps.map { ($0.key, $0.value) })
        #expect(model.producerName == "vae-report" && model.producerVersion == "test")
        #expect(facts["dataset"] == "Waves" && facts["pixel_model"] == "gaussian")
        #expect(facts["pixel_range"] == "minus_one_one" && facts["pixel_scale"] == "0.25")
        #expect(facts["class_names"] == #"["up","down"]"#)
        #expect(facts["config"] == #"{"seed":"3"}"#)
        #expect(facts["config_sha256"] == (try Digest.sha256(of: #"{"seed":"3"}"#)))
        #expect(facts["output"] == "Numbers o; a pixel's mean in −1 … 1 is tanh(o).")
    }

    @Test("every value that a node reads was made before it", arguments: ExportedCase.all)
    func order(entry: ExportedCase) throws {
        for model in [try entry.encoder().model, try entry.decoder().model] {
            let graph = model.graph
            var known = Set(graph.input.map(\.name) + graph.initializer.map(\.name) + [""])
            #expect(known.count == graph.input.count + graph.initializer.count + 1)
            for node in graph.node {
                #expect(node.input.allSatisfy(known.contains), "\(node.name)")
                for name in node.output { #expect(known.insert(name).inserted, "\(name)") }
            }
            #expect(graph.output.map(\.name).allSatisfy(known.contains))
        }
    }

    @Test("a missing tensor is an error that names it")
    func missing() throws {
        let entry = ExportedCase.all[0]
        var tensors = entry.tensors
        tensors["mean.bias"] = nil
        #expect {
            try ONNXFile.encoder(
                of: entry.model, tensors: tensors,
                facts: ModelFacts(
                    entry.model, scale: nil, run: "", dataset: "", datasetDigest: "",
                    classNames: [], config: [:], weightsDigest: "", toolVersion: ""))
        } throws: {
            "\($0)" == "tensor 'mean.bias' of shape [3] is missing"
        }
    }
}
