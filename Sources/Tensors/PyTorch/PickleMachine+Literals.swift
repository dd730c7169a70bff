/// Opcodes that push a value, and two that only say how the pickle is written.
enum PickleLiteralOpcode: UInt8 {
    case proto = 0x80
    case frame = 0x95
    case none = 0x4e  // N
    case newTrue = 0x88
    case newFalse = 0x89
    case binInt = 0x4a  // J
    case binInt1 = 0x4b  // K
    case binInt2 = 0x4d  // M
    case long1 = 0x8a
    case binFloat = 0x47  // G
    case shortBinUnicode = 0x8c
    case binUnicode = 0x58  // X
    case binUnicode8 = 0x8d
    case shortBinBytes = 0x43  // C
    case binBytes = 0x42  // B
    case binBytes8 = 0x8e
    case shortBinString = 0x55  // U
    case binString = 0x54  // T
}

extension PickleMachine {
    /// Reads an opcode's argument; nil when it pushes nothing.
    mutating func literal(_ opcode: PickleLiteralOpcode) throws -> PickleObject? {
        switch opcode {
        case .proto:
            try checkProtocol()
            return nil
        case .frame:
            _ = try reader.bytes(8)
            return nil
        case .none: return PickleObject.none
        case .newTrue: return .boolean(true)
        case .newFalse: return .boolean(false)
        case .binInt: return .integer(Int(Int32(truncatingIfNeeded: try reader.unsigned(4))))
        case .binInt1: return .integer(try reader.length(1))
        case .binInt2: return .integer(try reader.length(2))
        case .long1: return .integer(try long(reader.length(1)))
        case .binFloat: return .number(try bigEndianDouble())
        case .shortBinUnicode: return .text(try reader.text(reader.length(1)))
        case .binUnicode: return .text(try reader.text(reader.length(4)))
        case .binUnicode8: return .text(try reader.text(reader.length(8)))
        case .shortBinBytes: return .bytes(Array(try reader.bytes(reader.length(1))))
        case .binBytes: return .bytes(Array(try reader.bytes(reader.length(4))))
        case .binBytes8: return .bytes(Array(try reader.bytes(reader.length(8))))
        case .shortBinString: return .text(try reader.text(reader.length(1)))
        case .binString: return .text(try reader.text(reader.length(4)))
        }
    }

    private mutating func checkProtocol() throws {
        let version = try reader.byte()
        guard (2...5).contains(version) else {
            throw PickleRefusal("pickle protocol \(version), expected 2 to 5")
        }
    }

    /// Python's integer of any size, two's complement, little-endian.
    private mutating func long(_ size: Int) throws -> Int {
        let bytes = try reader.bytes(size)
        guard bytes.count <= 8 else {
            throw PickleRefusal("an integer of \(size) bytes, expected at most 8")
        }
        let isNegative = bytes.last.map { $0 & 0x80 != 0 } ?? false
        return bytes.reversed().reduce(isNegative ? -1 : 0) { $0 << 8 | Int($1) }
    }

    private mutating func bigEndianDouble() throws -> Double {
        Double(bitPattern: try reader.bytes(8).reduce(0) { $0 << 8 | UInt64($1) })
    }
}
