import Foundation
import Literate
import Testing

@Suite("Inline values are written in their format")
struct ValueFormatTests {
    static let elbo = PublishedValue(-96.2141, count: 10_000, standardError: 0.3312)

    @Test(
        "numbers",
        arguments: [
            (".2f", -96.2141, "−96.21"), (".0f", 2.5, "2"), (".2f", -0.001, "0.00"),
            (".3g", 0.012345, "0.0123"),
            (".3g", 1_234_567, "1.23 × 10⁶"), (".2g", -1.25e-7, "−1.2 × 10⁻⁷"),
            ("%", 0.925, "92 %"),
            (".1%", 0.9254, "92.5 %"), ("±", 3.5, "3.5"), (".1f", -12_345.67, "−12,345.7"),
            (".4g", 1234.4, "1,234"), ("epoch(s)", 1, "1 epoch"), ("epoch(s)", 2.5, "2.5 epochs"),
            ("posterior draw(s)", 5_000, "5,000 posterior draws"),
        ])
    func numbers(format: String, number: Double, expected: String) throws {
        let format = try #require(ValueFormat(parsing: format))
        #expect(format.write(number) == expected)
    }

    @Test(
        "standard errors",
        arguments: [
            ("±", "−96.21 ± 0.33"), (".1f±", "−96.2 ± 0.3"), (".2f", "−96.21"),
            (".1%±", "−9,621.4 ± 33.1 %"),
        ])
    func errors(format: String, expected: String) throws {
        #expect(try #require(ValueFormat(parsing: format)).write(ValueFormatTests.elbo) == expected)
    }

    @Test("a standard error that is rounding alone is not shown")
    func tinyErrors() {
        let format = ValueFormat(.natural, showsError: true)
        #expect(format.write(7.600_902, standardError: 1e-9) == "7.601")
        #expect(format.write(7.600_902, standardError: 1e-5) == "7.600902 ± 0.000010")
    }

    @Test(
        "formats that are none",
        arguments: [
            "", "2f", ".f", ".2", ".2d", "f", ".100f", ".-1f", "|", ".2e", "..2f", "(s)", "3(s)",
            "epoch(s)±",
        ])
    func refused(format: String) { #expect(ValueFormat(parsing: format) == nil) }

    @Test("whole numbers, texts and what was not computed")
    func others() {
        #expect(
            ValueFormat.natural.write(PublishedValue(integer: 1_234_567))
                == "1,234,567")
        #expect(ValueFormat.natural.write(PublishedValue(integer: 1234)) == "1,234")
        #expect(ValueFormat.natural.write(PublishedValue(3)) == "3")
        #expect(ValueFormat.natural.write(PublishedValue(text: "MNIST")) == "MNIST")
        #expect(
            ValueFormat(.fixed(2)).write(PublishedValue(notComputed: "too small"))
                == "not computed: too small")
        #expect(PublishedValue(.nan).content == .notComputed("the result is nan"))
    }

    @Test("published values are written to JSON in the form of scores.json")
    func json() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let value = PublishedValue(
            -1.5, unit: "nats", count: 3, standardError: 0.25, protocolNote: "p")
        let data = try encoder.encode(value)
        #expect(
            String(decoding: data, as: UTF8.self)
                == #"{"n":3,"protocol":"p","standard_error":0.25,"unit":"nats","value":-1.5}"#)
        #expect(try JSONDecoder().decode(PublishedValue.self, from: data) == value)
        let missing = PublishedValue(notComputed: "why")
        #expect(
            try JSONDecoder().decode(PublishedValue.self, from: try encoder.encode(missing))
                == missing)
    }
}
