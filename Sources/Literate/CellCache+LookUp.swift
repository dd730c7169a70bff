/// What a build finds in the cache for a cell.
enum CacheAnswer {
    /// A result that still holds.
    case holds(CellResult)
    /// Nothing to reuse, and why.
    case runs(reason: String)
}

extension CellCache {
    /// Looks a cell up; `last` is what went into its key in the last build.
    func lookUp(
        _ cell: Cell, key: String, material: Material, last: Material?
    ) -> CacheAnswer {
        guard cell.options.isCached else { return .runs(reason: "the cell says cache: false") }
        switch find(key) {
        case .result(let result): return .holds(result)
        case .unusable(let why): return .runs(reason: why)
        case .nothing:
            let difference = last.flatMap { CellMaterial.difference(from: $0, to: material) }
            return .runs(
                reason: difference ?? (last == nil ? "it was never run" : "its cache file is gone"))
        }
    }
}
