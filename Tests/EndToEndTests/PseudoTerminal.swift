import Foundation
import Glibc

/// A terminal that keeps what is written to it.
enum PseudoTerminal {
    /// Runs the program with a terminal as its standard error; returns what appeared there.
    static func run(
        _ arguments: [String], in workplace: Workplace, environment: [String: String]
    ) async throws -> String {
        let (outer, inner) = try open()
        let output = Task.detached { readAll(outer) }
        let program = try workplace.start(
            arguments, environment: ["TERM": "xterm"].merging(environment) { $1 }, terminal: inner)
        try inner.close()
        _ = try await program.outcome()
        return await output.value
    }

    /// What appears on a terminal that `body` writes to.
    static func output(_ body: (FileHandle) throws -> Void) async throws -> String {
        let (outer, inner) = try open()
        let output = Task.detached { readAll(outer) }
        try body(inner)
        try inner.close()
        return await output.value
    }

    /// Both ends of a new terminal; Glibc's own function for it is hidden from Swift.
    private static func open() throws -> (outer: FileHandle, inner: FileHandle) {
        let (unlock, askNumber) = (UInt(0x4004_5431), UInt(0x8004_5430))
        let outer = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var (isLocked, number) = (Int32(0), UInt32(0))
        guard outer >= 0, ioctl(outer, unlock, &isLocked) == 0,
            ioctl(outer, askNumber, &number) == 0,
            case let inner = Glibc.open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC),
            inner >= 0
        else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        return (
            FileHandle(fileDescriptor: outer, closeOnDealloc: true),
            FileHandle(fileDescriptor: inner, closeOnDealloc: true)
        )
    }

    /// Reads until the last writer has closed the other end, which Linux reports as an error.
    private static func readAll(_ handle: FileHandle) -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while case let count = read(handle.fileDescriptor, &chunk, chunk.count), count > 0 {
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
