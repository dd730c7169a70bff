import Files
import FoundationEssentials
import Tensors

/// The tensors of a perceptual distance as files hold them, under one set of names: torchvision's for the
/// trunk (`features.0.weight`) and `lin0.weight` … for the heads.
///
/// Read are safetensors files and what `torch.save` writes (nothing in a file is executed): torchvision's
/// state dictionary of AlexNet or SqueezeNet 1.1, the heads of the `lpips` package
/// (`lin0.model.1.weight`), a whole `lpips.LPIPS` (`net.slice1.0.weight`), together or in two files.
public struct PerceptualWeights: Sendable {
    /// What errors call the files.
    public let source: String
    /// Tensors by canonical name.
    public let tensors: NamedTensors

    /// Largest file that is read: a torchvision AlexNet has 244 MB.
    private static let largestFile = 1 << 30

    /// Reads and merges `paths`; of two tensors of one name the later stays. Throws `TensorFileError` and
    /// `FileError`.
    public init(paths: [String]) throws {
        var merged = NamedTensors()
        for path in paths {
            for (name, tensor) in try Self.read(path).entries {
                if let name = Self.canonical(name) { merged[name] = tensor }
            }
        }
        source = paths.map { FilePath.name(of: $0) }.joined(separator: " + ")
        tensors = merged
    }

    /// The paths in a config's text, which separates them with commas: "alexnet.pth, alex.pth".
    public static func paths(_ text: String) -> [String] {
        text.split(separator: ",").compactMap { part in
            let path = part.drop { $0.isWhitespace }
            let end = path.lastIndex { !$0.isWhitespace }
            return end.map { String(path[...$0]) }
        }
    }

    /// Takes tensors under any of the names that files have; `source` is what errors call them.
    public init(_ tensors: NamedTensors, source: String) {
        var merged = NamedTensors()
        for (name, tensor) in tensors.entries {
            if let name = Self.canonical(name) { merged[name] = tensor }
        }
        self.source = source
        self.tensors = merged
    }

    private static func read(_ path: String) throws -> NamedTensors {
        let start = try WholeFile.bytes(at: path, prefix: 9)
        // A safetensors header is JSON after its length; neither zip nor pickle has a brace there.
        guard start.count == 9, start[8] == UInt8(ascii: "{") else {
            return try PyTorchFile(path: path, limit: largestFile)
                .tensors { canonical($0) != nil }
        }
        let bytes = try WholeFile.bytes(at: path, limit: largestFile)
        return try Safetensors(Data(bytes), name: FilePath.name(of: path)).tensors
    }

    /// The name here of a tensor that files call `name`; nil for what no distance needs.
    static func canonical(_ name: String) -> String? {
        let parts = name.split(separator: ".").map(String.init)
        if let start = parts.lastIndex(of: "features"), start + 1 < parts.count {
            return parts[start...].joined(separator: ".")
        }
        if let slice = parts.lastIndex(where: { isNumbered($0, after: "slice") }),
            slice + 1 < parts.count
        {
            return (["features"] + parts[(slice + 1)...]).joined(separator: ".")
        }
        guard parts.last == "weight" else { return nil }
        if let head = parts.first(where: { isNumbered($0, after: "lin") }) {
            return "\(head).weight"
        }
        if let list = parts.firstIndex(of: "lins"), list + 1 < parts.count,
            let number = Int(parts[list + 1])
        {
            return "lin\(number).weight"
        }
        return nil
    }

    private static func isNumbered(_ part: String, after prefix: String) -> Bool {
        part.hasPrefix(prefix) && Int(part.dropFirst(prefix.count)) != nil
    }

    /// A tensor with as many axes as `axes` says, of any sizes. Throws `EvaluationError`.
    func tensor(_ name: String, axes: Int) throws -> Tensor {
        guard let tensor = tensors[name] else {
            throw EvaluationError.badWeights(
                file: source, problem: "there is no tensor '\(name)'")
        }
        guard tensor.shape.sizes.count == axes, tensor.shape.count > 0 else {
            throw EvaluationError.badWeights(
                file: source,
                problem: "tensor '\(name)' has shape \(tensor.shape), \(axes) axes are expected")
        }
        guard tensor.values.allSatisfy(\.isFinite) else {
            throw EvaluationError.badWeights(
                file: source, problem: "tensor '\(name)' holds numbers that are not finite")
        }
        return tensor
    }

    /// A tensor of exactly this shape. Throws `EvaluationError`.
    func tensor(_ name: String, shape: Shape) throws -> Tensor {
        let tensor = try tensor(name, axes: shape.sizes.count)
        guard tensor.shape == shape else {
            throw EvaluationError.badWeights(
                file: source,
                problem: "tensor '\(name)' has shape \(tensor.shape), \(shape) is expected")
        }
        return tensor
    }
}
