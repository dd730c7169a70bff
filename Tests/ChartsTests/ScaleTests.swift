import Charts
import Testing

@Suite("Scales and ticks")
struct ScaleTests {
    private func labels(_ scale: Scale, about count: Int = 5) -> [String] {
        scale.ticks(about: count).map(\.label)
    }

    @Test("linear ticks are round and share their decimals")
    func linearTicks() {
        #expect(labels(.linear(0, 1)) == ["0", "0.2", "0.4", "0.6", "0.8", "1.0"])
        #expect(labels(.linear(-2.1, 2.1), about: 4) == ["−2", "0", "2"])
        #expect(labels(.linear(95, 107)) == ["95.0", "97.5", "100.0", "102.5", "105.0"])
        #expect(labels(.linear(0, 12_000)) == ["0", "2,500", "5,000", "7,500", "10,000"])
    }

    @Test("epochs have whole ticks, for one epoch as for a thousand")
    func wholeTicks() {
        #expect(labels(.whole(1, 1)) == ["1"])
        #expect(labels(.whole(1, 3)) == ["1", "2", "3"])
        #expect(labels(.whole(1, 40), about: 4) == ["1", "10", "20", "30", "40"])
        #expect(labels(.whole(1, 1000)) == ["1", "200", "400", "600", "800", "1,000"])
    }

    @Test("logarithmic ticks are powers of ten, or round values within one decade")
    func logTicks() {
        #expect(labels(.logarithmic(0.0008, 4), about: 5) == ["0.001", "0.01", "0.1", "1"])
        #expect(labels(.logarithmic(1e-9, 1), about: 4).contains("10⁻⁶"))
        #expect(labels(.logarithmic(80, 210)).contains("100"))
        #expect(labels(.logarithmic(1, 60), about: 8) == ["1", "2", "5", "10", "20", "50"])
    }

    @Test("bands show every name, or every few when there is no room")
    func bandTicks() {
        let names = (0..<100).map { "z\($0)" }
        #expect(labels(.band(Array(names.prefix(3)))) == ["z0", "z1", "z2"])
        #expect(labels(.band(names), about: 10).count == 10)
        #expect(Scale.band(["a", "b"]).fraction(of: 0) == 0.25)
    }

    @Test(
        "a covering scale holds all finite values, even equal, few or none",
        arguments: [
            [3.2, 9.7, -4], [5, 5, 5], [0, 0], [.nan, 2, .infinity], [], [-1e9, 1e-9],
        ] as [[Double]])
    func covers(_ values: [Double]) {
        let scale = Scale.covering(values)
        #expect(scale.lower < scale.upper)
        for value in values where value.isFinite {
            #expect(scale.lower <= value && value <= scale.upper)
            #expect(scale.fraction(of: value).isFinite)
        }
        #expect(!scale.ticks(about: 4).isEmpty)
        let withZero = Scale.covering(values, includesZero: true)
        #expect(withZero.lower <= 0 && withZero.upper >= 0 && withZero.lower < withZero.upper)
    }

    @Test("a logarithmic scale survives bounds that are not positive")
    func logBounds() {
        let scale = Scale.logarithmic(0, -1)
        #expect(scale.lower > 0 && scale.upper > scale.lower)
        #expect(Scale.logarithmic(1, 100).fraction(of: 10) == 0.5)
    }
}
