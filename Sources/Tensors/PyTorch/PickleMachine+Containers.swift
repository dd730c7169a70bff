/// Opcodes that build lists, tuples, sets and dictionaries.
enum PickleContainerOpcode: UInt8 {
    case emptyList = 0x5d  // ]
    case emptyTuple = 0x29  // )
    case emptyDictionary = 0x7d  // }
    case emptySet = 0x8f
    case list = 0x6c  // l
    case tuple = 0x74  // t
    case dictionary = 0x64  // d
    case tuple1 = 0x85
    case tuple2 = 0x86
    case tuple3 = 0x87
    case append = 0x61  // a
    case appends = 0x65  // e
    case setItem = 0x73  // s
    case setItems = 0x75  // u
    case addItems = 0x90
}

extension PickleMachine {
    /// Performs an opcode that makes or fills a container.
    mutating func build(_ opcode: PickleContainerOpcode) throws {
        switch opcode {
        case .emptyList: push(.list, [])
        case .emptyTuple: push(.tuple, [])
        case .emptyDictionary: push(.dictionary, [])
        case .emptySet: push(.set, [])
        case .list: push(.list, try popToMark())
        case .tuple: push(.tuple, try popToMark())
        case .dictionary: push(.dictionary, try pairs(popToMark()))
        case .tuple1: push(.tuple, try items(1))
        case .tuple2: push(.tuple, try items(2))
        case .tuple3: push(.tuple, try items(3))
        case .append: try extend(.list, with: items(1))
        case .appends: try extend(.list, with: popToMark())
        case .setItem: try extend(.dictionary, with: items(2))
        case .setItems: try extend(.dictionary, with: pairs(popToMark()))
        case .addItems: try extend(.set, with: popToMark())
        }
    }

    /// Pushes a new container.
    mutating func push(_ kind: Container.Kind, _ items: [PickleObject]) {
        arena.append(Container(kind: kind, items: items))
        stack.append(.container(arena.count - 1))
    }

    /// The items of a container of that kind; nil for everything else.
    func items(of object: PickleObject, _ kind: Container.Kind) -> [PickleObject]? {
        guard case .container(let index) = object, arena[index].kind == kind else { return nil }
        return arena[index].items
    }

    private mutating func items(_ count: Int) throws -> [PickleObject] {
        var items: [PickleObject] = []
        for _ in 0..<count { items.append(try pop()) }
        return items.reversed()
    }

    private func pairs(_ items: [PickleObject]) throws -> [PickleObject] {
        guard items.count % 2 == 0 else {
            throw PickleRefusal("a dictionary has a key without a value: the pickle is damaged")
        }
        return items
    }

    /// Adds to the container on top of the stack.
    private mutating func extend(_ kind: Container.Kind, with items: [PickleObject]) throws {
        guard stack.count > marks.last ?? 0, case .container(let index)? = stack.last,
            arena[index].kind == kind
        else { throw PickleRefusal("items are added to what is no \(kind)") }
        arena[index].items += items
    }
}
