import Evaluation
import FoundationEssentials
import Testing

@Suite("Scores")
struct ScoreTests {
    private func score(_ name: String, _ outcome: Score.Outcome, error: Double? = nil) -> Score {
        Score(
            name: name, title: "Title, quoted", outcome: outcome, unit: "dB", count: 10,
            standardError: error, protocolText: "How, with a comma.")
    }

    @Test(
        "survive JSON, whatever came out",
        arguments: [
            .value(-98.37), .value(.infinity), .value(-.infinity), .notComputed("too small"),
        ] as [Score.Outcome])
    func roundTrip(outcome: Score.Outcome) throws {
        let before = score("test.psnr", outcome, error: 0.25)
        let data = try JSONEncoder().encode(before)
        #expect(try JSONDecoder().decode(Score.self, from: data) == before)
    }

    @Test("are written under the keys of scores.json")
    func keys() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let texts = try [
            score("test.psnr", .value(20.5), error: 0.25),
            score("test.ssim", .notComputed("small")),
        ].map { String(decoding: try encoder.encode($0), as: UTF8.self) }
        #expect(
            texts[0] == """
                {"n":10,"name":"test.psnr","protocol":"How, with a comma.","standard_error":0.25,\
                "title":"Title, quoted","unit":"dB","value":20.5}
                """)
        #expect(
            texts[1] == """
                {"n":10,"name":"test.ssim","not_computed":"small",\
                "protocol":"How, with a comma.","title":"Title, quoted","unit":"dB","value":null}
                """)
    }

    @Test("are written as CSV with quoted fields and an empty field for an absent number")
    func csv() {
        let scores = Scores([
            score("test.psnr", .value(20.5), error: 0.25), score("test.elbo", .value(-.infinity)),
            score("test.ssim", .notComputed("too \"small\"")),
        ])
        #expect(
            scores.csv() == """
                name,value,unit,n,standard_error,protocol
                test.psnr,20.5,dB,10,0.25,"How, with a comma."
                test.elbo,-inf,dB,10,,"How, with a comma."
                test.ssim,,dB,10,,"not computed: too ""small\"""

                """)
    }

    @Test("a NaN is not computed, never a number")
    func notANumber() {
        let undefined = score("test.elbo", .value(.nan), error: .nan)
        #expect(undefined.value == nil)
        #expect(undefined.reasonNotComputed != nil)
        #expect(undefined.standardError == nil)
    }

    @Test("a later score of the same name takes the earlier one's place")
    func replacing() {
        let scores = Scores([
            score("a", .value(1)), score("b", .value(2)), score("a", .value(3)),
        ])
        #expect(scores.entries.map(\.name) == ["a", "b"])
        #expect(scores.value("a") == 3)
    }
}
