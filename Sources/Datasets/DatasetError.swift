/// What can go wrong between the name of a data set and its images.
public enum DatasetError: Error, Sendable, Equatable, CustomStringConvertible {
    /// No data set has this name; the nearest that exists, and all of them.
    case unknown(name: String, nearest: String?, known: [String])
    /// A file is not what its format says: the byte at which it goes wrong and how.
    case malformed(file: String, byte: Int, problem: String)
    /// A file exists but does not hold the published content.
    case altered(file: String, problem: String, expected: String, found: String)
    /// The data set is nowhere; each line of `looked` is a place and what was there.
    case unavailable(title: String, name: String, looked: [String])
    /// A file from the network was refused.
    case download(address: String, problem: String)

    /// What was found, what was expected and what to do.
    public var description: String {
        switch self {
        case .unknown(let name, let nearest, let known):
            let hint = nearest.map { " Did you mean '\($0)'?" } ?? ""
            return "there is no data set '\(name)'.\(hint) Known: \(known.joined(separator: ", "))."
        case .malformed(let file, let byte, let problem):
            return "\(file): at byte \(byte): \(problem)"
        case .altered(let file, let problem, let expected, let found):
            return """
                \(file): \(problem)
                    expected SHA-256 of the decompressed content: \(expected)
                    found:                                        \(found)
                    Delete the file, or replace it by the original \
                ('vae-report data fetch' downloads it).
                """
        case .unavailable(let title, let name, let looked):
            return unavailability(title: title, name: name, looked: looked)
        case .download(let address, let problem):
            return "\(address): \(problem)"
        }
    }

    private func unavailability(title: String, name: String, looked: [String]) -> String {
        """
        \(title) is not on this machine and could not be downloaded. Looked in:
        \(looked.map { "    - \($0)" }.joined(separator: "\n"))
            Put its files into a folder and name that with --data-dir or $VAE_REPORT_DATA, or run \
        'vae-report data fetch \(name)' where there is a network.
        """
    }
}
