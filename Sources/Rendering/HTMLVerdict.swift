import Literate

/// The verdict box.
enum HTMLVerdict {
    private static let marks: [VerdictOutput.Light.Level: (sign: String, word: String)] = [
        .good: ("✓", "good"), .information: ("i", "for information"),
        .warning: ("!", "worth a look"), .bad: ("✕", "bad"),
        .unknown: ("?", "not judged"),
    ]

    /// The box for one verdict. Levels are told by sign and word as well as by colour.
    static func element(_ verdict: VerdictOutput) -> String {
        let lights = verdict.lights.map { light in
            let mark = marks[light.level] ?? ("?", "not judged")
            let advice =
                light.advice.map { " <span class=\"advice\">Try \(Escape.text($0)).</span>" } ?? ""
            return """
                <li class="\(light.level.rawValue)"><span class="sign" aria-hidden="true">\(mark.sign)</span>\
                <span class="light"><b>\(Escape.text(light.name))</b>\
                <span class="level"> (\(mark.word))</span> <span>\(Escape.text(light.reason))</span>\(advice)</span></li>
                """
        }.joined(separator: "\n")
        let facts = verdict.facts.map {
            "<div><dt>\(Escape.text($0.name))</dt><dd>\(Escape.text($0.value))</dd></div>"
        }.joined()
        return """
            <section class="verdict" aria-label="Verdict"><p class="sentence">\
            \(Escape.text(verdict.sentence))</p>
            <ul class="lights">\(lights)</ul>
            <dl class="facts">\(facts)</dl></section>
            """
    }
}
