import ArgumentParser

/// `vae-report eval`
struct EvalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Score a model on the test images, training it first if need be.",
        discussion: """
            EXAMPLES
              vae-report eval configs/mnist.yaml
              vae-report eval outputs/mnist/runs/main -P eval.iwae_samples=5000
              vae-report eval --config configs/mnist.yaml --checkpoint vae.pt --output-dir scores

            Prints every score with its standard error, its unit and the number of images; what was \
            not computed says why. --json adds the protocols. The scores are kept in logs/metrics.csv \
            of the run. A checkpoint from elsewhere gets a folder of its own below outputs/.
            """)

    @OptionGroup var options: SubjectOptions
    @OptionGroup var model: ModelOptions

    func run() throws {
        let subject = try Subject(options, model)
        try CommandWork(options, words: "eval").answer(
            about: subject, goals: ["eval-1"], copies: model.outputFolder)
    }
}
