import Experiments
import Files
import Foundation
import Literate
import Rendering
import TestSupport
import vae_report

extension FuzzedParser {
    static func runRecord(_ name: String) throws -> FuzzedParser {
        let folder = TinyFolder(try TemporaryFolder())
        let run = try RunFolder(output: folder.path, label: "main")
        return FuzzedParser(
            name, texts: [record], words: jsonWords + recordWords, brackets: jsonBrackets
        ) { text in
            try folder.write(Array(text.utf8), to: "runs/main/run.json")
            let record = try RunRecord.read(from: run)
            _ = try record.json()
        }
    }

    static func recordedPage(_ name: String) throws -> FuzzedParser {
        let head = "<script type=\"application/json\" id=\"record\">"
        let page = """
            <!DOCTYPE html><title>t</title><figure class="figure wide"><svg id="~3-a" aria-label="A &lt;b">
            <use href="#~3-a"/></svg><figcaption>c</figcaption></figure><details class="source"><pre>
            <code>kind: prior-samples\nrun: main</code></pre></details>
            \(head){"cells":{"main":\(record)},"fields":["value"],"overrides":{},
            "phrases":["one ","two"],"protocols":[[0,1],[1]],"title":"T","values":{"":{"a":1},
            "main.test":{"elbo":[-97.5,0.5,10000,1,"nats per image"],"psnr":{"not_computed":"no","protocol":0},
            "kl":{"value":3.5,"runs":3,"standard_deviation":0.1,"unit":"nats"},"name":"x"}}}</script>
            """
        return FuzzedParser(
            name, texts: [page],
            words: jsonWords + recordWords + [
                head, "</script>", "<svg", "</svg>", "<figure class=\"figure", "<code>", "</code>",
                "<details class=\"source\"", "id=\"~", "aria-label=\"", "&#x110000;", "&amp;",
                "\"epochs\":{\"a\":[1,2,3],\"b\":{\"c\":[1]}}", "\"runs\":1e300",
            ], brackets: jsonBrackets
        ) { text in
            let page = try RecordedPage(text, path: "report.html")
            for record in page.records.values {
                _ = try? JSONDecoder().decode(RunRecord.self, from: record)
            }
            for drawing in page.drawings { _ = drawing.output(label: "fig-a", caption: "c") }
            for value in page.values.values { _ = ValueFormat(.fixed(2)).write(value) }
        }
    }

    static func scores(_ name: String) throws -> FuzzedParser {
        FuzzedParser(
            name,
            texts: [
                """
                {"main": {"test.elbo": {"value": -97.5, "unit": "nats", "n": 10, "standard_error": 0.5,
                "protocol": "p"}, "test.psnr": {"value": null, "not_computed": "no images"},
                "a": {"value": "∞"}, "b": {"value": 3, "runs": 2, "standard_deviation": 1e-3}}}
                """
            ], words: jsonWords + recordWords, brackets: jsonBrackets
        ) { text in
            // Who reads it says "no file of scores" of whatever cannot be decoded.
            let scores = try? JSONDecoder().decode(
                [String: [String: PublishedValue]].self, from: Data(text.utf8))
            for value in (scores ?? [:]).values.flatMap(\.values) {
                for notation in [
                    ValueFormat.Notation.natural, .fixed(2), .significant(3), .percent(1),
                ] {
                    _ = ValueFormat(notation, showsError: true).write(value)
                }
            }
        }
    }

    static func httpRequest(_ name: String) throws -> FuzzedParser {
        FuzzedParser(
            name,
            texts: [
                "GET /?a=b HTTP/1.1\r\nHost: localhost:8080\r\nAccept: */*\r\n",
                "HEAD /report.html HTTP/1.0\r\nhost:127.0.0.1:8080",
            ],
            words: ["\r\n", "Host:", "HTTP/1.", "GET ", "/../", "%2e%2e/", "?", " ", "\n"]
        ) { text in
            _ = PreviewRequest(head: text)?.isMeant(for: 8080)
        }
    }

    static func textFile(_ name: String) throws -> FuzzedParser {
        let folder = TinyFolder(try TemporaryFolder())
        return FuzzedParser(
            name, seeds: ["\u{FEFF}eins\nzwei\r\nété\n", "日本語 👩‍👩‍👧\n"].map { Array($0.utf8) },
            tokens: [
                [0xef, 0xbb, 0xbf], [0xc3], [0xf0, 0x9f], [0xed, 0xa0, 0x80], [10], [13, 10],
                [0xc0, 0x80], [0xf4, 0x90, 0x80, 0x80],
            ], readsBeginnings: true
        ) { bytes in
            let path = try folder.write(bytes, to: "a.md")
            _ = try WholeFile.text(at: path)
        }
    }

    static let jsonWords = jsonTokens.map { String(decoding: $0, as: UTF8.self) }
    private static let recordWords = [
        "\"not_computed\":\"x\",", "\"standard_error\":", "\"unit\":\"", "\"epoch\":",
        "\"scores\":[",
        "\"history\":{", "\"selectedEpoch\":", "\"runs\":", "1e300",
    ]

    /// A run's record.
    static let record = """
        {"label": "main", "config": {"seed": 3, "train.lr": 0.001, "model.kind": "conv", "data.root": null},
        "dataset": "Tiny", "provenance": {"digest": "d", "origin": "o", "standsInFor": "mnist"},
        "parameterCount": 5, "history": {"epochs": [{"epoch": 1, "train": {"reconstruction": 100, "kl": 20.5},
        "validation": {"reconstruction": 99.5, "kl": 21}, "beta": 1, "learningRate": 0.002, "objective": 120.5,
        "validationObjective": 120.5, "skippedSteps": 0}], "selectedEpoch": 1}, "scores": [{"name":
        "test.elbo", "title": "ELBO", "value": -97.5, "unit": "nats per image", "n": 10,
        "standard_error": 0.5, "protocol": "p"}, {"name": "test.psnr", "title": "PSNR", "value": null,
        "not_computed": "no images", "unit": "dB", "n": 0, "protocol": "p"}], "stamp": {"tool": "1",
        "engine": "e", "swift": "s", "processor": "p", "threads": 2, "system": "o",
        "date": "2026-01-01T00:00:00Z", "seconds": 3}}
        """
}
