import Exchange
import Experiments
import Files
import Rendering
import ReportCells

/// What a command is about: a config, a run that lies there, or a checkpoint.
struct Subject {
    /// Where the weights come from.
    enum Weights {
        /// They are trained, or were by an earlier command.
        case training
        /// A run as it lies there.
        case run(RunPlace)
        /// A file; with the run whose record goes with it, if there is one.
        case file(CheckpointFile, RunPlace?)
    }

    /// The config's or the report's name, which names folders.
    let name: String
    /// The config.
    let config: SourceText
    /// The label of the run.
    let label: String
    /// Where the weights come from.
    let weights: Weights

    /// The subject of a command: what it was given first, `--config` and `--checkpoint`.
    ///
    /// Throws a ``UsageMistake`` that says what was expected, or what reading the files throws.
    init(_ argument: String?, config: String?, checkpoint: String?) throws {
        var (argument, checkpoint) = (argument, checkpoint)
        if let file = argument, checkpoint == nil, CheckpointFile.isCheckpoint(file) {
            (argument, checkpoint) = (nil, file)
        }
        if let argument, let config, argument != config {
            throw UsageMistake(
                "'\(argument)' and --config \(config) both say what to work on", advice: "give one")
        }
        let named = argument ?? config
        if let named, RunPlace.isRun(named), !Subject.isConfig(named) {
            try self.init(run: RunPlace(named), checkpoint: checkpoint)
        } else if let named {
            let text = try Subject.config(named)
            let file = try checkpoint.map { try CheckpointFile($0) }
            let place = checkpoint.flatMap(RunPlace.holding)
            self.init(
                name: Subject.name(of: named), config: text, label: "main",
                weights: file.map { .file($0, place?.record.label == "main" ? place : nil) }
                    ?? .training)
        } else if let checkpoint {
            try self.init(checkpoint: checkpoint)
        } else {
            throw UsageMistake(
                "say what to work on: a config, or the folder of a run",
                advice: "for example configs/mnist.yaml, just mnist, or outputs/mnist/runs/main")
        }
    }

    private init(name: String, config: SourceText, label: String, weights: Weights) {
        self.name = name
        self.config = config
        self.label = label
        self.weights = weights
    }

    private init(run place: RunPlace, checkpoint: String?) throws {
        let isOwn = checkpoint.map { Subject.isSame($0, place.bestCheckpoint) } ?? true
        self.init(
            name: Subject.name(of: place), config: try RecordedConfig.text(of: place),
            label: place.record.label,
            weights: isOwn
                ? .run(place)
                : .file(
                    try CheckpointFile(checkpoint ?? ""),
                    checkpoint.flatMap(RunPlace.holding)?.path == place.path ? place : nil))
    }

    /// A checkpoint alone: it lies in a run's folder, or carries its config.
    private init(checkpoint: String) throws {
        if let place = RunPlace.holding(checkpoint: checkpoint) {
            try self.init(run: place, checkpoint: checkpoint)
            return
        }
        let file = try CheckpointFile(checkpoint)
        guard let config = try RecordedConfig.text(of: file) else {
            throw UsageMistake(
                "\(checkpoint) does not say what it was trained with",
                advice: "name its config: --config configs/mnist.yaml --checkpoint \(checkpoint)")
        }
        self.init(
            name: Subject.stem(of: checkpoint), config: config, label: "main",
            weights: .file(file, nil))
    }
}

extension Subject {
    /// The subject of a command that uses a model, a checkpoint's names mapped to ours.
    init(_ options: SubjectOptions, _ model: ModelOptions) throws {
        self = try Subject(
            options.subject, config: options.config, checkpoint: model.checkpoint)
        guard let map = model.nameMap else { return }
        guard case .file(var file, let place) = weights else {
            throw UsageMistake(
                "--name-map says whose names a checkpoint's tensors have, but there is none",
                advice: "add --checkpoint FILE")
        }
        file.names = try NameMap(WholeFile.text(at: map))
        self.init(name: name, config: config, label: label, weights: .file(file, place))
    }

    /// The name of a file without its suffix.
    static func stem(of path: String) -> String {
        let name = FilePath.name(of: path)
        return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    }

    private static func isConfig(_ path: String) -> Bool {
        path.hasSuffix(".yaml") || path.hasSuffix(".yml")
    }

    /// The name of a config's folder: "mnist" for configs/mnist.yaml.
    private static func name(of config: String) -> String {
        isConfig(config) ? stem(of: config) : FilePath.name(of: config)
    }

    /// "mnist" for the run outputs/mnist@12345678/runs/main.
    private static func name(of place: RunPlace) -> String {
        let folder = FilePath.name(of: place.outputFolder ?? place.path)
        let name = folder.prefix { $0 != "@" }
        return name.isEmpty || name.hasPrefix(".") ? place.record.label : String(name)
    }

    /// A config by path or name, from the user's folder or from inside the program.
    private static func config(_ named: String) throws -> SourceText {
        let isPath = isConfig(named) || named.contains("/")
        let path = isPath ? named : "configs/\(named).yaml"
        if FilePath.isFile(path) { return try WholeFile.text(at: path) }
        if !isPath, FilePath.isFile(named) { return try WholeFile.text(at: named) }
        if let text = EmbeddedFiles.text(named: path) { return SourceText(name: path, text: text) }
        let known = EmbeddedFiles.names.filter { $0.hasPrefix("configs/") }
            .map { stem(of: $0) }.sorted()
        let near = known.nearest(to: name(of: named)).map { "did you mean '\($0)'? " } ?? ""
        throw UsageMistake(
            "there is no config or run '\(named)': no file \(path) here, and none inside vae-report",
            advice: near + "configs inside vae-report: \(known.joined(separator: ", "))")
    }

    private static func isSame(_ one: String, _ other: String) -> Bool {
        guard let first = FileIdentity(of: one), let second = FileIdentity(of: other) else {
            return false
        }
        return first == second
    }
}
