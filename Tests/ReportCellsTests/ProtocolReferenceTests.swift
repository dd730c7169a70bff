import Evaluation
import Files
import Foundation
import Literate
import ReportCells
import Testing

@Suite("The reference of protocols")
struct ProtocolReferenceTests {
    private static let path = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../docs/protocols.md").standardizedFileURL.path()

    /// The scores of the full report: of its first run, and of the second one what only binary pixels have.
    private static func reference() throws -> ProtocolReference {
        let values = try FullReport.get().built.values
        func scores(of run: String) -> [String: PublishedValue] {
            let prefix = "\(run).test."
            return Dictionary(
                uniqueKeysWithValues: values.filter {
                    $0.key.hasPrefix(prefix) && $0.value.protocolNote != nil
                }.map { (String($0.key.dropFirst(prefix.count)), $0.value) })
        }
        var all = scores(of: "main")
        all["bits_per_dimension"] = scores(of: "flat")["bits_per_dimension"]
        var names = ScoreNames.evaluation(
            EvaluationOptions(
                dataTitle: "Drawn digits", importanceSamples: [1, 4, 16], includesPerceptual: true,
                includesDistribution: true, aggregateDraws: 1, probeTrainingCount: 1,
                mixtureComponents: 2, refinedImages: 6, includesDisentanglement: true, seed: 0))
        if !names.contains("bits_per_dimension") { names.append("bits_per_dimension") }
        return ProtocolReference(scores: all, names: names)
    }

    @Test("docs/protocols.md is what the program says about its scores")
    func isTrue() throws {
        let text = try Self.reference().markdown
        if ProcessInfo.processInfo.environment["VAE_REPORT_WRITE_DOCS"] != nil {
            try AtomicFile(Self.path).write(text)
        }
        #expect(
            try WholeFile.text(at: Self.path).text == text,
            "write it anew: VAE_REPORT_WRITE_DOCS=1 swift test --filter ProtocolReferenceTests")
    }

    @Test("every score of an evaluation has its place and its protocol")
    func isWhole() throws {
        let reference = try Self.reference()
        let placed = (0..<8).flatMap { reference.names(of: $0) }
        #expect(Set(placed) == Set(reference.names) && placed.count == reference.names.count)
        // The PSNR of an image beside itself is infinite: a page says so instead of a protocol.
        for name in reference.names where name != "psnr_identity" {
            #expect(reference.scores[name]?.protocolNote?.isEmpty == false, "\(name)")
        }
    }
}
