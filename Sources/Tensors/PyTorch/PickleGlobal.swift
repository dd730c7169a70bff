/// The names that a pickle may mention; every other is refused.
///
/// None of them is Python's function: each stands for the value that calling it would build.
enum PickleGlobal: Equatable {
    /// `collections.OrderedDict`, of pairs or empty.
    case orderedDictionary
    /// `set` of a list, as protocol 2 writes it.
    case set
    /// `_codecs.encode` of a string as Latin-1: how protocol 2 writes bytes.
    case latin1Bytes
    /// `torch._utils._rebuild_tensor` and `_rebuild_tensor_v2`: a view of a storage.
    case tensor
    /// `torch._utils._rebuild_parameter`: its first argument, a tensor.
    case parameter
    /// `torch.Size`: a tuple of sizes.
    case size
    /// `torch.device`: a kind and perhaps a number.
    case device
    /// A storage class, mentioned in a storage's description.
    case storage(PyTorchElementType)
    /// `torch.float32` and its like, a value in a config.
    case elementTypeName(String)

    /// Looks up a name. Throws a ``PickleRefusal`` for one that is not listed.
    init(module: String, name: String) throws {
        switch (module, name) {
        case ("collections", "OrderedDict"): self = .orderedDictionary
        case ("__builtin__", "set"), ("builtins", "set"): self = .set
        case ("_codecs", "encode"): self = .latin1Bytes
        case ("torch._utils", "_rebuild_tensor_v2"), ("torch._utils", "_rebuild_tensor"):
            self = .tensor
        case ("torch._utils", "_rebuild_parameter"): self = .parameter
        case ("torch", "Size"): self = .size
        case ("torch", "device"): self = .device
        case ("torch", _), ("torch.storage", _), ("torch.cuda", _):
            if let type = PyTorchElementType(rawValue: name) {
                self = .storage(type)
            } else if module == "torch", Self.elementTypeNames.contains(name) {
                self = .elementTypeName("torch.\(name)")
            } else {
                throw PickleRefusal(Self.refusal(module, name))
            }
        default: throw PickleRefusal(Self.refusal(module, name))
        }
    }

    private static let elementTypeNames: Set<String> = [
        "float32", "float16", "bfloat16", "float64", "int64", "int32", "int16", "int8", "uint8",
        "bool",
    ]

    private static func refusal(_ module: String, _ name: String) -> String {
        let advice =
            module.hasPrefix("torch.nn") || module.hasPrefix("__torch__") || module == "__main__"
            ? "save the model's state_dict() instead of the model"
            : "save tensors, numbers, strings, lists and dictionaries only"
        return "'\(module).\(name)' is not among the names that a file of tensors needs, "
            + "so it is not loaded; \(advice)"
    }
}
