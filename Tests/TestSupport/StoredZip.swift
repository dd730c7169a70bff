/// .zip archives made in a test: members without compression (APPNOTE 4.3).
public enum StoredZip {
    /// An archive of files, in this order.
    public static func bytes(_ files: [(name: String, content: [UInt8])]) -> [UInt8] {
        var result: [UInt8] = []
        var directory: [UInt8] = []
        for (name, content) in files {
            var shared: [UInt8] = little(20, 2)
            shared += [UInt8](repeating: 0, count: 8)
            shared += little(Int(Gzip.checksum(content)), 4)
            shared += little(content.count, 4)
            shared += little(content.count, 4)
            shared += little(name.utf8.count, 2)
            directory += [0x50, 0x4b, 1, 2] as [UInt8]
            directory += little(20, 2)
            directory += shared
            directory += [UInt8](repeating: 0, count: 12)
            directory += little(result.count, 4)
            directory += Array(name.utf8)
            result += [0x50, 0x4b, 3, 4] as [UInt8]
            result += shared
            result += little(0, 2)
            result += Array(name.utf8)
            result += content
        }
        let start = result.count
        result += directory
        result += [0x50, 0x4b, 5, 6, 0, 0, 0, 0] as [UInt8]
        result += little(files.count, 2)
        result += little(files.count, 2)
        result += little(directory.count, 4)
        result += little(start, 4)
        return result + little(0, 2)
    }

    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
