import Literate

/// What all commands about a model have in common: display, interruption, session, answer.
struct CommandWork {
    private let options: SubjectOptions
    private let words: String

    /// The work of the command called `words`, for example "viz traverse".
    init(_ options: SubjectOptions, words: String) {
        self.options = options
        self.words = words
    }

    /// Runs `cells` for the results of `goals` and answers.
    ///
    /// `output` is the folder for everything; `copies` one that gets copies of what was made.
    func answer(
        about subject: Subject, cells: [CommandCell] = [], goals: [String], output: String? = nil,
        copies: String? = nil, imageMark: String? = nil
    ) throws {
        let display = BuildDisplay(isQuiet: options.answer.quiet)
        let interruption = Interruption(display: display)
        defer { interruption.end() }
        let session = CommandSession(
            subject: subject, options: options, display: display, output: output,
            imageMark: imageMark)
        let result = try session.run(cells, goals: goals)
        defer { result.lock.release() }
        var answer = try Answer(words, result, goals: goals, display: display)
        try answer.copy(to: copies, without: imageMark)
        try answer.give(options.answer, on: display)
    }
}
