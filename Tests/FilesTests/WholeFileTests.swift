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

    @Test("refuses a file above the limit, and bytes that are no UTF-8")
    func refuses() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write([0x61, 0xff], to: "x")
        #expect(throws: FileError.self) { try WholeFile.bytes(at: path, limit: 1) }
        let error = #expect(throws: FileError.self) { try WholeFile.text(at: path) }
        #expect(error?.problem == "it is not text in UTF-8")
    }

    @Test("drops a byte-order mark")
    func byteOrderMark() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write([0xef, 0xbb, 0xbf, 0x61], to: "x")
        #expect(try WholeFile.text(at: path, name: "n") == SourceText(name: "n", text: "a"))
    }
}
