import Foundation

/// What the environment asks of a campaign; nothing in the ordinary test run.
struct CampaignSettings {
    /// `VAE_REPORT_FUZZ_CASES`: how many cases each parser gets.
    let cases: Int?
    /// `VAE_REPORT_FUZZ_SECONDS`: after how many seconds of work a parser's turn ends.
    let seconds: Double?
    /// `VAE_REPORT_FUZZ_CASE`, `parser:number`: the only case, whose file is kept.
    let only: (parser: String, number: Int)?
    /// `VAE_REPORT_FUZZ_FROM`: the first case's number.
    let first: Int
    /// `VAE_REPORT_FUZZ_PARSERS`: names of the parsers that are tried, with commas; nil for all.
    private let parsers: Set<Substring>?

    init(_ environment: [String: String] = ProcessInfo.processInfo.environment) {
        func text(_ name: String) -> String? {
            environment["VAE_REPORT_FUZZ_\(name)"].flatMap { $0.isEmpty ? nil : $0 }
        }
        cases = text("CASES").flatMap(Int.init)
        seconds = text("SECONDS").flatMap(Double.init)
        first = text("FROM").flatMap(Int.init) ?? 0
        parsers = text("PARSERS").map { Set($0.split(separator: ",")) }
        let words = text("CASE")?.split(separator: ":") ?? []
        only =
            words.count == 2 ? Int(words[1]).map { (parser: String(words[0]), number: $0) } : nil
    }

    /// Whether anything is asked for: then this process does nothing else.
    var isCampaign: Bool { cases != nil || seconds != nil || only != nil }

    /// Whether a parser is to be tried.
    func includes(_ parser: String) -> Bool {
        if let only { return only.parser == parser }
        return parsers?.contains(parser[...]) ?? true
    }
}
