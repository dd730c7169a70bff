import Files

/// What to do about a name that does not exist.
enum Suggestion {
    /// "did you mean 'x'?", or the names there are; nil when there are none.
    static func forName(
        _ name: String, among names: some Sequence<String>, called noun: String
    ) -> String? {
        let names = Set(names).sorted()
        if let near = names.nearest(to: name) { return "did you mean '\(near)'?" }
        if names.isEmpty { return nil }
        let more = names.count > 12 ? ", … (\(names.count) in all)" : ""
        return "\(noun): " + names.prefix(12).joined(separator: ", ") + more
    }

    /// "did you mean 'a', 'b' or 'c'?" for names that are known to be near; nil for none.
    static func among(_ names: [String]) -> String? {
        let quoted = names.prefix(3).map { "'\($0)'" }
        guard let last = quoted.last else { return nil }
        let others = quoted.dropLast().joined(separator: ", ")
        return "did you mean \(others.isEmpty ? last : "\(others) or \(last)")?"
    }
}
