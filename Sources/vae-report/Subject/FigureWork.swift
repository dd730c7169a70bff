import Files

/// A figure that a command draws, with the options that the user gave.
struct FigureWork {
    /// The command's words: "viz traverse".
    let words: String
    /// The figure's kind, as a cell names it.
    let kind: String
    /// What its files are called, without "fig-".
    private let name: String
    private(set) var fields: [LittleReport.Field] = []

    /// A figure of a kind for the command called `words`; `name` calls its files otherwise.
    init(_ words: String, kind: String, name: String? = nil) {
        self.words = words
        self.kind = kind
        self.name = name ?? String(words.map { $0 == " " ? "-" : $0 })
    }

    /// Adds a number that was given; nil adds nothing.
    mutating func add(_ key: String, _ value: Int?, origin: String) {
        if let value { fields.append(.init(key, String(value), origin: origin)) }
    }

    /// Adds a number that was given; nil adds nothing.
    mutating func add(_ key: String, _ value: Double?, origin: String) {
        if let value { fields.append(.init(key, String(value), origin: origin)) }
    }

    /// Adds a word that was given; nil adds nothing.
    mutating func add(_ key: String, _ value: String?, origin: String) throws {
        if let value { fields.append(.init(key, try RecordedConfig.quoted(value), origin: origin)) }
    }

    /// Adds a list that was given; an empty one adds nothing.
    mutating func add(_ key: String, list: [String], origin: String) {
        if !list.isEmpty {
            fields.append(.init(key, "[\(list.joined(separator: ", "))]", origin: origin))
        }
    }

    /// Adds what stands in `key=value`, the value as YAML.
    mutating func add(setting: String) throws {
        guard let equals = setting.firstIndex(of: "="), equals != setting.startIndex else {
            throw UsageMistake(
                "--set expects key=value, found '\(setting)'", advice: "for example --set count=8")
        }
        let value = setting[setting.index(after: equals)...]
        guard !value.contains(where: \.isNewline) else {
            throw UsageMistake("--set takes one line, found several in '\(setting)'")
        }
        let key = String(setting[..<equals])
        let known = FigureList.keys(of: kind)
        guard known.contains(key) else {
            let near = known.nearest(to: key).map { "did you mean '\($0)'? " } ?? ""
            throw UsageMistake(
                "--set \(setting): a '\(kind)' figure has no key '\(key)'",
                advice: near
                    + (known.isEmpty ? "it takes none" : "keys: \(known.joined(separator: ", "))"))
        }
        fields.append(.init(key, String(value), origin: "--set \(setting)"))
    }

    /// Draws the figure and answers.
    func run(_ options: SubjectOptions, _ model: ModelOptions) throws {
        let subject = try Subject(options, model)
        if case .file(_, nil) = subject.weights, kind == "loss-curves" {
            throw UsageMistake(
                "a checkpoint has no history to draw",
                advice: "name the config or the run that it was trained in")
        }
        let mark = try fields.isEmpty ? nil : FigureWork.mark(of: fields)
        let label =
            (["fig", String(words.map { $0 == " " ? "-" : $0 })] + (mark.map { [$0] } ?? []))
            .joined(separator: "-")
        let about: [LittleReport.Field] = [.init("kind", kind), .init("run", subject.label)]
        try CommandWork(options, words: words).answer(
            about: subject,
            cells: [CommandCell("figure", label: label, fields: about + fields)], goals: [label],
            copies: model.outputFolder, imageMark: mark)
    }

    /// Six digits that tell results with different options apart.
    static func mark(of fields: [LittleReport.Field]) throws -> String {
        let digest = try Digest()
        for field in fields.sorted(by: { $0.key < $1.key }) {
            try digest.add(field: field.key)
            try digest.add(field: field.value)
        }
        return String(try digest.hexadecimal().prefix(6))
    }
}

/// Lists as people type them: "0 1 2", "0,1,2" or "[0, 1, 2]".
enum WordList {
    /// The entries of what was typed after one option.
    static func entries(_ words: [String]) -> [String] {
        words.flatMap { $0.split { ", []".contains($0) }.map(String.init) }
    }
}
