extension Sequence<String> {
    /// The name that a mistyped one most likely means, for "did you mean"; nil when none is near.
    ///
    /// Near: at most a third of the letters inserted, left out, changed or swapped with a neighbour
    /// (optimal string alignment distance), case aside; or one is the other's beginning or ending.
    /// Names of more than 100 letters are near to none: no hand mistypes one.
    public func nearest(to name: String) -> String? {
        guard name.utf8.count <= 400 else { return nil }
        let wanted = Array(name.lowercased())
        guard wanted.count <= 100 else { return nil }
        let limit = Swift.max(1, wanted.count / 3)
        var best: (name: String, distance: Int)?
        for candidate in self {
            let letters = Array(candidate.lowercased())
            let isFar = abs(wanted.count - letters.count) > limit
            var distance = isFar ? limit + 1 : alignmentDistance(wanted, letters)
            if wanted.count > 2, isPart(wanted, of: letters) || isPart(letters, of: wanted) {
                distance = Swift.min(distance, limit)
            }
            if distance <= limit, distance < best?.distance ?? Int.max {
                best = (candidate, distance)
            }
        }
        return best?.name
    }

    private func isPart(_ part: [Character], of whole: [Character]) -> Bool {
        part.count < whole.count && part.count > 2
            && (whole.starts(with: part) || whole.suffix(part.count) == part[...])
    }

    private func alignmentDistance(_ first: [Character], _ second: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...second.count)
        for row in 1...Swift.max(1, first.count) where row <= first.count {
            var current = [row]
            for column in 1...Swift.max(1, second.count) where column <= second.count {
                let same = first[row - 1] == second[column - 1]
                var cost = Swift.min(
                    last[column] + 1, current[column - 1] + 1, last[column - 1] + (same ? 0 : 1))
                if row > 1, column > 1, first[row - 1] == second[column - 2],
                    first[row - 2] == second[column - 1]
                {
                    cost = Swift.min(cost, beforeLast[column - 2] + 1)
                }
                current.append(cost)
            }
            (beforeLast, last) = (last, current)
        }
        return last[second.count]
    }
}
