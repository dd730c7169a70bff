import Files
import TestSupport
import Testing

@Suite("Digest")
struct DigestTests {
    @Test(
        "agrees with the examples of FIPS 180-4",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func examples(text: String, expected: String) throws {
        #expect(try Digest.sha256(of: text) == expected)
    }

    @Test("agrees with an example of RFC 1321, for files of which only MD5 is published")
    func md5() throws {
        let digest = try Digest(.md5)
        try digest.add(Array("message digest".utf8))
        #expect(try digest.hexadecimal() == "f96b697d7cb7938d525a2f31aaf161d0")
    }

    @Test("of a file is that of its bytes")
    func file() throws {
        let folder = try TemporaryFolder()
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let path = try folder.write(bytes, to: "large")
        #expect(try Digest.sha256(ofFile: path) == Digest.sha256(of: bytes))
        #expect(throws: FileError.self) { try Digest.sha256(ofFile: folder.path("none")) }
    }

    @Test("is the same in pieces, and may be asked on the way")
    func pieces() throws {
        let digest = try Digest()
        try digest.add(Array("a".utf8))
        _ = try digest.hexadecimal()
        try digest.add(Array("bc".utf8))
        #expect(try digest.hexadecimal() == Digest.sha256(of: "abc"))
    }

    @Test("tells fields apart that join to the same text")
    func fields() throws {
        let first = try Digest()
        try first.add(field: "ab")
        try first.add(field: "c")
        let second = try Digest()
        try second.add(field: "a")
        try second.add(field: "bc")
        #expect(try first.hexadecimal() != second.hexadecimal())
    }
}
