import Files

/// What stands in an event file, read without the code that wrote it: TensorFlow's record frames and
/// just enough of protobuf's wire format.
struct EventReading {
    /// One value of one event.
    struct Entry: Equatable {
        var tag = ""
        var step = 0
        /// A scalar's value.
        var value: Float?
        /// An image's width and height.
        var image: [Int]?
        /// How many numbers a histogram counted.
        var counted: Double?
    }

    private(set) var entries: [Entry] = []

    init(folder: String, names: [String]) throws {
        for name in names.sorted() where name.hasPrefix("events.out.tfevents.") {
            var rest = try WholeFile.bytes(at: FilePath.join(folder, name))[...]
            while rest.count >= 16 {
                let size = Int(Self.littleEndian(rest.prefix(8)))
                read(event: rest.dropFirst(12).prefix(size))
                rest = rest.dropFirst(16 + size)
            }
        }
    }

    /// Steps of each tag, in the file's order.
    var steps: [String: [Int]] {
        entries.reduce(into: [:]) { $0[$1.tag, default: []].append($1.step) }
    }

    /// The scalars of a tag, in the file's order.
    func scalars(_ tag: String) -> [Float] { entries.filter { $0.tag == tag }.compactMap(\.value) }

    private mutating func read(event: ArraySlice<UInt8>) {
        var entry = Entry()
        let fields = Self.fields(event)
        entry.step = Int(fields.first { $0.number == 2 }?.integer ?? 0)
        for summary in fields where summary.number == 5 {
            for value in Self.fields(summary.bytes) where value.number == 1 {
                for part in Self.fields(value.bytes) {
                    let inner = [4, 5].contains(part.number) ? Self.fields(part.bytes) : []
                    switch part.number {
                    case 1: entry.tag = String(decoding: part.bytes, as: UTF8.self)
                    case 2: entry.value = Float(bitPattern: UInt32(part.integer))
                    case 4:
                        entry.image = [2, 1].map { number in
                            Int(inner.first { $0.number == number }?.integer ?? 0)
                        }
                    case 5:
                        entry.counted = Double(
                            bitPattern: inner.first { $0.number == 3 }?.integer ?? 0)
                    default: break
                    }
                }
                entries.append(entry)
            }
        }
    }

    private struct Field {
        let number: Int
        var integer: UInt64 = 0
        var bytes: ArraySlice<UInt8> = []
    }

    private static func fields(_ message: ArraySlice<UInt8>) -> [Field] {
        var (rest, fields) = (message, [Field]())
        while !rest.isEmpty {
            let key = varint(&rest)
            var field = Field(number: Int(key >> 3))
            switch key & 7 {
            case 0: field.integer = varint(&rest)
            case 1, 5:
                let size = key & 7 == 1 ? 8 : 4
                field.integer = littleEndian(rest.prefix(size))
                rest = rest.dropFirst(size)
            default:
                let size = Int(varint(&rest))
                field.bytes = rest.prefix(size)
                rest = rest.dropFirst(size)
            }
            fields.append(field)
        }
        return fields
    }

    private static func varint(_ rest: inout ArraySlice<UInt8>) -> UInt64 {
        var (value, shift) = (UInt64(0), UInt64(0))
        while let byte = rest.popFirst() {
            value |= UInt64(byte & 0x7f) << shift
            shift += 7
            if byte < 0x80 { break }
        }
        return value
    }

    private static func littleEndian(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
