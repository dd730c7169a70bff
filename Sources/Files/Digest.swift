import CCrypto

/// SHA-256 (FIPS 180-4) of bytes that arrive in pieces, by libcrypto; MD5 where nothing else is published.
public final class Digest {
    /// How bytes become a digest. Raw values are what a reader sees.
    public enum Algorithm: String, Sendable, Codable, CaseIterable {
        /// What this program uses for everything of its own.
        case sha256 = "SHA-256"
        /// Tells a damaged file from a whole one, but not a forged one from a true one.
        case md5 = "MD5"
    }

    private let context: OpaquePointer

    /// The digest of nothing yet. Throws when libcrypto has no such digest or no memory.
    public init(_ algorithm: Algorithm = .sha256) throws {
        guard let context = EVP_MD_CTX_new() else { throw Digest.unavailable }
        let method = algorithm == .md5 ? EVP_md5() : EVP_sha256()
        guard EVP_DigestInit_ex(context, method, nil) == 1 else {
            EVP_MD_CTX_free(context)
            throw Digest.unavailable
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Adds bytes after those already added.
    public func add(_ bytes: [UInt8]) throws {
        guard EVP_DigestUpdate(context, bytes, bytes.count) == 1 else { throw Digest.unavailable }
    }

    /// Adds a text's UTF-8 preceded by its length, so that ("ab", "c") and ("a", "bc") differ.
    public func add(field text: String) throws {
        try add(Array("\(text.utf8.count):".utf8))
        try add(Array(text.utf8))
    }

    /// The digest of everything added so far in hexadecimal digits, 64 of SHA-256; adding may go on
    /// afterwards.
    public func hexadecimal() throws -> String {
        guard let copy = EVP_MD_CTX_new() else { throw Digest.unavailable }
        defer { EVP_MD_CTX_free(copy) }
        var result = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        guard EVP_MD_CTX_copy_ex(copy, context) == 1,
            EVP_DigestFinal_ex(copy, &result, &count) == 1
        else { throw Digest.unavailable }
        return Digest.hexadecimal(result.prefix(Int(count)))
    }

    /// The digest of `bytes`, 64 hexadecimal digits.
    public static func sha256(of bytes: [UInt8]) throws -> String {
        let digest = try Digest()
        try digest.add(bytes)
        return try digest.hexadecimal()
    }

    /// The digest of a text's UTF-8, 64 hexadecimal digits.
    public static func sha256(of text: String) throws -> String { try sha256(of: Array(text.utf8)) }

    /// The digest of a file's bytes as they lie there, read in pieces. Throws a ``FileError``.
    public static func sha256(ofFile path: String) throws -> String {
        let digest = try Digest()
        let reader = try FileReader(path)
        while true {
            let bytes = try reader.read(upTo: 1 << 20)
            if bytes.isEmpty { return try digest.hexadecimal() }
            try digest.add(bytes)
        }
    }

    private static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }

    private static let unavailable = FileError(
        action: "compute", path: "a digest", problem: "libcrypto refused",
        advice: "run scripts/setup, which installs libssl-dev")
}

extension Digest {
    /// libcrypto's name and version, such as "OpenSSL 3.0.15 3 Sep 2024".
    package static var libraryVersion: String { String(cString: OpenSSL_version(OPENSSL_VERSION)) }
}
