import Files

extension DatasetLoader {
    /// The seed of the drawn digits; a constant, so that every report means the same images.
    static let drawingSeed: UInt64 = 0

    /// Draws the digits, no more of them than are wanted.
    func draw(
        _ entry: CatalogueEntry, standingInFor missing: CatalogueEntry?, limits: SplitLimits
    ) throws -> ImageDataset {
        throw DatasetError.unavailable(title: entry.title, name: entry.name, looked: [])
    }

    /// The drawn digits are a function of the way they are drawn, the seed and the counts.
    func drawnProvenance(
        _ entry: CatalogueEntry, standingInFor missing: CatalogueEntry?
    ) throws -> DatasetProvenance {
        let digest = try Digest()
        try digest.add(field: "drawn digits 1")
        for number in [Int(DatasetLoader.drawingSeed), entry.counts.train, entry.counts.test] {
            try digest.add(field: String(number))
        }
        return DatasetProvenance(
            digest: try digest.hexadecimal(),
            origin: "drawn by this program from seed \(DatasetLoader.drawingSeed)",
            standsInFor: missing?.name)
    }
}
