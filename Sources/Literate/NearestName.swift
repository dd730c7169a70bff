/// Suggestions for mistyped names, by edit distance with transpositions (Damerau, optimal string
/// alignment).
public enum NearestName {
    /// The names close enough to `name` to be meant, nearest first, at most three.
    public static func nearest(to name: String, among names: some Sequence<String>) -> [String] {
        let wanted = Array(name.lowercased())
        let limit = max(1, wanted.count / 3)
        let tail = lastPart(name)
        let scored = Set(names).compactMap { candidate -> (String, Int)? in
            let distance = distance(wanted, Array(candidate.lowercased()))
            if distance <= limit { return (candidate, distance) }
            // "epochs" is meant for "train.epochs", "test.elbo" for "main.test.elbo".
            let isTail = candidate.hasSuffix("." + name) || (tail == candidate && tail != name)
            return isTail ? (candidate, limit + 1) : nil
        }
        return scored.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.prefix(3).map(\.0)
    }

    /// "did you mean 'a' or 'b'?", or what there is when nothing is near; nil when there is nothing.
    public static func suggestion(
        for name: String, among names: some Sequence<String>, called noun: String = "known names"
    ) -> String? {
        let names = Array(names)
        let near = nearest(to: name, among: names)
        if !near.isEmpty { return "did you mean \(listed(near, "or"))?" }
        if names.isEmpty { return nil }
        let shown = Set(names).sorted()
        let more = shown.count > 12 ? ", … (\(shown.count) in all)" : ""
        return "\(noun): " + shown.prefix(12).joined(separator: ", ") + more
    }

    /// "'a', 'b' or 'c'".
    static func listed(_ names: [String], _ conjunction: String) -> String {
        let quoted = names.map { "'\($0)'" }
        guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
        return quoted.dropLast().joined(separator: ", ") + " \(conjunction) \(last)"
    }

    private static func lastPart(_ name: String) -> String {
        name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]) } ?? name
    }

    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        for i in 1...a.count {
            var current = [i] + [Int](repeating: 0, count: b.count)
            for j in 1...b.count {
                let substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
                current[j] = min(substitution, last[j] + 1, current[j - 1] + 1)
                let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]
                if swapped { current[j] = min(current[j], beforeLast[j - 2] + 1) }
            }
            (beforeLast, last) = (last, current)
        }
        return last[b.count]
    }
}
