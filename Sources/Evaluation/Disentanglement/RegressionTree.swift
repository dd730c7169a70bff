/// A regression tree of depth 3 by least squares on binned codes: every threshold of every dimension is
/// tried, and the one that takes away most squared error is kept, the first of equals.
struct RegressionTree {
    /// Splits from the root to a leaf, at most.
    static let depth = 3
    private static let binCount = 256

    /// A threshold; what lies in bins up to `bin` goes to the left.
    private struct Split {
        let dimension: Int
        let bin: UInt8
        let gain: Double
    }

    /// By place in the tree: the children of place p are 2p + 1 and 2p + 2.
    private var splits = [Split?](repeating: nil, count: (1 << Self.depth) - 1)
    /// The place at which each fitted code ends.
    private(set) var places: [UInt8]

    /// Squared error that the splits along each dimension take away.
    func gains(latentSize: Int) -> [Double] {
        splits.reduce(into: [Double](repeating: 0, count: latentSize)) { sums, split in
            if let split { sums[split.dimension] += split.gain }
        }
    }

    /// Places in a tree.
    static let placeCount = (1 << (depth + 1)) - 1

    /// Fits the targets of codes.
    init(_ codes: BinnedCodes, targets: [Double]) {
        places = [UInt8](repeating: 0, count: targets.count)
        for level in 0..<Self.depth {
            let first = (1 << level) - 1
            let found = bestSplits(codes, targets, first: first, count: 1 << level)
            for (node, split) in found.enumerated() { splits[first + node] = split }
            guard found.contains(where: { $0 != nil }) else { return }
            Self.descend(&places, codes.bins, splits, first: first)
        }
    }

    /// The best split of each node of a level.
    private func bestSplits(
        _ codes: BinnedCodes, _ targets: [Double], first: Int, count: Int
    ) -> [Split?] {
        var best = [Split?](repeating: nil, count: count)
        for (dimension, bins) in codes.bins.enumerated() {
            var sums = [Double](repeating: 0, count: count * Self.binCount)
            var counts = [Int32](repeating: 0, count: count * Self.binCount)
            for image in targets.indices {
                let node = Int(places[image]) - first
                guard node >= 0 else { continue }
                let slot = node * Self.binCount + Int(bins[image])
                sums[slot] += targets[image]
                counts[slot] += 1
            }
            for node in 0..<count {
                let range = node * Self.binCount..<(node + 1) * Self.binCount
                guard let split = Self.split(sums[range], counts[range], dimension) else {
                    continue
                }
                if split.gain > best[node]?.gain ?? 0 { best[node] = split }
            }
        }
        return best
    }

    private static func split(
        _ sums: ArraySlice<Double>, _ counts: ArraySlice<Int32>, _ dimension: Int
    ) -> Split? {
        let (total, number) = (sums.reduce(0, +), Double(counts.reduce(0, +)))
        guard number > 1 else { return nil }
        let before = total * total / number
        var best: Split?
        var (left, leftNumber) = (0.0, 0.0)
        for bin in 0..<binCount - 1 {
            let inBin = Double(counts[counts.startIndex + bin])
            guard inBin > 0 else { continue }
            left += sums[sums.startIndex + bin]
            leftNumber += inBin
            guard leftNumber < number else { break }
            let right = total - left
            let gain =
                left * left / leftNumber + right * right / (number - leftNumber) - before
            // What rounding alone makes is no gain.
            if gain > max(best?.gain ?? 0, 1e-10) {
                best = Split(dimension: dimension, bin: UInt8(bin), gain: gain)
            }
        }
        return best
    }

    /// Moves codes from a level's nodes to their children.
    private static func descend(
        _ places: inout [UInt8], _ bins: [[UInt8]], _ splits: [Split?], first: Int
    ) {
        for image in places.indices {
            let place = Int(places[image])
            guard place >= first, place < splits.count, let split = splits[place] else { continue }
            let isLeft = bins[split.dimension][image] <= split.bin
            places[image] = UInt8(2 * place + (isLeft ? 1 : 2))
        }
    }

    /// The place at which each of other codes ends.
    func places(of codes: BinnedCodes) -> [UInt8] {
        var places = [UInt8](repeating: 0, count: codes.bins.first?.count ?? 0)
        for level in 0..<Self.depth {
            Self.descend(&places, codes.bins, splits, first: (1 << level) - 1)
        }
        return places
    }
}
