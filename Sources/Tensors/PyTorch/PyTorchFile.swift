import Files

/// A checkpoint as `torch.save` writes it (.pt, .pth, .bin), read without executing anything.
///
/// A zip file holds a pickle, `<name>/data.pkl`, and the bytes of each storage, `<name>/data/<key>`.
/// Before PyTorch 1.6 they stood one after the other in one stream; both are read. The pickle is
/// interpreted by a machine that knows tensors and plain values and refuses everything else by name.
/// Numbers are read when tensors are asked for, and only theirs.
public struct PyTorchFile: Sendable {
    /// What errors call the file.
    public let name: String
    /// What was saved: usually a dictionary of tensors, or of more than tensors.
    public let root: PickleValue
    private let storages: any PyTorchStorageSource
    private let counts: [String: PyTorchStorage]
    private let limit: Int

    /// Reads a file's structure. Throws ``TensorFileError``, or ``Files/FileError`` when the file
    /// cannot be read at all.
    ///
    /// `limit` bounds the bytes that storages and tensors may take, each.
    public init(path: String, limit: Int = 8 << 30) throws {
        let beginning = try WholeFile.bytes(at: path, prefix: Self.beginningLength)
        if Self.isZip(beginning) {
            try self.init(zip: ZipFile(source: .path(path), name: path), limit: limit)
        } else {
            try self.init(stream: WholeFile.bytes(at: path, limit: limit), path, limit: limit)
        }
    }

    /// Reads the structure of a file in memory; `name` is what errors call it.
    public init(_ bytes: [UInt8], name: String, limit: Int = 8 << 30) throws {
        if Self.isZip(bytes) {
            try self.init(zip: ZipFile(source: .bytes(bytes), name: name), limit: limit)
        } else {
            try self.init(stream: bytes, name, limit: limit)
        }
    }

    /// All tensors below `path`, a list of keys, with the names of nested dictionaries joined by dots.
    ///
    /// What is no tensor is passed over; `isWanted` chooses among the names, and only what it wants is
    /// read. Throws ``TensorFileError`` when a key is not there or a storage is damaged.
    public func tensors(
        under path: [String] = [], where isWanted: (String) -> Bool = { _ in true }
    ) throws -> NamedTensors {
        var views: [(name: String, tensor: PyTorchTensor)] = []
        Self.collect(try value(at: path), name: "", into: &views)
        return try read(views.filter { isWanted($0.name) })
    }

    /// One tensor's numbers.
    public func tensor(_ tensor: PyTorchTensor) throws -> Tensor {
        try read([("", tensor)])[""] ?? Tensor([], repeating: 0)
    }

    /// The value below `path`, a list of keys. Throws ``TensorFileError`` that lists the keys there are.
    public func value(at path: [String]) throws -> PickleValue {
        var value = root
        for key in path {
            guard let next = value[key] else {
                let there = value.dictionary?.keys.joined(separator: ", ") ?? value.kind
                throw TensorFileError(file: name, reason: "no key '\(key)'; there is: \(there)")
            }
            value = next
        }
        return value
    }

    private static func collect(
        _ value: PickleValue, name: String,
        into views: inout [(name: String, tensor: PyTorchTensor)]
    ) {
        switch value {
        case .tensor(let tensor): views.append((name, tensor))
        case .dictionary(let dictionary):
            for (key, value) in dictionary.entries {
                collect(value, name: name.isEmpty ? key : "\(name).\(key)", into: &views)
            }
        default: break
        }
    }

    private func read(_ views: [(name: String, tensor: PyTorchTensor)]) throws -> NamedTensors {
        let keys = Set(views.map(\.tensor.storage))
        let held = keys.reduce(0) { min($0 + (counts[$1]?.count ?? 0) / 16, limit / 64) } * 16
        // Views may repeat numbers, but no model is mostly repetition.
        var left = min(limit / 4, Self.repeats * held + 1 << 20)
        for view in views {
            left -= min(view.tensor.shape.count, left + 1)
            guard left >= 0 else {
                throw TensorFileError(
                    file: name,
                    reason: "tensors take more than \(limit) bytes, or repeat the file's numbers "
                        + "more than \(Self.repeats) times")
            }
        }
        let bytes = try storages.bytes(of: counts.filter { keys.contains($0.key) }, limit: limit)
        var tensors = NamedTensors()
        for (name, tensor) in views {
            tensors[name] = Tensor(tensor.shape, tensor.values(in: bytes[tensor.storage] ?? []))
        }
        return tensors
    }
}

/// Where a file keeps the bytes of its storages.
protocol PyTorchStorageSource: Sendable {
    /// The bytes of these storages, each exactly as long as it should be; at most `limit` in all.
    func bytes(of storages: [String: PyTorchStorage], limit: Int) throws -> [String: [UInt8]]
}

extension PyTorchFile {
    private static let beginningLength = 16
    /// How often a file's numbers may stand in its tensors on average: two views of tied weights do.
    private static let repeats = 16

    private static func isZip(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x50, 0x4b, 0x03, 0x04])
    }

    private init(zip: ZipFile, limit: Int) throws {
        let source = try PyTorchZip(zip)
        (root, counts) = try Self.interpret(source.pickle, name: zip.name)
        name = zip.name
        storages = source
        self.limit = limit
    }

    private init(stream bytes: [UInt8], _ name: String, limit: Int) throws {
        let source = try PyTorchStream(bytes, name: name)
        self.name = name
        root = source.root
        counts = source.storages
        storages = source
        self.limit = limit
    }

    private static func interpret(
        _ pickle: [UInt8], name: String
    ) throws -> (PickleValue, [String: PyTorchStorage]) {
        var machine = PickleMachine(pickle)
        do {
            return (try machine.run(), machine.storages)
        } catch let problem as PickleProblem {
            throw TensorFileError(
                file: name, reason: "at byte \(problem.byte) of data.pkl: \(problem.reason)")
        }
    }
}
