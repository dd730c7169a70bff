import Foundation

/// A tensor file that cannot be read.
public struct TensorFileError: Error, CustomStringConvertible {
    /// The file, as the user named it.
    public let file: String
    /// What was found and what was expected.
    public let reason: String

    /// An error about `file`.
    public init(file: String, reason: String) {
        self.file = file
        self.reason = reason
    }

    /// File and reason.
    public var description: String { "\(file): \(reason)" }
}

/// The safetensors format: a length, a JSON header of names, types, shapes and offsets, then the bytes.
///
/// <https://huggingface.co/docs/safetensors>. Float32 is written; other numbers that PyTorch saves are read
/// and become float32, as those of ``PyTorchFile`` do. Nothing in a file is ever executed.
public struct Safetensors: Sendable {
    /// The tensors in the order of the file's bytes.
    public var tensors: NamedTensors
    /// Free text by key, the format's `__metadata__`.
    public var metadata: [String: String]

    /// Tensors to be written, or that were read.
    public init(_ tensors: NamedTensors, metadata: [String: String] = [:]) {
        self.tensors = tensors
        self.metadata = metadata
    }

    /// The file's bytes; the same content always gives the same bytes.
    public func encoded() throws -> Data { Data(try encodedBytes()) }

    /// The same bytes as an array, which a file is written from without another copy of them.
    public func encodedBytes() throws -> [UInt8] {
        var header: [String: Any] = [:]
        if !metadata.isEmpty { header["__metadata__"] = metadata }
        var offset = 0
        for (name, tensor) in tensors.entries {
            let end = offset + tensor.values.count * 4
            header[name] = [
                "dtype": "F32", "shape": tensor.shape.sizes, "data_offsets": [offset, end],
            ]
            offset = end
        }
        var json = try JSONSerialization.data(
            withJSONObject: header, options: [.sortedKeys, .withoutEscapingSlashes])
        json.append(contentsOf: Array(repeating: 0x20, count: (8 - json.count % 8) % 8))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(8 + json.count + offset)
        withUnsafeBytes(of: UInt64(json.count).littleEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: json)
        for (_, tensor) in tensors.entries {
            tensor.values.withUnsafeBytes { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    /// Reads a file's bytes; `name` is what errors call it.
    public init(_ bytes: Data, name: String) throws {
        func fail(_ reason: String) -> TensorFileError {
            TensorFileError(file: name, reason: reason)
        }
        let bytes = Data(bytes)
        guard bytes.count >= 8 else { throw fail("\(bytes.count) bytes are no safetensors file") }
        let length = bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(bytes.count - 8) else {
            throw fail("the header claims \(length) bytes, \(bytes.count - 8) are there")
        }
        let end = 8 + Int(length)
        guard
            let object = try? JSONSerialization.jsonObject(with: bytes[8..<end]),
            let header = object as? [String: Any]
        else { throw fail("the header is no JSON object") }
        metadata = header["__metadata__"] as? [String: String] ?? [:]
        let entries = try header.filter { $0.key != "__metadata__" }.map { key, value in
            try Entry(key, value, available: bytes.count - end, fail: fail)
        }
        tensors = NamedTensors()
        var used = 0
        for entry in entries.sorted(by: {
            ($0.range.lowerBound, $0.range.upperBound, $0.name)
                < ($1.range.lowerBound, $1.range.upperBound, $1.name)
        }) {
            guard entry.range.lowerBound == used else {
                throw fail(
                    "tensor '\(entry.name)' starts at byte \(entry.range.lowerBound), "
                        + "the one before it ends at \(used)")
            }
            used = entry.range.upperBound
            let part = bytes[(end + entry.range.lowerBound)..<(end + entry.range.upperBound)]
            tensors[entry.name] = Tensor(entry.shape, entry.numbers(in: part))
        }
        guard used == bytes.count - end else {
            throw fail("\(bytes.count - end) bytes follow the header, its tensors take \(used)")
        }
    }

    /// One line of the header, checked.
    private struct Entry {
        let name: String
        let shape: Shape
        let range: Range<Int>
        private let elementType: PyTorchElementType

        private static let elementTypes: [String: PyTorchElementType] = [
            "F32": .float32, "F16": .float16, "BF16": .bfloat16, "F64": .float64, "I64": .int64,
            "I32": .int32, "I16": .int16, "I8": .int8, "U8": .uint8, "BOOL": .boolean,
        ]

        init(
            _ name: String, _ value: Any, available: Int, fail: (String) -> TensorFileError
        ) throws {
            guard
                let fields = value as? [String: Any], let type = fields["dtype"] as? String,
                let sizes = fields["shape"] as? [Int],
                let offsets = fields["data_offsets"] as? [Int],
                offsets.count == 2
            else { throw fail("the entry of tensor '\(name)' lacks dtype, shape or data_offsets") }
            guard let elementType = Self.elementTypes[type] else {
                let known = Self.elementTypes.keys.sorted().joined(separator: ", ")
                throw fail("tensor '\(name)' is \(type); read are \(known): convert it first")
            }
            guard
                offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] <= available,
                let count = Entry.count(sizes, atMost: available / elementType.size),
                count * elementType.size == offsets[1] - offsets[0]
            else {
                throw fail(
                    "tensor '\(name)' of shape \(sizes) does not fit bytes \(offsets) of \(available)"
                )
            }
            self.name = name
            self.elementType = elementType
            shape = Shape(sizes)
            range = offsets[0]..<offsets[1]
        }

        /// The tensor's numbers from its bytes.
        func numbers(in bytes: Data) -> [Float] {
            guard elementType != .float32 else {
                let count = shape.count
                return [Float](count: count) { out in
                    let room = UnsafeMutableBufferPointer(start: out, count: count)
                    let copied = bytes.copyBytes(to: UnsafeMutableRawBufferPointer(room))
                    precondition(copied == 4 * count, "\(copied) bytes for \(count) numbers")
                }
            }
            return elementType.numbers(in: [UInt8](bytes), count: shape.count)
        }

        /// The product of the sizes, nil when one is negative or the product is over `limit`.
        private static func count(_ sizes: [Int], atMost limit: Int) -> Int? {
            var product = 1
            for size in sizes {
                guard size >= 0 else { return nil }
                let (next, overflow) = product.multipliedReportingOverflow(by: size)
                guard !overflow else { return nil }
                product = next
            }
            return product <= max(limit, 1) ? product : nil
        }
    }
}
