import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite("What a build makes")
    struct PageTests {
        @Test("a report from inside the program is built in an empty folder")
        func files() async throws {
            let build = try await FirstBuild.get()
            #expect(build.outcome.status == 0, "\(build.outcome.errors)")
            #expect(build.folder.hasPrefix("outputs/digits@"))
            for name in [
                "report.html", "report.md", "scores.json", "figures/fig-loss.png",
                "figures/fig-loss.svg", "runs/main/run.json", "runs/main/ckpts/best.safetensors",
                "runs/main/ckpts/last.safetensors", "runs/main/logs/train.log",
                "runs/main/logs/history.csv", "runs/main/logs/metrics.csv",
                "runs/main/grids/recon_grid.png", "runs/main/grids/traverse_dim_0.png",
                "runs/main/grids/interpolations.png", "runs/main/grids/latent_scatter.png",
                "runs/main/samples/prior_samples.png",
            ] {
                #expect(try !build.workplace.bytes("\(build.folder)/\(name)").isEmpty, "\(name)")
            }
            let roots = Set(build.workplace.made.map { $0.prefix { $0 != "/" } })
            #expect(roots == ["outputs"])
            #expect(!build.workplace.made.contains { $0.hasSuffix(".tmp") })
        }

        @Test("piped progress is plain lines: no colour, no redrawing")
        func plainLines() async throws {
            let errors = try await FirstBuild.get().outcome.errors
            #expect(errors.contains("training main: 2 epochs\n"))
            #expect(errors.contains("main  epoch 2: train ELBO −"))
            #expect(!errors.contains("\u{1B}"))
            #expect(!errors.contains("\r"))
        }

        @Test("the page keeps its budgets: 72 KB without figures and playground, 800 KB with ten")
        func budget() async throws {
            let size = PageSize(of: try await FirstBuild.get().text("report.html"))
            // 20 KB of style and script, 17 KB of prose and diagnoses, 14 KB of tables and formulas, 12 KB of
            // record, 7 KB of references and protocols.
            #expect(size.text < 72_000, "\(size)")
            #expect(size.figureCount == 9 && size.withTenFigures < 800_000, "\(size)")
        }

        @Test("the page asks for nothing: policy, no source outside, links only to read on")
        func sealed() async throws {
            let page = try await FirstBuild.get().text("report.html")
            let words = Words(of: page)
            #expect(
                words.lacking(
                    "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'") == [])
            #expect(
                words.holding(
                    "<script src", "<iframe", "<object", "<embed", "@import", "<base") == [])
            let attribute = try Regex(
                ##"<([a-zA-Z]+)\b[^>]*?\s(?:src|srcset|href|xlink:href|action|poster|data)="([^"#]{2}[^"]*)""##,
                as: (Substring, Substring, Substring).self)
            for match in page.matches(of: attribute)
            where match.output.1 != "a" && !match.output.2.hasPrefix("data:") {
                Issue.record("<\(match.output.1)> asks for \(match.output.2)")
            }
            let inlineParts = try ["url\\((?!#|data:)", " style=\"", "<[^>]* on[a-z]+=\""].filter {
                page.contains(try Regex($0))
            }
            #expect(inlineParts == [])
        }

        @Test("the record in the page parses and holds config, series, scores and stamp")
        func record() async throws {
            let build = try await FirstBuild.get()
            let record = try Page(build.text("report.html")).record
            let cells = try #require(record["cells"] as? [String: [String: Any]])
            let main = try #require(cells["main"])
            #expect((main["config"] as? [String: Any])?["train.epochs"] as? Int == 2)
            let history = try #require(main["history"] as? [String: Any])
            let epochs = try #require(history["epochs"] as? [String: Any])
            #expect(epochs["epoch"] as? [Int] == [1, 2])
            #expect((main["stamp"] as? [String: Any])?["engine"] != nil)
            let values = try #require(record["values"] as? [String: [String: Any]])
            let scores = try #require(
                try JSONSerialization.jsonObject(with: Data(build.text("scores.json").utf8))
                    as? [String: [String: [String: Any]]])
            let elbo = try #require(scores["main"]?["test.elbo"]?["value"] as? Double)
            let recorded = try #require(values["main.test"]?["elbo"] as? [Any])
            let (value, error) = (recorded[0] as? Double, recorded[1] as? Double)
            #expect(abs(try #require(value) - elbo) < (try #require(error)) / 50)
            #expect(record["overrides"] as? [String: String] != [:])
        }

        @Test("every image and every place that report.md and the page lead to is there")
        func links() async throws {
            let build = try await FirstBuild.get()
            let text = try build.text("report.md")
            let images = text.matches(of: #/!\[[^\]]+\]\(([^)]+)\)/#).map { String($0.output.1) }
            #expect(
                images.count == 9,
                "eight figures, and the drawing that stands in for the playground")
            for image in images {
                #expect(try !build.workplace.bytes("\(build.folder)/\(image)").isEmpty, "\(image)")
            }
            for (text, id) in [
                (text, #"id="([^"]+)""#), (try build.text("report.html"), #"\sid="([^"]+)""#),
            ] {
                let places = Set(
                    try text.matches(of: Regex(id, as: (Substring, Substring).self)).map(\.output.1)
                )
                let links = try text.matches(
                    of: Regex(##"(?:href="|\]\()#([^")]+)[")]"##, as: (Substring, Substring).self)
                ).map(\.output.1)
                #expect(!links.isEmpty)
                for link in Set(links).subtracting(places) {
                    Issue.record("#\(link) leads nowhere")
                }
            }
        }

        @Test("ids in the page are there once")
        func uniqueIds() async throws {
            let page = try await FirstBuild.get().text("report.html")
            let ids = page.matches(of: #/<[^>]*?\sid="([^"]+)"/#).map { String($0.output.1) }
            let twice = Dictionary(grouping: ids) { $0 }.filter { $0.value.count > 1 }.keys
            #expect(twice.sorted() == [])
        }

        @Test("what authors and parameters say stands in the page as text, not as markup")
        func escaped() async throws {
            let workplace = try Workplace()
            try workplace.writeReport(
                "mine",
                """
                ---
                title: "Mine & <script>alert(1)</script>"
                author: "A <b>nobody</b>"
                params: {name: plain}
                ---
                Named `{val} params.name`. <script>alert(2)</script>

                ```{table}
                #| label: tbl-config
                #| caption: "A <img src=x onerror=alert(3)> caption"
                kind: config
                run: main
                ```

                ```{train}
                #| label: main
                train.epochs: 1
                \(Workplace.small().filter { !$0.hasPrefix("train.") && !$0.hasPrefix("eval.") }
                    .map { $0.replacing("=", with: ": ") }.joined(separator: "\n"))
                data.dataset: drawn-digits
                ```

                """)
            let outcome = try await workplace.run(
                "build", "mine", "--output", "out", "-P", "name=<img src=x onerror=alert(4)>")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let page = try workplace.text("out/report.html")
            let words = Words(of: page)
            #expect(words.holding("<script>alert", "<img src=x", "<b>nobody") == [])
            #expect(
                words.lacking(
                    "Mine &amp; &lt;script&gt;alert(1)", "&lt;img src=x onerror=alert(4)&gt;")
                    == [])
        }
    }
}

/// A built page taken apart.
struct Page {
    /// The text without footer and record.
    let rest: String
    /// Names and values of the footer.
    let facts: [String: String]
    /// The embedded record.
    let record: [String: Any]

    init(_ text: String) throws {
        let script = #/<script type="application/json" id="record">(.*?)</script>/#
            .dotMatchesNewlines()
        let footer = #/<footer>.*?</footer>/#.dotMatchesNewlines()
        let fact = #/<dt>(.*?)</dt><dd>(.*?)</dd>/#
        let json = text.firstMatch(of: script)?.output.1 ?? ""
        record =
            try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any] ?? [:]
        let end = text.firstMatch(of: footer)?.output ?? ""
        facts = Dictionary(
            end.matches(of: fact).map { (String($0.output.1), String($0.output.2)) },
            uniquingKeysWith: { $1 })
        rest = text.replacing(script, with: "").replacing(footer, with: "")
    }
}
