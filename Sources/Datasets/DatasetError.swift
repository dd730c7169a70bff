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
    /// Images of the user's own are not as the config's `key` makes one expect.
    case own(problem: String, key: String, advice: String)
    /// Of so many images of the user's own these cannot be read.
    case unreadable(folder: String, files: [UnreadableFile], count: Int)

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
        case .own(let problem, _, let advice): return "\(problem); \(advice)"
        case .unreadable(let folder, let files, let count):
            return unreadability(folder: folder, files: files, count: count)
        }
    }

    private func unreadability(folder: String, files: [UnreadableFile], count: Int) -> String {
        let shown = files.prefix(10).map { "    - \($0.name): \($0.problem); \($0.advice)" }
        let more = files.count > 10 ? ["    - and \(files.count - 10) more"] : []
        return """
            \(files.count) of \(count) images in '\(folder)' cannot be read:
            \((shown + more).joined(separator: "\n"))
                Write 'data.unreadable: skip' into the config to leave them out; the page then says so.
            """
    }
}

/// An image that cannot be read.
public struct UnreadableFile: Sendable, Equatable {
    /// Its path below the folder.
    public let name: String
    /// What is wrong with it.
    public let problem: String
    /// What to do about it.
    public let advice: String

    package init(name: String, problem: String, advice: String) {
        (self.name, self.problem, self.advice) = (name, problem, advice)
    }
}
