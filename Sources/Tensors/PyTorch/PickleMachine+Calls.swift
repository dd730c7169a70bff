/// Opcodes that name something, build it or refer to a storage.
enum PickleCallOpcode: UInt8 {
    case global = 0x63  // c
    case stackGlobal = 0x93
    case reduce = 0x52  // R
    case newObject = 0x81
    case build = 0x62  // b
    case persistentID = 0x51  // Q
}

extension PickleMachine {
    /// Performs an opcode of that kind.
    mutating func call(_ opcode: PickleCallOpcode) throws {
        switch opcode {
        case .global:
            let module = try reader.line()
            stack.append(.global(try PickleGlobal(module: module, name: reader.line())))
        case .stackGlobal:
            guard case (.text(let name), .text(let module)) = (try pop(), try pop()) else {
                throw PickleRefusal("a name is expected on the stack: the pickle is damaged")
            }
            stack.append(.global(try PickleGlobal(module: module, name: name)))
        case .reduce, .newObject: try reduce()
        case .build: try dropAttributes()
        case .persistentID: try refer()
        }
    }

    private mutating func reduce() throws {
        let arguments = try pop()
        guard case .global(let global) = try pop(), let arguments = items(of: arguments, .tuple)
        else { throw PickleRefusal("a call without a name or arguments: the pickle is damaged") }
        switch global {
        case .orderedDictionary:
            let items = try orderedItems(arguments)
            try spend(items.count)
            push(.dictionary, items)
        case .set: push(.set, try only(arguments, .list, for: global))
        case .latin1Bytes:
            let bytes = try latin1(arguments)
            try spend(bytes.count / 16)
            stack.append(.bytes(bytes))
        case .tensor: stack.append(.tensor(try tensor(arguments)))
        case .parameter:
            guard case .tensor? = arguments.first else { throw malformed(global) }
            stack.append(arguments[0])
        case .size: push(.tuple, try only(arguments, .tuple, for: global))
        case .device: stack.append(.text(try device(arguments)))
        case .storage, .elementTypeName: throw malformed(global)
        }
    }

    private func malformed(_ global: PickleGlobal) -> PickleRefusal {
        PickleRefusal("\(global) is called with arguments that it never has")
    }

    /// The items of the one argument, a container of that kind.
    private func only(
        _ arguments: [PickleObject], _ kind: Container.Kind, for global: PickleGlobal
    ) throws -> [PickleObject] {
        guard let argument = arguments.first, arguments.count == 1,
            let items = items(of: argument, kind)
        else { throw malformed(global) }
        return items
    }

    /// The items of `OrderedDict(pairs)` in turn.
    private func orderedItems(_ arguments: [PickleObject]) throws -> [PickleObject] {
        if arguments.isEmpty { return [] }
        return try only(arguments, .list, for: .orderedDictionary).flatMap { pair in
            let pair = items(of: pair, .tuple) ?? items(of: pair, .list) ?? []
            guard pair.count == 2 else { throw malformed(.orderedDictionary) }
            return pair
        }
    }

    private func latin1(_ arguments: [PickleObject]) throws -> [UInt8] {
        guard arguments.count == 2, case .text(let text) = arguments[0],
            case .text("latin1") = arguments[1],
            text.unicodeScalars.allSatisfy({ $0.value < 256 })
        else { throw malformed(.latin1Bytes) }
        return text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    }

    private func device(_ arguments: [PickleObject]) throws -> String {
        switch (arguments.first, arguments.count) {
        case (.text(let kind)?, 1): return kind
        case (.text(let kind)?, 2):
            guard case .integer(let index) = arguments[1] else { throw malformed(.device) }
            return "\(kind):\(index)"
        default: throw malformed(.device)
        }
    }

    /// `(storage, offset, sizes, strides, …)`; what follows matters to training only.
    private func tensor(_ arguments: [PickleObject]) throws -> PyTorchTensor {
        guard arguments.count >= 4, case .storage(let storage) = arguments[0],
            case .integer(let offset) = arguments[1], let sizes = integers(arguments[2]),
            let strides = integers(arguments[3])
        else { throw malformed(.tensor) }
        guard
            let tensor = PyTorchTensor(
                storage: storage.key, elementType: storage.elementType, count: storage.count,
                offset: offset, sizes: sizes, strides: strides)
        else {
            throw PickleRefusal(
                "a tensor of shape \(sizes), strides \(strides) and offset \(offset) does not fit "
                    + "its storage of \(storage.count) numbers")
        }
        return tensor
    }

    private func integers(_ object: PickleObject) -> [Int]? {
        guard let items = items(of: object, .tuple) ?? items(of: object, .list),
            items.count <= PyTorchTensor.mostAxes
        else { return nil }
        let numbers = items.compactMap { if case .integer(let value) = $0 { value } else { nil } }
        return numbers.count == items.count ? numbers : nil
    }

    /// A state dictionary carries `_metadata` as an attribute, which says nothing about its tensors.
    private mutating func dropAttributes() throws {
        let attributes = try pop()
        guard stack.count > marks.last ?? 0, let object = stack.last,
            items(of: object, .dictionary) != nil, items(of: attributes, .dictionary) != nil
        else { throw PickleRefusal("attributes are set on what is no dictionary") }
    }

    /// `('storage', class, key, place, count[, view])`: a place is ignored, a view is not known here.
    private mutating func refer() throws {
        guard let parts = items(of: try pop(), .tuple), parts.count == 5 || parts.count == 6,
            case .text("storage") = parts[0], case .global(.storage(let type)) = parts[1],
            case .text(let key) = parts[2], case .text = parts[3],
            case .integer(let count) = parts[4]
        else { throw PickleRefusal("a reference to something that is no storage") }
        if parts.count == 6 {
            guard case .none = parts[5] else {
                throw PickleRefusal(
                    "storage '\(key)' is a view of another, as PyTorch before 0.4 wrote it; "
                        + "load and save the file with a newer PyTorch")
            }
        }
        let storage = PyTorchStorage(key: key, elementType: type, count: count)
        try note(storage)
        stack.append(.storage(storage))
    }
}
