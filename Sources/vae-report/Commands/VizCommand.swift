import ArgumentParser
import Files

/// `vae-report viz`
struct VizCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "viz",
        abstract: "Draw a figure of a trained model; trains and scores it first if need be.",
        discussion: """
            EXAMPLES
              vae-report viz recon configs/mnist.yaml --count 8
              vae-report viz traverse outputs/mnist/runs/main --dims 0 1 2 --range 3
              vae-report viz scatter mnist --output-dir pictures
              vae-report viz figure posterior-variance mnist

            Each prints the files that it wrote: the figure as PNG and SVG in figures/, plain image \
            grids in the run's grids/.
            """,
        subcommands: [
            VizRecon.self, VizTraverse.self, VizScatter.self, VizKL.self, VizLoss.self,
            VizFigure.self,
        ])
}

/// `viz recon`
struct VizRecon: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recon",
        abstract: "Test images, their reconstructions and the error: best, median and worst.")
    @OptionGroup var options: SubjectOptions
    @OptionGroup var model: ModelOptions
    @Option(help: "Images in each of the three groups.")
    var count: Int?

    func run() throws {
        var figure = FigureWork("viz recon", kind: "reconstructions")
        figure.add("count", count, origin: "--count")
        try figure.run(options, model)
    }
}

/// `viz traverse`
struct VizTraverse: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "traverse",
        abstract: "Decoded images as one latent dimension at a time moves.")
    @OptionGroup var options: SubjectOptions
    @OptionGroup var model: ModelOptions
    @Option(
        parsing: .upToNextOption,
        help: "The dimensions to move, such as 0 1 2; those with the largest KL by default.")
    var dims: [String] = []
    @Option(help: "How far to go either way, in standard deviations of the prior.")
    var range: Double?
    @Option(help: "Images along the way.")
    var steps: Int?
    @Option(help: "The test image to start from; the prior's mean by default.")
    var image: Int?
    @Option(help: "How many dimensions, when --dims does not say which.")
    var count: Int?

    func run() throws {
        var figure = FigureWork("viz traverse", kind: "traversals")
        figure.add("dims", list: WordList.entries(dims), origin: "--dims")
        figure.add("range", range, origin: "--range")
        figure.add("steps", steps, origin: "--steps")
        figure.add("image", image, origin: "--image")
        figure.add("count", count, origin: "--count")
        try figure.run(options, model)
    }
}

/// `viz scatter`
struct VizScatter: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scatter",
        abstract: "Posterior means of the test images by class; a 2-D code with its manifold.")
    @OptionGroup var options: SubjectOptions
    @OptionGroup var model: ModelOptions
    @Option(
        parsing: .upToNextOption,
        help: "Two dimensions to draw instead of the two principal components.")
    var dims: [String] = []

    func run() throws {
        var figure = FigureWork("viz scatter", kind: "latent-scatter")
        figure.add("dims", list: WordList.entries(dims), origin: "--dims")
        try figure.run(options, model)
    }
}

/// `viz kl`
struct VizKL: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kl", abstract: "The KL of each latent dimension, sorted.")
    @OptionGroup var options: SubjectOptions
    @OptionGroup var model: ModelOptions

    func run() throws {
        try FigureWork("viz kl", kind: "kl-per-dimension").run(options, model)
    }
}

/// `viz loss`
struct VizLoss: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "loss", abstract: "−ELBO, reconstruction and KL by epoch.")
    @OptionGroup var options: SubjectOptions
    @OptionGroup var model: ModelOptions

    func run() throws {
        try FigureWork("viz loss", kind: "loss-curves").run(options, model)
    }
}

/// `viz figure`
struct VizFigure: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "figure",
        abstract: "Any figure that a report can show, by the name of its kind.",
        discussion: """
            EXAMPLES
              vae-report viz figure --list
              vae-report viz figure aggregate-posterior mnist
              vae-report viz figure manifold mnist --set range=2.5 --set 'dims=[0, 3]'
            """)
    @Argument(help: "The kind, as a figure cell names it.", completion: .figureKind)
    var kind: String?
    @OptionGroup var options: SubjectOptions
    @OptionGroup var model: ModelOptions
    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: ArgumentHelp("A key of the figure. May be repeated.", valueName: "key=value"))
    var settings: [String] = []
    @Flag(help: "List the kinds and the keys that each takes.")
    var list = false

    func run() throws {
        if list {
            print(FigureList.text)
            return
        }
        guard let kind else {
            throw UsageMistake("which figure?", advice: "'vae-report viz figure --list' names them")
        }
        guard FigureList.kinds.contains(kind) else {
            let near = FigureList.kinds.nearest(to: kind).map { "did you mean '\($0)'? " } ?? ""
            throw UsageMistake(
                "there is no figure '\(kind)' of one run",
                advice: near + "'vae-report viz figure --list' names them")
        }
        var figure = FigureWork("viz \(kind)", kind: kind)
        for setting in settings { try figure.add(setting: setting) }
        try figure.run(options, model)
    }
}
