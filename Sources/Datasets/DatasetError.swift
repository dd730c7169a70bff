/// What can go wrong between the name of a data set and its images.
public enum DatasetError: Error, Sendable, Equatable, CustomStringConvertible {
    /// No data set has this name; the nearest that exists, and all of them.
    case unknown(name: String, nearest: String?, known: [String])
    /// A file is not what its format says: the byte at which it goes wrong and how.
    case malformed(file: String, byte: Int, problem: String)
    /// A file exists but does not hold the published content; `checksum` says what was compared.
    case altered(
        file: String, problem: String, checksum: String, expected: String, found: String)
    /// The data set is nowhere; each line of `looked` is a place and what was there, `wanted` says which
    /// files belong where.
    case unavailable(title: String, name: String, looked: [String], wanted: String)

    /// What was found, what was expected and what to do.
    public var description: String {
        switch self {
        case .unknown(let name, let nearest, let known):
            let hint = nearest.map { " Did you mean '\($0)'?" } ?? ""
            return "there is no data set '\(name)'.\(hint) Known: \(known.joined(separator: ", "))."
        case .malformed(let file, let byte, let problem):
            return "\(file): at byte \(byte): \(problem)"
        case .altered(let file, let problem, let checksum, let expected, let found):
            let label = "expected \(checksum): "
            let indent = String(repeating: " ", count: label.count - "found:".count)
            return """
                \(file): \(problem)
                    \(label)\(expected)
                    found:\(indent)\(found)
                    Delete the file, or replace it by the original \
                ('vae-report data fetch' downloads it).
                """
        case .unavailable(let title, let name, let looked, let wanted):
            return """
                \(title) is not on this machine and could not be downloaded. Looked in:
                \(looked.map { "    - \($0)" }.joined(separator: "\n"))
                    \(wanted)
                    Or run 'vae-report data fetch \(name)' where there is a network.
                """
        }
    }
}
