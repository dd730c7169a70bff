import Files

extension DatasetLoader {
    /// The seed of the drawn digits; a constant, so that every report means the same images.
    private static let drawingSeed: UInt64 = 0
    /// Images of each split whose bytes stand for all of them in the digest.
    private static let probeCount = 50

    /// Draws the digits, no more of them than are wanted.
    func draw(
        _ entry: CatalogueEntry, standingInFor missing: CatalogueEntry?, limits: SplitLimits
    ) throws -> ImageDataset {
        let trainCount = min(limits.train ?? .max, entry.counts.train)
        let testCount = min(limits.test ?? .max, entry.counts.test)
        progress(.drawing(count: trainCount + testCount))
        let drawn = try DrawnDigits.generate(
            seed: DatasetLoader.drawingSeed, trainCount: trainCount, testCount: testCount)
        return ImageDataset(
            name: entry.name, title: entry.title, train: drawn.train, test: drawn.test,
            classNames: entry.classNames,
            provenance: try drawnProvenance(entry, standingInFor: missing), factors: drawn.factors)
    }

    /// The drawn digits are a function of the way they are drawn, the seed and the counts.
    ///
    /// A few images are drawn and digested for the way they are drawn: another version of this
    /// program or of Cairo that draws otherwise has another digest, and asking takes milliseconds.
    func drawnProvenance(
        _ entry: CatalogueEntry, standingInFor missing: CatalogueEntry?
    ) throws -> DatasetProvenance {
        let seed = DatasetLoader.drawingSeed
        let probe = try DrawnDigits.generate(
            seed: seed, trainCount: DatasetLoader.probeCount, testCount: DatasetLoader.probeCount)
        let digest = try Digest()
        try digest.add(field: probe.provenance.digest)
        for number in [Int(seed), entry.counts.train, entry.counts.test] {
            try digest.add(field: String(number))
        }
        return DatasetProvenance(
            digest: try digest.hexadecimal(), origin: "drawn by this program from seed \(seed)",
            standsInFor: missing?.name)
    }
}
