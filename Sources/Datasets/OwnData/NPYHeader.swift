/// What the beginning of a .npy file says (NumPy's format, versions 1 to 3).
///
///     93 'NUMPY' major minor    the magic number and the version
///     2 or 4 bytes              the header's length, little-endian
///     text                      {'descr': '<f4', 'fortran_order': False, 'shape': (60000, 28, 28), }
struct NPYHeader: Equatable {
    /// NumPy's name of the numbers: `|u1`, `<f4`.
    let type: String
    /// Whether the first index is the fastest.
    let isFortran: Bool
    /// Sizes, slowest first.
    let shape: [Int]

    /// Headers longer than this are no headers.
    private static let mostBytes = 1 << 16

    /// Reads the header from where `read` gives the next bytes. Throws a ``DatasetError`` that calls
    /// the file `name`.
    init(name: String, read: (Int) throws -> [UInt8]) throws {
        func fail(_ problem: String, at byte: Int) -> DatasetError {
            .malformed(file: name, byte: byte, problem: problem)
        }
        let start = try read(8)
        guard start.count == 8, start.starts(with: [0x93] + Array("NUMPY".utf8)) else {
            throw fail("this is no .npy array; write one with numpy.save", at: 0)
        }
        guard (1...3).contains(start[6]) else {
            throw fail("version \(start[6]) of the format, but 1 to 3 are known", at: 6)
        }
        let size = start[6] == 1 ? 2 : 4
        let length = try read(size).reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= Self.mostBytes else {
            throw fail("a header of \(length) bytes", at: 8)
        }
        let text = try read(length)
        guard text.count == length else {
            throw fail("the file ends inside its header", at: 8 + size)
        }
        guard let header = Self(String(decoding: text, as: UTF8.self)) else {
            throw fail("the header is no description of an array", at: 8 + size)
        }
        self = header
    }

    /// The text of a header; nil when it is not in NumPy's form.
    private init?(_ text: String) {
        guard let type = text.firstMatch(of: /'descr':\s*'([^']*)'/)?.1,
            let order = text.firstMatch(of: /'fortran_order':\s*(True|False)/)?.1,
            let sizes = text.firstMatch(of: /'shape':\s*\(([0-9, L]*)\)/)?.1
        else { return nil }
        let parts = sizes.split(separator: ",").map { $0.filter { $0.isNumber } }
        let numbers = parts.filter { !$0.isEmpty }.compactMap { Int($0) }
        guard numbers.count == parts.filter({ !$0.isEmpty }).count else { return nil }
        (self.type, isFortran, shape) = (String(type), order == "True", numbers)
    }

    /// Numbers in the array; nil when there are more than can be counted.
    var count: Int? {
        shape.reduce(1 as Int?) { product, size in
            guard let product else { return nil }
            let (next, isTooLarge) = product.multipliedReportingOverflow(by: size)
            return isTooLarge || next > 1 << 40 ? nil : next
        }
    }
}

/// The numbers that arrays of images and classes are made of.
enum NPYNumber: String {
    case boolean = "|b1"
    case byte = "|u1"
    case signedByte = "|i1"
    case short = "<i2"
    case unsignedShort = "<u2"
    case int = "<i4"
    case unsignedInt = "<u4"
    case long = "<i8"
    case unsignedLong = "<u8"
    case float = "<f4"
    case double = "<f8"

    /// Bytes of one.
    var size: Int {
        switch self {
        case .boolean, .byte, .signedByte: 1
        case .short, .unsignedShort: 2
        case .int, .unsignedInt, .float: 4
        case .long, .unsignedLong, .double: 8
        }
    }

    /// Whether it is a whole number.
    var isWhole: Bool { self != .float && self != .double }

    /// Number `index` of little-endian bytes.
    func value(_ bytes: [UInt8], _ index: Int) -> Double {
        let start = index * size
        var bits: UInt64 = 0
        for place in stride(from: start + size - 1, through: start, by: -1) {
            bits = bits << 8 | UInt64(bytes[place])
        }
        return switch self {
        case .boolean: bits == 0 ? 0 : 1
        case .byte, .unsignedShort, .unsignedInt, .unsignedLong: Double(bits)
        case .signedByte: Double(Int8(truncatingIfNeeded: bits))
        case .short: Double(Int16(truncatingIfNeeded: bits))
        case .int: Double(Int32(truncatingIfNeeded: bits))
        case .long: Double(Int64(bitPattern: bits))
        case .float: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
        case .double: Double(bitPattern: bits)
        }
    }
}
