import ArgumentParser

/// What every command about a model takes.
struct SubjectOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "A config (configs/mnist.yaml, or just mnist) or the folder of a run "
                + "(outputs/mnist/runs/main).", valueName: "config|run"),
        completion: .subject)
    var subject: String?

    @Option(
        help: ArgumentHelp("The config, if it does not come first.", valueName: "file"),
        completion: .file(extensions: ["yaml", "yml"]))
    var config: String?

    @Option(
        name: [.customShort("P"), .customLong("param")], parsing: .singleValue,
        help: ArgumentHelp("Set a config key. May be repeated.", valueName: "key=value"),
        completion: .setting)
    var parameters: [String] = []

    @OptionGroup var data: DataOptions

    @Flag(help: "Nothing may stand in for a data set that is not there.")
    var strict = false

    @OptionGroup var answer: AnswerOptions
}

/// How a command answers.
struct AnswerOptions: ParsableArguments {
    @Flag(help: "Print one JSON object, and nothing else, on standard output.")
    var json = false

    @Flag(name: .shortAndLong, help: "No progress, only warnings and errors.")
    var quiet = false
}

/// What commands take that use a model rather than train it.
struct ModelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Use this checkpoint instead of the run's best: safetensors, or a PyTorch file (.pt).",
            valueName: "file"), completion: .checkpoint)
    var checkpoint: String?

    @Option(
        name: .customLong("name-map"),
        help: ArgumentHelp(
            "Lines 'theirs: ours' for a checkpoint whose tensors have other names.",
            valueName: "file"))
    var nameMap: String?

    @Option(
        name: .customLong("output-dir"),
        help: ArgumentHelp(
            "Put copies of what was made into this folder too.", valueName: "folder"),
        completion: .directory)
    var outputFolder: String?
}
