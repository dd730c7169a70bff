import ArgumentParser

/// `vae-report train`
struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train the model of a config, or go on with an interrupted training.",
        discussion: """
            EXAMPLES
              vae-report train configs/mnist.yaml
              vae-report train mnist -P train.epochs=3 -P model.latent_dim=2
              vae-report train --config configs/cifar10.yaml --output-dir /scratch/cifar10

            The run lies in outputs/<config>/runs/main: ckpts/, logs/ and run.json. It is the run \
            of 'vae-report build <config>' too: whichever comes first trains, the other uses it. \
            With -P the folder is outputs/<config>@<key>/.
            """)

    @OptionGroup var options: SubjectOptions

    @Option(
        name: [.customLong("output-dir"), .customLong("output"), .customShort("o")],
        help: ArgumentHelp(
            "The folder for everything; outputs/<config> by default.", valueName: "folder"))
    var outputFolder: String?

    func run() throws {
        let subject = try Subject(options.subject, config: options.config, checkpoint: nil)
        guard case .training = subject.weights else {
            throw UsageMistake(
                "'\(options.subject ?? "")' is trained already",
                advice: "give a config, for example configs/mnist.yaml")
        }
        try CommandWork(options, words: "train").answer(
            about: subject, goals: [subject.label], output: outputFolder)
    }
}
