import Testing
import Words

@Suite("Numbers in texts")
struct QuantityTests {
    @Test(
        "whole numbers have a comma between thousands and a real minus sign",
        arguments: [
            (0, "0"), (999, "999"), (1_000, "1,000"), (10_000, "10,000"),
            (1_234_567, "1,234,567"), (-5, "−5"), (-1_000, "−1,000"),
        ])
    func whole(_ number: Int, _ text: String) {
        #expect(Quantity.text(number) == text)
    }

    @Test(
        "one thing is singular, every other number plural",
        arguments: [(0, "0 epochs"), (1, "1 epoch"), (2, "2 epochs"), (1_500, "1,500 epochs")])
    func counted(_ number: Int, _ text: String) {
        #expect(Quantity.text(number, "epoch") == text)
    }

    @Test("a plural that is no s is given")
    func irregular() {
        #expect(Quantity.text(1, "pass", plural: "passes") == "1 pass")
        #expect(Quantity.text(3, "pass", plural: "passes") == "3 passes")
    }

    @Test(
        "decimals are rounded, grouped and signed; zero has no sign",
        arguments: [
            (-96.214, 2, "−96.21"), (-0.001, 2, "0.00"), (12_345.678, 1, "12,345.7"),
            (999.96, 1, "1,000.0"), (-1_234.5, 0, "−1,234"), (.infinity, 1, "∞"),
            (-.infinity, 1, "−∞"), (.nan, 1, "not a number"),
        ])
    func decimals(_ number: Double, _ places: Int, _ text: String) {
        #expect(Quantity.text(number, decimals: places) == text)
    }
}
