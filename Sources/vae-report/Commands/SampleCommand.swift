import ArgumentParser

/// `vae-report sample`
struct SampleCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "Decode new images: from the prior, from posteriors, between and beyond images.",
        discussion: """
            EXAMPLES
              vae-report sample prior mnist --count 64 --temperature 0.7 --seed 3
              vae-report sample posterior mnist --images 0 1 2 --draws 8
              vae-report sample interpolate mnist --images 3 5 --steps 11 --mode spherical
              vae-report sample arithmetic mnist --from 'image 12' --minus 7 --plus 9
            """,
        subcommands: [
            SamplePrior.self, SamplePosterior.self, SampleInterpolate.self, SampleArithmetic.self,
        ])
}

/// `sample prior`
struct SamplePrior: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prior",
        abstract: "Images decoded from draws of the prior.",
        discussion: """
            Several temperatures make a grid: a row for each, the same draws in every row.
            """)
    @OptionGroup var options: SubjectOptions
    @OptionGroup var model: ModelOptions
    @Option(help: "How many draws.")
    var count: Int?
    @Option(
        parsing: .upToNextOption,
        help: "Standard deviations of the draws, such as 0.7 or 0.5 0.7 1; 1 is the prior itself.")
    var temperature: [String] = []
    @Option(help: "Seed of the draws; the run's by default.")
    var seed: Int?

    func run() throws {
        let temperatures = WordList.entries(temperature)
        var figure =
            temperatures.count > 1
            ? FigureWork(
                "sample prior", kind: "prior-temperatures", name: "sample-prior-temperatures")
            : FigureWork("sample prior", kind: "prior-samples")
        figure.add("count", count, origin: "--count")
        figure.add("temperatures", list: temperatures, origin: "--temperature")
        figure.add("seed", seed, origin: "--seed")
        try figure.run(options, model)
    }
}

/// `sample posterior`
struct SamplePosterior: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "posterior",
        abstract: "Several draws from the posterior of each image, in the order of the images.")
    @OptionGroup var options: SubjectOptions
    @OptionGroup var model: ModelOptions
    @Option(help: "How many test images, when --images does not say which.")
    var count: Int?
    @Option(parsing: .upToNextOption, help: "Which test images, from 0.")
    var images: [String] = []
    @Option(help: "Draws from each image's posterior.")
    var draws: Int?
    @Option(help: "Seed of the draws; the run's by default.")
    var seed: Int?

    func run() throws {
        var figure = FigureWork("sample posterior", kind: "posterior-samples")
        figure.add("count", count, origin: "--count")
        figure.add("images", list: WordList.entries(images), origin: "--images")
        figure.add("draws", draws, origin: "--draws")
        figure.add("seed", seed, origin: "--seed")
        try figure.run(options, model)
    }
}

/// `sample interpolate`
struct SampleInterpolate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "interpolate",
        abstract: "The way from one test image to another through the latent space.")
    @OptionGroup var options: SubjectOptions
    @OptionGroup var model: ModelOptions
    @Option(
        parsing: .upToNextOption,
        help: "The test images to go between, two by two: 3 5 8 1 goes from 3 to 5 and from 8 to 1."
    )
    var images: [String] = []
    @Option(help: "How many pairs, when --images does not say which.")
    var count: Int?
    @Option(help: "Images along the way.")
    var steps: Int?
    @Option(help: "linear, spherical or both.")
    var mode: String?

    func run() throws {
        let places = WordList.entries(images)
        guard places.count.isMultiple(of: 2) else {
            throw UsageMistake(
                "--images names \(places.count) images, but a way has two ends",
                advice: "for example --images 3 5")
        }
        var figure = FigureWork("sample interpolate", kind: "interpolations")
        let pairs = stride(from: 0, to: places.count, by: 2).map {
            "[\(places[$0]), \(places[$0 + 1])]"
        }
        figure.add("pairs", list: pairs, origin: "--images")
        figure.add("count", count, origin: "--count")
        figure.add("steps", steps, origin: "--steps")
        try figure.add("mode", mode, origin: "--mode")
        try figure.run(options, model)
    }
}

/// `sample arithmetic`
struct SampleArithmetic: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "arithmetic",
        abstract: "Sums and differences of codes, decoded: from − minus + plus.",
        discussion: """
            A code is the mean of a class (its name) or that of a test image ('image 12').
            """)
    @OptionGroup var options: SubjectOptions
    @OptionGroup var model: ModelOptions
    @Option(parsing: .upToNextOption, help: "What to start from; each makes a row.")
    var from: [String] = []
    @Option(parsing: .upToNextOption, help: "What to subtract: one for all rows, or one a row.")
    var minus: [String] = []
    @Option(parsing: .upToNextOption, help: "What to add: one for all rows, or one a row.")
    var plus: [String] = []
    @Option(help: "How many rows, when --from does not say which.")
    var count: Int?

    func run() throws {
        var figure = FigureWork("sample arithmetic", kind: "latent-arithmetic")
        for (key, codes) in [("from", from), ("minus", minus), ("plus", plus)] {
            figure.add(key, list: try codes.map(RecordedConfig.quoted), origin: "--\(key)")
        }
        figure.add("count", count, origin: "--count")
        try figure.run(options, model)
    }
}
