/// The zip form of a PyTorch file, since version 1.6.
struct PyTorchZip: PyTorchStorageSource {
    private let zip: ZipFile
    /// The folder inside the zip file, with its slash; PyTorch names it after the file.
    private let folder: String
    /// The content of `data.pkl`.
    let pickle: [UInt8]

    /// A pickle describes tensors; their numbers are elsewhere.
    private static let largestPickle = 256 << 20

    /// Finds the pickle. Throws ``TensorFileError`` when there is none.
    init(_ zip: ZipFile) throws {
        self.zip = zip
        var found: (folder: String, pickle: [UInt8])?
        var byteOrder: [UInt8]?
        try zip.forEachEntry { entry in
            let parts = entry.name.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2 else { return true }
            if parts[1] == "data.pkl" {
                found = ("\(parts[0])/", try entry.content(limit: Self.largestPickle))
            } else if parts[1] == "byteorder" {
                byteOrder = try entry.content(limit: 64)
            }
            return true
        }
        guard let found else {
            throw TensorFileError(
                file: zip.name,
                reason: "a zip file without data.pkl; torch.save writes one into every file")
        }
        guard byteOrder == nil || byteOrder == Array("little".utf8) else {
            throw TensorFileError(
                file: zip.name, reason: "its numbers are big-endian; save it on another machine")
        }
        folder = found.folder
        pickle = found.pickle
    }

    func bytes(of storages: [String: PyTorchStorage], limit: Int) throws -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        var left = limit
        let start = folder + "data/"
        try zip.forEachEntry { entry in
            guard entry.name.hasPrefix(start),
                let storage = storages[String(entry.name.dropFirst(start.count))]
            else { return true }
            let size = storage.byteCount ?? .max
            guard size <= left else {
                throw TensorFileError(
                    file: zip.name, reason: "more than \(limit) bytes of storages")
            }
            let content = try entry.content(limit: size)
            guard content.count == size else {
                throw TensorFileError(
                    file: zip.name,
                    reason: "'\(entry.name)' has \(content.count) bytes, expected \(size)")
            }
            left -= size
            found[storage.key] = content
            return found.count < storages.count
        }
        if let missing = storages.keys.sorted().first(where: { found[$0] == nil }) {
            throw TensorFileError(
                file: zip.name, reason: "the entry '\(start)\(missing)' is missing")
        }
        return found
    }
}
