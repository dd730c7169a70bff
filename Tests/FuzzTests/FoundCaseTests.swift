import Experiments
import Files
import Foundation
import Literate
import Rendering
import Tensors
import TestSupport
import Testing
import Training

/// Files that once ended the program, held it up or filled its memory.
@Suite("What fuzzing and reading found")
struct FoundCaseTests {
    private func message(_ parser: String, _ text: String) throws -> String {
        try message(parser, Array(text.utf8))
    }

    private func message(_ parser: String, _ bytes: [UInt8]) throws -> String {
        do {
            try FuzzedParser.named(parser).read(bytes)
            return ""
        } catch {
            return "\(error)"
        }
    }

    private func report(_ text: String, files: [String: String] = [:]) throws -> String {
        do {
            try ReportReader().read(text, files: files)
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test("an equation's label without a brace at the end of the file went beyond the text")
    func unclosedLabel() throws {
        #expect(try report("$$x$$ {#eq-a").contains("r.md:1:7: error: this label is not closed"))
        #expect(try report("$$x$$ {#eq-a\n\nb").contains("not closed"))
    }

    @Test(
        "braces and commands inside one another exhausted the stack",
        arguments: ["{", "\\hat", "x^{"])
    func deepTeX(opening: String) throws {
        let tex = String(repeating: opening, count: 1000)
        #expect(try report("$\(tex)$").contains("more than 100 braces and commands"))
        let closed = String(repeating: "{", count: 80) + "a" + String(repeating: "}", count: 80)
        #expect(try report("$\(closed)$") == "")
    }

    @Test("quotations, lists and marks inside one another exhausted the stack")
    func deepMarkdown() throws {
        for line in ["> ", "- ", "1. "].map({ String(repeating: $0, count: 5000) }) {
            #expect(try report(String(line.prefix(9999)) + "a").contains("marks begin this line"))
        }
        let marks =
            String(repeating: "*a _b ", count: 150) + "c" + String(repeating: "_*", count: 150)
        #expect(try report(marks).contains("more than 100 deep"))
        let list = (0..<90).map { String(repeating: "  ", count: $0) + "- a" }
        #expect(try report(list.joined(separator: "\n")).contains("more than 100 deep"))
        #expect(try report(String(repeating: "> ", count: 40) + "a") == "")
        let divisions = String(repeating: "::: tabs\n## a\n", count: 5000)
        #expect(try report(divisions).contains("divisions stand inside one another"))
    }

    @Test("dollars that close nothing, titles alike and long lines took minutes")
    func slowText() throws {
        #expect(try report(String(repeating: "$a\n", count: 60_000)) == "")
        #expect(try report(String(repeating: "# a\n\n", count: 60_000)) == "")
        let runs = (0..<1300).map { "b" + String(repeating: "`", count: $0 % 300 + 1) + "a\n" }
        #expect(try report(runs.joined()) == "")
        let values = "`{val} params.b` and $x$, "
        let paragraph = String(repeating: values, count: 300) + "\n\n"
        let header = "---\nparams: {b: 1}\n---\n"
        #expect(try report(header + String(repeating: paragraph, count: 20)) == "")
        #expect(try report(String(repeating: values, count: 1000)).contains("up to 10000 are read"))
    }

    @Test("YAML aliases stood for more values than any memory holds")
    func aliases() throws {
        let lines = (1...40).map { "p\($0): &p\($0) [*p\($0 - 1), *p\($0 - 1)]" }
        let yaml = (["p0: &p0 [1]"] + lines).joined(separator: "\n")
        for text in ["---\n\(yaml)\n---\n", "```{train}\n#| label: a\n\(yaml)\n```\n"] {
            #expect(try report(text).contains("YAML anchors and aliases are not understood"))
        }
        #expect(try report("---\ntitle: R&D, R & D and *D*, &amp; *amp*\n---\n") == "")
    }

    @Test("a BibTeX @string grew to twice its length forty times")
    func macros() throws {
        let doubling = String(repeating: "@string{a = a # a}\n", count: 40)
        let text = try message("bibtex", "@string{a = {ab}}\n" + doubling)
        #expect(text.contains("error: the @string definitions grow to more than"))
    }

    @Test("a bibliography of many works took the square of their number")
    func manyWorks() throws {
        let works = (0..<50_000).map { "@misc{k\($0),title={t}}\n" }.joined()
        #expect(try message("bibtex", works + "@misc{a, title = {x}} @misc{b, title = {y}}") == "")
        let long =
            "@misc{b, title={t}} @misc{a, title = {\(String(repeating: "$x$", count: 9000))}}"
        #expect(try message("bibtex", long).contains("this field has 27000 letters"))
    }

    @Test("a very long name was compared with every other, letter by letter")
    func longNames() throws {
        let long = String(repeating: "learning_rate.", count: 70)
        #expect(try message("config", "\(long): 1").contains("there is no key"))
        #expect(try report("---\n\(long): 1\n---\n").contains("unknown key"))
        #expect(try report("```{train}\n#| label: main\n\(long): 1\n```\n").contains("unknown key"))
    }

    @Test("a matrix of four long lists made more runs than can be counted")
    func largeMatrix() throws {
        let values = (0..<60_000).map(String.init).joined(separator: ",")
        let keys = ["seed", "train.beta", "train.epochs", "train.lr"].map { "\($0): [\(values)]" }
        let cell = "```{train}\n#| label: main\nmatrix: {\(keys.joined(separator: ", "))}\n```\n"
        #expect(try report(cell).contains("at most 64 are allowed"))
    }

    @Test("a page's counts that are no whole numbers were converted all the same")
    func pageCounts() throws {
        for value in [
            "{\"value\":1,\"runs\":1e300,\"standard_deviation\":1}", "[1,2,1e300]", "[1,2,0.5]",
        ] {
            let record = "{\"values\":{\"a\":{\"b\":\(value)}}}"
            let page = try RecordedPage(
                "<script type=\"application/json\" id=\"record\">\(record)</script>", path: "a.html"
            )
            #expect(page.values["a.b"]?.number == 1)
        }
    }

    @Test("a page's one long column made every other one as long")
    func pageColumns() throws {
        let columns = (0..<1000).map { "\"k\($0)\":[1]" }.joined(separator: ",")
        let long = "\"l\":[" + String(repeating: "1,", count: 50_000) + "1]"
        let record = "{\"values\":{},\"cells\":{\"main\":{\"epochs\":{\(columns),\(long)}}}}"
        let page = try RecordedPage(
            "<script type=\"application/json\" id=\"record\">\(record)</script>", path: "a.html")
        #expect((page.records["main"]?.count ?? 0) < 1 << 20)
    }

    @Test("a tensor's axis of one row with the longest stride went beyond all numbers")
    func longStride() throws {
        let most: [UInt8] = [0x8a, 8, 255, 255, 255, 255, 255, 255, 255, 127]
        let pickle = TinyPickle.dictionary(
            TinyPickle.tensor(
                offset: [0x4b, 0], sizes: [[0x4b, 2], [0x4b, 1]], strides: [[0x4b, 2], most]))
        #expect(try message("torch-pickle", pickle) == "")
    }

    @Test("a tensor that repeats one number took more memory than its file can hold")
    func repeatedNumber() throws {
        let size: [UInt8] = [0x4a, 0, 0, 0, 1]
        let pickle = TinyPickle.dictionary(
            TinyPickle.tensor(
                offset: [0x4b, 0], sizes: [size, [0x4b, 2]], strides: [[0x4b, 0], [0x4b, 0]]))
        #expect(try message("torch-pickle", pickle).contains("repeat the file's numbers"))
    }

    @Test("a pickle that makes the same dictionary again and again filled the memory")
    func repeatedCalls() throws {
        var pickle: [UInt8] = [0x80, 2] + Array("](".utf8)
        for _ in 0..<20_000 { pickle += [0x4b, 1, 0x4b, 2, 0x86] }
        pickle += Array("e".utf8) + [0x85] + Array("q\u{0}0ccollections\nOrderedDict\nq\u{1}0".utf8)
        for _ in 0..<20_000 { pickle += Array("h\u{1}h\u{0}R0".utf8) }
        #expect(
            try message("torch-pickle", pickle + Array("N.".utf8)).contains("made again more often")
        )
    }

    @Test("a checkpoint's numbers of steps and epochs could not be added to")
    func checkpointCounts() throws {
        func refusal(_ changes: [String: String]) throws -> String {
            var metadata = [
                "steps": "7", "fingerprint": "f", "history": "{\"epochs\":[],\"selectedEpoch\":0}",
            ]
            metadata.merge(changes) { $1 }
            let bytes = try Safetensors(NamedTensors(), metadata: metadata).encodedBytes()
            return try message("checkpoint", bytes)
        }
        #expect(try refusal([:]) == "")
        for steps in ["-1", "9223372036854775807"] {
            #expect(try refusal(["steps": steps]).contains("no training can resume from it"))
        }
        let history = "{\"epochs\":[],\"selectedEpoch\":-9223372036854775808}"
        #expect(try refusal(["history": history]).contains("no training can resume from it"))
    }

    @Test(
        "a text that a PNG of two kilobytes claims to hold filled two gigabytes",
        arguments: ["zTXt", "iCCP"])
    func claimedText(kind: String) throws {
        let png = try #require(
            OwnFiles().images.first { $0.name == "palette-transparent.png" }
        ).bytes
        // Behind the signature and the header.
        let claim: [UInt8] = [0x7F, 0xFF, 0xFF, 0xFF] + Array((kind + "words").utf8)
        let before = ProcessMemory.peakBytes
        let message = try message("image-png", Array(png[..<33]) + claim + Array(png[33...]))
        #expect(message.contains("x.png: no whole PNG (the file ends early)"))
        #expect(ProcessMemory.peakBytes - before < Campaign.mostBytes)
    }

    @Test(
        "a record without objectives and of a β beyond all numbers was read, and could not be written"
    )
    func endlessObjective() throws {
        let record = FuzzedParser.record.replacing("\"beta\": 1,", with: "\"beta\": 1e308,")
            .replacing("\"objective\"", with: "\"other\"")
        #expect(record != FuzzedParser.record)
        #expect(try message("run-record", record).contains("it is no record of a run"))
    }

    @Test("includes of long names inside one another took more than twenty seconds")
    func deepIncludes() throws {
        // The parser's files are told apart by their last names: each of these includes itself anew.
        let text = "{{< include \(String(repeating: "x", count: 9_900))/a.md >}}"
        #expect(try message("include", text).contains("more than 100 includes inside one another"))
    }
}
