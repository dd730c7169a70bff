import Datasets
import Evaluation
import Tensors
import TestSupport
import Testing

@Suite("LPIPS against a re-derivation in PyTorch")
struct PerceptualDistanceTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let seed: UInt64
        let trunk: String
        let channels: Int
        let height: Int
        let width: Int
        let count: Int
        let distances: [Double]

        var testDescription: String { "\(trunk), \(channels) × \(height) × \(width)" }
    }

    private static func cases() throws -> [Case] {
        try oracle("perceptual", as: [Case].self)
    }

    private let grey = ImageShape(channels: 1, height: 28, width: 28)

    @Test("distances agree to 1e-4 with shared weights", arguments: try cases())
    func agree(_ expected: Case) throws {
        var trunk = ThinTrunk(expected.trunk, seed: expected.seed)
        let shape = ImageShape(
            channels: expected.channels, height: expected.height, width: expected.width)
        let first = trunk.pixels(expected.count * shape.pixelCount)
        let second = trunk.pixels(first.count)
        let distance = try PerceptualDistance(
            PerceptualWeights(trunk.tensors, source: "thin"), shape: shape)
        let found = try distance.distances(first, second)
        #expect(largestDifference(found, expected.distances) < 1e-4)
        #expect(found.allSatisfy { $0 > 0.01 })
        #expect(try distance.distances(first, first).allSatisfy { $0 == 0 })
    }

    @Test("the protocol names trunk, file, channels and size")
    func words() throws {
        let weights = PerceptualWeights(
            ThinTrunk("squeeze", seed: 1).tensors, source: "squeeze.pth")
        let small = try PerceptualDistance(weights, shape: grey)
        #expect(small.title == "LPIPS (SqueezeNet 1.1)")
        for part in ["v0.1", "squeeze.pth", "grey repeated", "64×64 bilinearly"] {
            #expect(small.protocolPart.contains(part))
        }
        let large = try PerceptualDistance(
            weights, shape: ImageShape(channels: 3, height: 70, width: 80))
        #expect(large.protocolPart.hasSuffix("at their own size"))
    }

    @Test("trunk and heads come from one file or two, with torchvision's names or those of lpips")
    func files() throws {
        let thin = ThinTrunk("alex", seed: 61).tensors
        var trunk = NamedTensors()
        var heads = NamedTensors()
        for (name, tensor) in thin.entries {
            let parts = name.split(separator: ".")
            if parts[0] == "features" {
                trunk["net.slice1." + parts.dropFirst().joined(separator: ".")] = tensor
            } else {
                heads["lins.\(parts[0].dropFirst(3)).model.1.weight"] = tensor
            }
        }
        trunk["net.scaling_layer.shift"] = Tensor([1], [0])
        let folder = try TemporaryFolder()
        let paths = try [("trunk", trunk), ("heads", heads)].map { name, tensors in
            try folder.write(
                Array(Safetensors(tensors).encoded()), to: "\(name).safetensors")
        }
        let read = try PerceptualWeights(paths: paths)
        #expect(read.source == "trunk.safetensors + heads.safetensors")
        #expect(Set(read.tensors.names) == Set(PerceptualWeights(thin, source: "").tensors.names))
        _ = try PerceptualDistance(read, shape: grey)
    }

    @Test("what is missing or of another shape is named")
    func broken() throws {
        func problem(_ change: (inout NamedTensors) -> Void) -> String {
            var tensors = ThinTrunk("alex", seed: 61).tensors
            change(&tensors)
            do {
                _ = try PerceptualDistance(
                    PerceptualWeights(tensors, source: "alex.pth"), shape: grey)
                return ""
            } catch {
                return "\(error)"
            }
        }
        let noHeads = problem { $0["lin3.model.1.weight"] = nil }
        #expect(noHeads.contains("alex.pth: there is no tensor 'lin3.weight'"))
        #expect(noHeads.contains("lpips names them"))
        #expect(problem { $0["features.6.bias"] = nil }.contains("'features.6.bias'"))
        let narrow = problem { $0["lin0.model.1.weight"] = Tensor([1, 3, 1, 1], repeating: 1) }
        #expect(narrow.contains("has shape [1, 3, 1, 1], [1, 4, 1, 1] is expected"))
        let flat = problem { $0["features.0.weight"] = Tensor([4], repeating: 1) }
        #expect(flat.contains("4 axes are expected"))
        let infinite = problem { $0["features.8.bias"] = Tensor([6], repeating: .infinity) }
        #expect(infinite.contains("not finite"))
        let none = problem { $0 = NamedTensors() }
        #expect(none.contains("there is no trunk"))
    }

    @Test("a file that is neither safetensors nor PyTorch's is refused")
    func garbage() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("this is no file of tensors", to: "weights.pth")
        #expect(throws: (any Error).self) { try PerceptualWeights(paths: [path]) }
        #expect(throws: (any Error).self) {
            try PerceptualWeights(paths: [folder.path("missing.pth")])
        }
    }
}
