/// A style sheet and a script that go into a page together or not at all.
struct PageAssets {
    var style = ""
    var script = ""

    /// Neither.
    init() {}

    /// The files with these names, compact: style sheets end in ".css", the others are scripts.
    init(_ names: [String], text: (String) throws -> String) throws {
        style = try names.filter { $0.hasSuffix(".css") }
            .map { Compact.style(try text($0)) }.joined(separator: "\n")
        script = try names.filter { !$0.hasSuffix(".css") }
            .map { Compact.script(try text($0)) }.joined(separator: "\n")
    }
}
