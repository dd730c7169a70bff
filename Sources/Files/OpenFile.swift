import Glibc

/// Whole reads and writes on an open descriptor, repeated where the system does only part of one.
enum OpenFile {
    /// Writes every byte; returns the system's error code when it cannot.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written =
                rest.startIndex == 0
                ? Glibc.write(descriptor, bytes, bytes.count)
                : Glibc.write(descriptor, Array(rest), rest.count)
            if written < 0 {
                if errno == EINTR { continue }
                return errno
            }
            rest = rest.dropFirst(written)
        }
        return nil
    }

    /// Reads up to `count` bytes, fewer only at the end of the file; nil when the system refuses.
    static func read(upTo count: Int, from descriptor: Int32) -> [UInt8]? {
        var result: [UInt8] = []
        while result.count < count {
            let wanted = count - result.count
            var chunk = [UInt8](repeating: 0, count: wanted)
            let received = Glibc.read(descriptor, &chunk, wanted)
            if received < 0 {
                if errno == EINTR { continue }
                return nil
            }
            if received == 0 { break }
            if received < wanted { chunk.removeLast(wanted - received) }
            if result.isEmpty { result = chunk } else { result += chunk }
        }
        return result
    }
}
