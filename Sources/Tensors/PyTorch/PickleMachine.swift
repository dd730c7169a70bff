/// What the pickle machine computes with; containers are numbers of places in its arena.
enum PickleObject {
    case none
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case bytes([UInt8])
    case container(Int)
    case global(PickleGlobal)
    case storage(PyTorchStorage)
    case tensor(PyTorchTensor)
}

/// A storage that a pickle refers to: its numbers stand elsewhere in the file.
struct PyTorchStorage: Equatable {
    let key: String
    let elementType: PyTorchElementType
    /// How many numbers it holds.
    let count: Int

    /// Its size in bytes; nil when that overflows.
    var byteCount: Int? {
        let (bytes, overflow) = count.multipliedReportingOverflow(by: elementType.size)
        return overflow ? nil : bytes
    }
}

/// Interprets the pickles that `torch.save` writes, and executes nothing.
///
/// A pickle is a program for a stack machine whose REDUCE calls any Python function by name. This
/// machine knows a list of opcodes (the `Pickle…Opcode` enums) and of names (``PickleGlobal``); all
/// others are refused by name. Calling one of the names only ever builds a value.
///
/// Lists, dictionaries and tuples live in an arena and are referred to by number, so that cycles and
/// depth cost nothing here; ``PickleMachine/value(of:)`` bounds both. Memory is linear in the pickle.
struct PickleMachine {
    /// A list, tuple, set or dictionary being built.
    struct Container {
        enum Kind { case list, tuple, set, dictionary }
        let kind: Kind
        /// Items; keys and values in turn for a dictionary.
        var items: [PickleObject] = []
    }

    var reader: PickleReader
    var stack: [PickleObject] = []
    /// Heights of the stack at which a MARK was pushed.
    var marks: [Int] = []
    var memo: [Int: PickleObject] = [:]
    var arena: [Container] = []
    /// Every storage that was referred to, by key.
    private(set) var storages: [String: PyTorchStorage] = [:]
    /// Items that calls may still copy: one that is remembered can be made again and again.
    private var copiesLeft = 4_000_000

    init(_ bytes: [UInt8], from position: Int = 0) {
        reader = PickleReader(bytes, from: position)
    }

    /// Runs until STOP and returns what is left on the stack.
    mutating func run() throws -> PickleValue {
        while true {
            let start = reader.position
            let code = try reader.byte()
            if code == UInt8(ascii: ".") { return try value(of: pop()) }
            do {
                try perform(code)
            } catch let problem as PickleProblem {
                throw problem
            } catch let refusal as PickleRefusal {
                throw PickleProblem(byte: start, reason: refusal.reason)
            }
        }
    }

    private mutating func perform(_ code: UInt8) throws {
        if let opcode = PickleLiteralOpcode(rawValue: code) {
            if let literal = try literal(opcode) { stack.append(literal) }
        } else if let opcode = PickleContainerOpcode(rawValue: code) {
            try build(opcode)
        } else if let opcode = PickleStackOpcode(rawValue: code) {
            try move(opcode)
        } else if let opcode = PickleCallOpcode(rawValue: code) {
            try call(opcode)
        } else {
            throw PickleRefusal(
                "opcode 0x\(String(code, radix: 16)) does not belong into a file of tensors; "
                    + "it is not executed")
        }
    }

    /// Counts items that a call copies.
    mutating func spend(_ count: Int) throws {
        copiesLeft -= count
        guard copiesLeft >= 0 else {
            throw PickleRefusal("the same values are made again more often than any file needs")
        }
    }

    /// Notes a storage; the same key must always mean the same storage.
    mutating func note(_ storage: PyTorchStorage) throws {
        if let known = storages[storage.key], known != storage {
            throw PickleRefusal("storage '\(storage.key)' is described in two ways")
        }
        guard storage.count >= 0, storage.byteCount != nil else {
            throw PickleRefusal("storage '\(storage.key)' claims \(storage.count) numbers")
        }
        storages[storage.key] = storage
    }

    /// Takes the top of the stack, which must lie above the last mark.
    mutating func pop() throws -> PickleObject {
        guard stack.count > marks.last ?? 0, let top = stack.popLast() else {
            throw PickleRefusal("nothing is left on the stack: the pickle is damaged")
        }
        return top
    }

    /// Takes everything above the last mark, and the mark.
    mutating func popToMark() throws -> [PickleObject] {
        guard let mark = marks.popLast() else {
            throw PickleRefusal("a MARK is missing: the pickle is damaged")
        }
        defer { stack.removeSubrange(mark...) }
        return Array(stack[mark...])
    }
}

/// Why an opcode is not performed; the machine adds where.
struct PickleRefusal: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }
}

/// Opcodes that move what is on the stack or remember it.
enum PickleStackOpcode: UInt8 {
    case mark = 0x28  // (
    case pop = 0x30  // 0
    case popMark = 0x31  // 1
    case duplicate = 0x32  // 2
    case get = 0x68  // h
    case longGet = 0x6a  // j
    case put = 0x71  // q
    case longPut = 0x72  // r
    case memoize = 0x94
}

extension PickleMachine {
    private mutating func move(_ opcode: PickleStackOpcode) throws {
        switch opcode {
        case .mark: marks.append(stack.count)
        case .pop:
            if marks.last == stack.count { marks.removeLast() } else { _ = try pop() }
        case .popMark: _ = try popToMark()
        case .duplicate: stack.append(try top())
        case .get: stack.append(try remembered(reader.length(1)))
        case .longGet: stack.append(try remembered(reader.length(4)))
        case .put: memo[try reader.length(1)] = try top()
        case .longPut: memo[try reader.length(4)] = try top()
        case .memoize: memo[memo.count] = try top()
        }
    }

    private func top() throws -> PickleObject {
        guard stack.count > marks.last ?? 0, let top = stack.last else {
            throw PickleRefusal("nothing is on the stack: the pickle is damaged")
        }
        return top
    }

    private func remembered(_ index: Int) throws -> PickleObject {
        guard let object = memo[index] else {
            throw PickleRefusal("object \(index) is used before it is made: the pickle is damaged")
        }
        return object
    }
}
