/// What a cell's result depends on, by the name that `--explain` uses.
///
/// Caption, alternative text and echo are not in it: they change the page, not the result.
enum CellMaterial {
    static func material(
        of cell: Cell, inputs: [String: String], upstreamKeys: [String: String]
    ) -> CellCache.Material {
        var material = ["kind": cell.kind, "label": cell.id]
        for field in cell.fields { material["option \(field.key)"] = field.value.canonical }
        for field in cell.configOverrides {
            material["config \(field.key)"] = field.value.canonical
        }
        for (name, value) in inputs { material[name] = value }
        for (id, key) in upstreamKeys { material["upstream \(id)"] = key }
        return material
    }

    /// Why a cell with `new` material does not find the result of `old`: "option beta: 1 → 4".
    static func difference(from old: CellCache.Material, to new: CellCache.Material) -> String? {
        let names = Set(old.keys).union(new.keys).sorted().filter { old[$0] != new[$0] }
        if names.isEmpty { return nil }
        return names.map { name in
            if name.hasPrefix("upstream ") { return "\(name.dropFirst(9)) changed" }
            switch (old[name], new[name]) {
            case (nil, let value?): return "\(name) is new (\(short(value)))"
            case (let value?, nil): return "\(name) is gone (was \(short(value)))"
            case (let before, let after): return "\(name): \(short(before)) → \(short(after))"
            }
        }.joined(separator: ", ")
    }

    private static func short(_ value: String?) -> String {
        guard let value else { return "nothing" }
        return value.count <= 40 ? value : value.prefix(12) + "…"
    }
}
