import Files
import Tensors

/// An array in a .npy file, or in a member of a .npz file, read from its beginning as often as needed.
///
/// It is read by pieces: a file that is cut short meanwhile is an error, and nothing of it stays in memory.
struct NPYArray {
    /// What messages call it: the path, for a member with its name.
    let name: String
    let header: NPYHeader
    let number: NPYNumber
    private let path: String
    /// The member's name; nil for a .npy file.
    private let member: String?

    /// Bytes read at once.
    private static let pieceSize = 1 << 20

    /// The array in a .npy file. Throws a ``DatasetError`` or a ``Files/FileError``.
    init(file path: String) throws {
        let file = try CompressedFile(FoundFile(path))
        try self.init(path, member: nil, NPYHeader(name: path, read: file.read))
    }

    private init(_ path: String, member: String?, _ header: NPYHeader) throws {
        name = member.map { "\(path), \($0)" } ?? path
        (self.path, self.member, self.header) = (path, member, header)
        guard let number = NPYNumber(rawValue: header.type) else {
            throw DatasetError.own(
                problem: "\(name): numbers of the type '\(header.type)' cannot be read",
                key: "data.path",
                advice:
                    "save images as uint8, float32 or float64, as by array.astype('float32'), and "
                    + "classes as whole numbers, as by numpy.unique(labels, return_inverse=True)[1]"
            )
        }
        guard !header.isFortran || header.shape.count < 2 else {
            throw DatasetError.own(
                problem: "\(name): the array is in Fortran order", key: "data.path",
                advice: "save it in C order: numpy.save(path, numpy.ascontiguousarray(array))")
        }
        guard header.count != nil else {
            throw DatasetError.malformed(
                file: name, byte: 8, problem: "an array of \(header.shape) numbers")
        }
        self.number = number
    }

    /// The arrays in a .npz file that `wanted` knows, by name without ".npy". Throws a ``DatasetError``.
    static func members(of path: String, _ wanted: Set<String>) throws -> (
        found: [String: NPYArray], names: [String]
    ) {
        var (found, names): ([String: NPYArray], [String]) = ([:], [])
        try zip(path).forEachEntry { entry in
            guard entry.name.hasSuffix(".npy") else { return true }
            let name = String(entry.name.dropLast(4))
            names.append(name)
            guard wanted.contains(name), found[name] == nil else { return true }
            found[name] = try NPYArray(
                path, member: name,
                NPYHeader(name: "\(path), \(name)") { try entry.read(upTo: $0) })
            return true
        }
        return (found, names)
    }

    private static func zip(_ path: String) throws -> ZipFile {
        _ = try WholeFile.bytes(at: path, prefix: 1)
        return ZipFile(source: .path(path), name: path)
    }

    /// Shows the array's rows in order: `visit` gets a row's place and its bytes.
    ///
    /// A row is what one value of the first index stands for. Throws a ``DatasetError`` where the file is
    /// shorter or longer than its header says.
    func forEachRow(_ visit: (Int, [UInt8]) throws -> Void) throws {
        if let member {
            try NPYArray.zip(path).forEachEntry { entry in
                guard entry.name == member + ".npy" else { return true }
                try rows(visit) { try entry.read(upTo: $0) }
                return false
            }
        } else {
            try rows(visit, CompressedFile(FoundFile(path)).read)
        }
    }

    private func rows(
        _ visit: (Int, [UInt8]) throws -> Void, _ read: (Int) throws -> [UInt8]
    ) throws {
        guard try NPYHeader(name: name, read: read) == header, let count = header.count else {
            throw DatasetError.malformed(
                file: name, byte: 0, problem: "it changed while it was read")
        }
        let rowCount = header.shape.first ?? 1
        guard rowCount > 0, count > 0 else { return }
        let rowSize = count / rowCount * number.size
        let atOnce = max(1, Self.pieceSize / rowSize)
        var row = 0
        while row < rowCount {
            let wanted = min(atOnce, rowCount - row)
            let bytes = try read(wanted * rowSize)
            guard bytes.count == wanted * rowSize else {
                throw DatasetError.malformed(
                    file: name, byte: row * rowSize + bytes.count,
                    problem:
                        "the array ends early: \(rowCount) rows of \(rowSize) bytes are promised")
            }
            for place in 0..<wanted {
                try visit(
                    row + place,
                    wanted == 1
                        ? bytes : Array(bytes[place * rowSize..<(place + 1) * rowSize]))
            }
            row += wanted
        }
        guard try read(1).isEmpty else {
            throw DatasetError.malformed(
                file: name, byte: rowCount * rowSize, problem: "more bytes follow the array")
        }
    }
}
