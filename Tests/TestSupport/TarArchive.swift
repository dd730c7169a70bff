/// Tar archives made in a test, in the ustar form (POSIX.1-1988).
public enum TarArchive {
    /// An archive of files, in this order; a name that ends with a slash is a folder's.
    public static func bytes(_ files: [(name: String, content: [UInt8])]) -> [UInt8] {
        var result: [UInt8] = []
        for (name, content) in files {
            result += header(name, size: content.count)
            result += content
            result += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
        }
        return result + [UInt8](repeating: 0, count: 1024)
    }

    private static func header(_ name: String, size: Int) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: 512)
        func write(_ text: String, at start: Int) {
            for (index, byte) in text.utf8.enumerated() { header[start + index] = byte }
        }
        write(name, at: 0)
        write("0000644", at: 100)
        write("0000000", at: 108)
        write("0000000", at: 116)
        write(octal(size, digits: 11), at: 124)
        write("00000000000", at: 136)
        write("        ", at: 148)
        write(name.hasSuffix("/") ? "5" : "0", at: 156)
        write("ustar\u{0}00", at: 257)
        let sum = header.reduce(0) { $0 + Int($1) }
        write(octal(sum, digits: 6) + "\u{0} ", at: 148)
        return header
    }

    private static func octal(_ value: Int, digits: Int) -> String {
        let text = String(value, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
