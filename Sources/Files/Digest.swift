import CCrypto

/// SHA-256 (FIPS 180-4) of bytes that arrive in pieces, by libcrypto.
public final class Digest {
    private let context: OpaquePointer

    /// The digest of nothing yet. Throws when libcrypto has no SHA-256 or no memory.
    public init() throws {
        guard let context = EVP_MD_CTX_new() else { throw Digest.unavailable }
        guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
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

    /// The digest of everything added so far, 64 hexadecimal digits; adding may go on afterwards.
    public func hexadecimal() throws -> String {
        guard let copy = EVP_MD_CTX_new() else { throw Digest.unavailable }
        defer { EVP_MD_CTX_free(copy) }
        var result = [UInt8](repeating: 0, count: 32)
        guard EVP_MD_CTX_copy_ex(copy, context) == 1,
            EVP_DigestFinal_ex(copy, &result, nil) == 1
        else { throw Digest.unavailable }
        return Digest.hexadecimal(result)
    }

    /// The digest of `bytes`, 64 hexadecimal digits.
    public static func sha256(of bytes: [UInt8]) throws -> String {
        let digest = try Digest()
        try digest.add(bytes)
        return try digest.hexadecimal()
    }

    /// The digest of a text's UTF-8, 64 hexadecimal digits.
    public static func sha256(of text: String) throws -> String { try sha256(of: Array(text.utf8)) }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }

    private static let unavailable = FileError(
        action: "compute", path: "SHA-256", problem: "libcrypto refused",
        advice: "run scripts/setup, which installs libssl-dev")
}
