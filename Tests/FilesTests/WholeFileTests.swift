import Files
import TestSupport
import Testing

@Suite("WholeFile")
struct WholeFileTests {
    @Test("reads what was written", arguments: [0, 1, 4096, 1 << 20])
    func reads(count: Int) throws {
        let folder = try TemporaryFolder()
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let path = try folder.write(bytes, to: "x")
        #expect(try WholeFile.bytes(at: path) == bytes)
    }

    @Test("names the file that is missing, and a folder in its place")
    func missing() throws {
        let folder = try TemporaryFolder()
        let missing = #expect(throws: FileError.self) {
            try WholeFile.bytes(at: folder.path("nothing"))
        }
        #expect(missing?.description.contains("nothing': No such file") == true)
        let place = #expect(throws: FileError.self) { try WholeFile.bytes(at: folder.path) }
        #expect(place?.problem == "Is a directory")
    }

    @Test("refuses a file above the limit")
    func refuses() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write([0x61, 0xff], to: "x")
        #expect(throws: FileError.self) { try WholeFile.bytes(at: path, limit: 1) }
    }

    /// Bytes, and what the message shows of them.
    struct NoText: Sendable {
        let bytes: [UInt8]
        let place, byte, line, caret: String
    }

    @Test(
        "points at the first byte that is no UTF-8",
        arguments: [
            NoText(
                bytes: [0x61, 0xff], place: "1:2", byte: "0xFF", line: "a\u{FFFD}", caret: " ^"),
            NoText(
                bytes: [0xef, 0xbb, 0xbf, 0xe9, 0x20], place: "1:1", byte: "0xE9",
                line: "\u{FFFD} ", caret: "^"),
            NoText(
                bytes: [0x61, 0x0d, 0x0a, 0xc3, 0xa9, 0xf0, 0x0a, 0x62], place: "2:2", byte: "0xF0",
                line: "é\u{FFFD}", caret: " ^"),
            NoText(bytes: [0x0a, 0xc3], place: "2:1", byte: "0xC3", line: "\u{FFFD}", caret: "^"),
        ])
    func notText(_ text: NoText) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(text.bytes, to: "x")
        let error = #expect(throws: SourceError.self) { try WholeFile.text(at: path, name: "n") }
        #expect(
            error?.description == """
                n:\(text.place): error: this is not text in UTF-8: found the byte \(text.byte)
                    \(text.line)
                    \(text.caret)
                    save the file as UTF-8 in the editor
                """)
    }

    @Test("drops a byte-order mark")
    func byteOrderMark() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write([0xef, 0xbb, 0xbf, 0x61], to: "x")
        #expect(try WholeFile.text(at: path, name: "n") == SourceText(name: "n", text: "a"))
    }
}
