import Files

/// A figure that a command draws, with the options that the user gave.
struct FigureWork {
    /// The command's words: "viz traverse".
    let words: String
    /// The figure's kind, as a cell names it.
    let kind: String
    private(set) var fields: [LittleReport.Field] = []

    /// A figure of a kind for the command called `words`.
    init(_ words: String, kind: String) {
        self.words = words
        self.kind = kind
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
        fields.append(
            .init(String(setting[..<equals]), String(value), origin: "--set \(setting)"))
    }

    /// Draws the figure and answers.
    func run(_ options: SubjectOptions, _ model: ModelOptions) throws {
        let subject = try Subject(
            options.subject, config: options.config, checkpoint: model.checkpoint)
        if case .file(_, nil) = subject.weights, kind == "loss-curves" {
            throw UsageMistake(
                "a checkpoint has no history to draw",
                advice: "name the config or the run that it was trained in")
        }
        let mark = try mark()
        let label =
            (["fig", String(words.map { $0 == " " ? "-" : $0 })] + (mark.map { [$0] } ?? []))
            .joined(separator: "-")
        let about: [LittleReport.Field] = [.init("kind", kind), .init("run", subject.label)]
        try CommandWork(options, words: words).answer(
            about: subject,
            cells: [CommandCell("figure", label: label, fields: about + fields)], goals: [label],
            copies: model.outputFolder, imageMark: mark)
    }

    /// Six digits that tell figures with different options apart; nil without options.
    private func mark() throws -> String? {
        guard !fields.isEmpty else { return nil }
        let digest = try Digest()
        for text in [kind] + fields.sorted(by: { $0.key < $1.key }).flatMap({ [$0.key, $0.value] })
        {
            try digest.add(field: text)
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
