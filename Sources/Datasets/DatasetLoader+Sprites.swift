import Files

extension DatasetLoader {
    /// The seed that shuffles the sprites; a constant, so that every report means the same split.
    private static let shufflingSeed: UInt64 = 0
    /// Sprites of each split whose bytes stand for all of them in the digest.
    private static let spriteProbe = 50

    /// Draws the sprites of a grid, no more of them than are wanted.
    func draw(
        _ entry: CatalogueEntry, on grid: SpriteGrid, limits: SplitLimits
    ) throws -> ImageDataset {
        progress(
            .drawing(
                count: min(limits.train ?? .max, entry.counts.train)
                    + min(limits.test ?? .max, entry.counts.test)))
        let drawn = try Sprites.generate(
            grid, seed: DatasetLoader.shufflingSeed, trainCount: limits.train,
            testCount: limits.test)
        return ImageDataset(
            name: entry.name, title: entry.title, train: drawn.train, test: drawn.test,
            classNames: entry.classNames, provenance: try spriteProvenance(grid),
            factors: drawn.factors)
    }

    /// Sprites are a function of the way they are drawn, the grid and the seed: a few are drawn and
    /// digested for the first, as of the drawn digits.
    func spriteProvenance(_ grid: SpriteGrid) throws -> DatasetProvenance {
        let seed = DatasetLoader.shufflingSeed
        let probe = try Sprites.generate(
            grid, seed: seed, trainCount: DatasetLoader.spriteProbe,
            testCount: DatasetLoader.spriteProbe)
        let digest = try Digest()
        try digest.add(field: probe.provenance.digest)
        try digest.add(field: grid.description)
        let factors = grid.factors.map { "\($0.valueCount) of \($0.name)" }
        return DatasetProvenance(
            digest: try digest.hexadecimal(),
            origin: "drawn by this program, every combination of "
                + "\(factors.joined(separator: ", ")), shuffled from seed \(seed)")
    }
}
