extension PickleMachine {
    /// Containers inside one another, at most; a config or an optimiser's state has five.
    private static let deepest = 64
    /// Values in all, at most: a pickle can say "the same list again" more often than memory lasts.
    private static let most = 1_000_000

    /// An object with everything in it, out of the arena.
    func value(of object: PickleObject) throws -> PickleValue {
        var budget = Self.most
        do {
            return try value(of: object, depth: 0, budget: &budget)
        } catch let refusal as PickleRefusal {
            throw PickleProblem(byte: reader.position - 1, reason: refusal.reason)
        }
    }

    private func value(
        of object: PickleObject, depth: Int, budget: inout Int
    ) throws -> PickleValue {
        budget -= 1
        guard budget >= 0 else { throw PickleRefusal("more than \(Self.most) values") }
        switch object {
        case .none: return .none
        case .boolean(let value): return .boolean(value)
        case .integer(let value): return .integer(value)
        case .number(let value): return .number(value)
        case .text(let value): return .text(value)
        case .bytes(let value): return .bytes(value)
        case .tensor(let value): return .tensor(value)
        case .global(.elementTypeName(let name)): return .text(name)
        case .global, .storage: throw PickleRefusal("a bare storage or name stands for a value")
        case .container(let index):
            guard depth < Self.deepest else {
                throw PickleRefusal("containers more than \(Self.deepest) deep, or in a circle")
            }
            return try value(of: arena[index], depth: depth + 1, budget: &budget)
        }
    }

    private func value(
        of container: Container, depth: Int, budget: inout Int
    ) throws -> PickleValue {
        guard container.kind == .dictionary else {
            var values: [PickleValue] = []
            for item in container.items {
                values.append(try value(of: item, depth: depth, budget: &budget))
            }
            return .list(values)
        }
        var dictionary = PickleDictionary()
        for index in stride(from: 0, to: container.items.count, by: 2) {
            let key = try key(container.items[index])
            dictionary[key] = try value(
                of: container.items[index + 1], depth: depth, budget: &budget)
        }
        return .dictionary(dictionary)
    }

    private func key(_ object: PickleObject) throws -> String {
        switch object {
        case .text(let text): text
        case .integer(let number): String(number)
        case .boolean(let value): value ? "True" : "False"
        default: throw PickleRefusal("a dictionary's key is neither a string nor a whole number")
        }
    }
}
