/// A command line that asks for what cannot be: exit status 2.
struct UsageMistake: Error, CustomStringConvertible {
    let description: String

    /// What is wrong, and after a line break what to do.
    init(_ message: String, advice: String? = nil) {
        description = advice.map { "\(message)\n    \($0)" } ?? message
    }
}
