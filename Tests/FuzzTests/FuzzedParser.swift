import Files
import Testing

/// A parser, and what files it is tried with.
struct FuzzedParser: Sendable {
    /// What environment variables and messages call it.
    let name: String
    /// Small valid files.
    let seeds: [[UInt8]]
    /// Words of its language, put in here and there.
    let tokens: [[UInt8]]
    /// What opens and closes something that may stand inside itself.
    let brackets: [(open: [UInt8], close: [UInt8])]
    /// How many cases the ordinary test run tries.
    let cases: Int
    /// Whether every beginning of a seed is read without an error.
    let readsBeginnings: Bool
    /// Reads a file. Whatever it throws has to be an error of ours.
    let read: @Sendable ([UInt8]) throws -> Void

    init(
        _ name: String, seeds: [[UInt8]], tokens: [[UInt8]] = [],
        brackets: [(open: String, close: String)] = [], cases: Int = 600,
        readsBeginnings: Bool = false, read: @escaping @Sendable ([UInt8]) throws -> Void
    ) {
        precondition(!seeds.isEmpty, "a parser is tried with files")
        self.name = name
        self.seeds = seeds
        self.tokens = tokens
        self.brackets = brackets.map { (Array($0.open.utf8), Array($0.close.utf8)) }
        self.cases = cases
        self.readsBeginnings = readsBeginnings
        self.read = read
    }

    /// A parser of texts: what is no UTF-8 reaches it mended.
    init(
        _ name: String, texts: [String], words: [String] = [],
        brackets: [(open: String, close: String)] = [], cases: Int = 600,
        read: @escaping @Sendable (String) throws -> Void
    ) {
        self.init(
            name, seeds: texts.map { Array($0.utf8) }, tokens: words.map { Array($0.utf8) },
            brackets: brackets, cases: cases, readsBeginnings: true,
            read: { try read(String(decoding: $0, as: UTF8.self)) })
    }

    /// What is wrong with how the parser takes `bytes`; nil when it reads or refuses them as it should.
    func fault(_ bytes: [UInt8]) -> String? {
        do {
            try read(bytes)
            return nil
        } catch {
            let type = String(reflecting: type(of: error))
            let message = "\(error)"
            if Self.ours.contains(where: { type.hasPrefix($0 + ".") }) {
                return message.isEmpty ? "an error without a message: \(type)" : nil
            }
            return "an error that is none of ours: \(type), \(message.prefix(300))"
        }
    }

    /// The rooms whose errors have messages for users.
    private static let ours = [
        "Datasets", "Evaluation", "Exchange", "Experiments", "Files", "Literate", "Rendering",
        "ReportCells", "Tensors", "Training", "vae_report",
    ]
}

extension FuzzedParser: CustomTestStringConvertible {
    var testDescription: String { name }
}
