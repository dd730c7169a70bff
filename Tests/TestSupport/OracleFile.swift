import Foundation

/// Numbers of another program, committed beside the script that made them.
public enum OracleFile {
    /// Decodes `Oracles/<name>` in the folder of the calling test's source file.
    public static func load<Content: Decodable>(
        _ name: String, as type: Content.Type = Content.self, beside source: String = #filePath
    ) throws -> Content {
        try JSONDecoder().decode(type, from: data(name, beside: source))
    }

    /// The bytes of `Oracles/<name>` in the folder of the calling test's source file.
    public static func data(_ name: String, beside source: String = #filePath) throws -> Data {
        let folder = URL(fileURLWithPath: source).deletingLastPathComponent()
        return try Data(contentsOf: folder.appendingPathComponent("Oracles/\(name)"))
    }
}
