import Files

/// Where everything that a build makes is put.
public enum OutputFolder {
    /// `option` (`--output`) beats `configured` (`log.out_dir`) beats `outputs/<report>`.
    ///
    /// Where `-P` changed anything, the last two get `@` and a key of eight digits, where a profile
    /// shortens the report `@` and its name, so that no build overwrites another's results.
    /// `overrides` are the `-P` arguments as given.
    public static func path(
        report: String, option: String?, configured: String?, profile: String? = nil,
        overrides: [String]
    ) throws -> String {
        if let option { return option }
        let plain = configured ?? FilePath.join("outputs", report)
        let base = profile.map { "\(plain)@\($0)" } ?? plain
        let changes = overrides.filter { !$0.hasPrefix("log.out_dir=") }.sorted()
        if changes.isEmpty { return base }
        let digest = try Digest()
        for change in changes { try digest.add(field: change) }
        return "\(base)\(profile == nil ? "@" : "-")\(try digest.hexadecimal().prefix(8))"
    }
}
