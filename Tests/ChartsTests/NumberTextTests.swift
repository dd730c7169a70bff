import Charts
import Testing

@Suite("Numbers as text")
struct NumberTextTests {
    @Test("minus is a minus, thousands are apart, nothing is shown for no number")
    func fixed() {
        #expect(NumberText.fixed(-1234.5, decimals: 1) == "−1,234.5")
        #expect(NumberText.fixed(-0.001, decimals: 2) == "0.00")
        #expect(NumberText.fixed(.nan, decimals: 2) == "–")
        #expect(NumberText.whole(1_234_567) == "1,234,567")
    }

    @Test(
        "short numbers keep three digits and raise large powers of ten",
        arguments: [
            (98.37, "98.4"), (0.01234, "0.0123"), (3.1e-5, "3.1 × 10⁻⁵"), (-2.5e8, "−2.5 × 10⁸"),
            (0, "0"), (12345, "12,345"),
        ])
    func short(_ value: Double, _ text: String) {
        #expect(NumberText.short(value) == text)
    }

    @Test(
        "trimmed numbers lose zeros at the end",
        arguments: [(0.5, "0.5"), (1, "1"), (0.01, "0.01"), (100, "100")])
    func trimmed(_ value: Double, _ text: String) {
        #expect(NumberText.trimmed(value) == text)
    }

    @Test("shares are per cent")
    func percent() {
        #expect(NumberText.percent(0.184) == "18 %")
        #expect(NumberText.percent(0.0931) == "9.3 %")
        #expect(NumberText.percent(0) == "0 %")
    }
}
