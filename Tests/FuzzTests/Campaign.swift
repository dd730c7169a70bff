import Files
import Foundation
import Testing

/// Tries one parser with many files.
struct Campaign {
    private let parser: FuzzedParser
    private let settings: CampaignSettings
    private let watch: HangWatch

    /// Memory that the cases of one parser may take on top of what the process had taken before.
    static let mostBytes = 1 << 30
    /// More faults than this are not listed.
    private static let mostFaults = 5

    init(_ parser: FuzzedParser, _ settings: CampaignSettings) {
        self.parser = parser
        self.settings = settings
        watch = HangWatch(work: settings.isCampaign ? 20 : 300)
    }

    /// Runs the cases and records an issue for each fault.
    func run() throws {
        if let only = settings.only { return try runAlone(only.number) }
        let trail = CaseTrail()
        let (start, before) = (ProcessWork.seconds, ProcessMemory.peakBytes)
        let end = settings.seconds.map { start + $0 }
        let most = settings.cases ?? (end == nil ? parser.cases : .max / 2)
        var (number, faults) = (settings.first, 0)
        while number < settings.first + most, faults < Self.mostFaults {
            if let end, number % 64 == 0, ProcessWork.seconds > end { break }
            trail.note(parser.name, number)
            watch.begin(parser.name, number)
            if let fault = parser.fault(Mutation.file(of: parser, number: number)) {
                faults += 1
                Issue.record("VAE_REPORT_FUZZ_CASE=\(parser.name):\(number): \(fault)")
            }
            number += 1
        }
        watch.rest()
        // Beside other tests the process's memory is not this parser's.
        guard settings.isCampaign else { return }
        let grown = ProcessMemory.peakBytes - before
        let taken = String(format: "%.1f", ProcessWork.seconds - start)
        print(
            "fuzzed \(parser.name): \(number - settings.first) cases in \(taken) s of work, "
                + "\(faults) faults, \(grown >> 20) MiB more at the peak")
        #expect(grown <= Self.mostBytes, "\(parser.name) took \(grown) bytes")
    }

    /// Tries one case, whose file stays where it says.
    private func runAlone(_ number: Int) throws {
        let bytes = Mutation.file(of: parser, number: number)
        let path = "\(FileManager.default.temporaryDirectory.path)/\(parser.name)-\(number)"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        print("fuzzing: \(parser.name):\(number) is \(path), \(bytes.count) bytes")
        let (start, before) = (ContinuousClock.now, ProcessMemory.peakBytes)
        watch.begin(parser.name, number)
        defer { watch.rest() }
        do {
            try parser.read(bytes)
            print("fuzzing: read")
        } catch {
            print("fuzzing: \(error)")
        }
        let grown = ProcessMemory.peakBytes - before
        print("fuzzing: \(ContinuousClock.now - start), \(grown >> 20) MiB more at the peak")
        if let fault = parser.fault(bytes) { Issue.record("\(fault)") }
    }
}
