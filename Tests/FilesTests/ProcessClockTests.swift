import Files
import Testing

/// The process's own age.
@Suite struct ProcessClockTests {
    @Test("a process is some seconds old and grows older")
    func age() throws {
        let first = try #require(ProcessClock.secondsSinceStart)
        let second = try #require(ProcessClock.secondsSinceStart)
        #expect(first >= 0 && second >= first)
    }

    @Test("a program's name with brackets and spaces does not move the fields")
    func names() {
        let rest = (4...21).map(String.init).joined(separator: " ")
        #expect(ProcessClock.startTicks(in: "12 (a) b (c)) S \(rest) 4711 9") == 4711)
        #expect(ProcessClock.startTicks(in: "12 (short) S 4 5") == nil)
        #expect(ProcessClock.startTicks(in: "") == nil)
    }
}
