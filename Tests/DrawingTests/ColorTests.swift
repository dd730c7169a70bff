import Drawing
import Testing

@Suite("Colours")
struct ColorTests {
    @Test(
        "are written as CSS writes them", arguments: [(0x0A0B0C, "#0a0b0c"), (0xFFFFFF, "#ffffff")])
    func hexText(_ number: Int, _ text: String) {
        #expect(Color(hex: number).hexText == text)
        #expect(Color(hex: number).hexNumber == number)
    }

    @Test("contrast of black on white is 21, of a colour with itself 1")
    func contrast() {
        #expect(abs(Color.black.contrast(with: .white) - 21) < 1e-9)
        #expect(Color(hex: 0x777777).contrast(with: Color(hex: 0x777777)) == 1)
        #expect(abs(Color(hex: 0x767676).contrast(with: .white) - 4.54) < 0.01)
    }

    @Test("a hue of 120 degrees is green")
    func hue() {
        #expect(Color(hue: 120, saturation: 1, lightness: 0.5).hexNumber == 0x00FF00)
    }
}
