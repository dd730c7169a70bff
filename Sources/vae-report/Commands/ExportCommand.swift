import ArgumentParser
import ReportCells

/// `vae-report export`
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a model, its codes and its scores for other programs.",
        discussion: """
            EXAMPLES
              vae-report export mnist                          encoder.onnx, decoder.onnx, safetensors
              vae-report export outputs/mnist/runs/main --codes --output-dir codes
              vae-report export mnist --names                  our tensors with their shapes
              vae-report export mnist --names --checkpoint their.pt >map.yaml
              vae-report export mnist --checkpoint their.pt --name-map map.yaml

            Without flags, writes ONNX and safetensors. The files lie in export/ of the run. docs/exchange.md \
            has the lines that read them in Python.
            """)

    @OptionGroup var options: SubjectOptions
    @OptionGroup var model: ModelOptions

    @Flag(help: "Encoder and decoder as ONNX, with an example to check against.")
    var onnx = false
    @Flag(help: "The weights as safetensors, by PyTorch's names.")
    var safetensors = false
    @Flag(help: "Mean and σ of every image's code with its class: CSV and .npz.")
    var codes = false
    @Flag(help: "Scores, and those of every test image: CSV and .npz.")
    var scores = false
    @Option(help: "Whose codes: test or train.")
    var split: String?
    @Flag(
        help: "Only list the model's tensors; with --checkpoint, a map of names to complete.")
    var names = false

    func run() throws {
        try checkThatNothingIsIgnored()
        let subject = try Subject(options, model)
        if names { return try TensorNames(subject, options).print() }
        let chosen: [(ExportedPart, Bool)] = [
            (.onnx, onnx), (.safetensors, safetensors), (.codes, codes), (.scores, scores),
        ]
        let parts = chosen.filter(\.1).map(\.0.rawValue)
        var fields: [LittleReport.Field] = [.init("run", subject.label)]
        if !parts.isEmpty { fields.append(.init("what", "[\(parts.joined(separator: ", "))]")) }
        if let split {
            fields.append(.init("split", try RecordedConfig.quoted(split), origin: "--split"))
        }
        let label = (["export"] + parts + (split.map { [$0] } ?? [])).joined(separator: "-")
        try CommandWork(options, words: "export").answer(
            about: subject, cells: [CommandCell("export", label: label, fields: fields)],
            goals: [label], copies: model.outputFolder)
    }

    private func checkThatNothingIsIgnored() throws {
        guard !names || !(options.answer.json || onnx || safetensors || codes || scores) else {
            throw UsageMistake(
                "'--names' only lists tensors, as text",
                advice: "leave out --json and what says which files to write")
        }
        guard split == nil || codes && !names else {
            throw UsageMistake(
                "'--split' is about '--codes', which is not given", advice: "add --codes")
        }
    }
}
