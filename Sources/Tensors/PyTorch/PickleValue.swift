/// A value that Python's pickle holds, of the kinds that describe a checkpoint.
public indirect enum PickleValue: Sendable, Equatable {
    /// Python's `None`.
    case none
    /// A truth value.
    case boolean(Bool)
    /// A whole number of at most 64 bits.
    case integer(Int)
    /// A float, which Python keeps in double precision.
    case number(Double)
    /// A string; a `torch.device` and a `torch.dtype` are read as their names.
    case text(String)
    /// A `bytes` object.
    case bytes([UInt8])
    /// A list, a tuple, a set or a `torch.Size`, in order.
    case list([PickleValue])
    /// A dictionary, ordered or not.
    case dictionary(PickleDictionary)
    /// A tensor, not read yet.
    case tensor(PyTorchTensor)

    /// What a dictionary holds under `key`; nil without it and for everything else.
    public subscript(key: String) -> PickleValue? {
        if case .dictionary(let entries) = self { entries[key] } else { nil }
    }

    /// A whole number, also when it was written as a float; nil for everything else.
    public var integer: Int? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int(exactly: value)
        default: nil
        }
    }

    /// A number of either kind; nil for everything else.
    public var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// A string; nil for everything else.
    public var text: String? { if case .text(let value) = self { value } else { nil } }

    /// A dictionary's entries; nil for everything else.
    public var dictionary: PickleDictionary? {
        if case .dictionary(let value) = self { value } else { nil }
    }

    /// The kind as a message names it, with the article.
    var kind: String {
        switch self {
        case .none: "None"
        case .boolean: "a truth value"
        case .integer, .number: "a number"
        case .text: "a string"
        case .bytes: "bytes"
        case .list: "a list"
        case .dictionary: "a dictionary"
        case .tensor: "a tensor"
        }
    }
}

/// A Python dictionary: entries in the order in which Python would list them.
public struct PickleDictionary: Sendable, Equatable {
    /// Keys in order; a number as a key is its decimal digits.
    public private(set) var keys: [String] = []
    private var values: [String: PickleValue] = [:]

    /// The value under `key`; a later one replaces an earlier, in the earlier one's place.
    public internal(set) subscript(key: String) -> PickleValue? {
        get { values[key] }
        set {
            if values[key] == nil { keys.append(key) }
            values[key] = newValue
        }
    }

    /// Keys with their values, in order.
    public var entries: [(key: String, value: PickleValue)] {
        keys.compactMap { key in values[key].map { (key, $0) } }
    }
}
