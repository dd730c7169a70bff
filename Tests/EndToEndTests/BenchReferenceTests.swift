import Foundation
import Testing
import vae_report

@Suite("The machine that bench compares with")
struct BenchReferenceTests {
    private static let readme: String? = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try? String(
            contentsOf: root.appendingPathComponent("benchmarks/README.md"), encoding: .utf8)
    }()

    @Test("has the figures of benchmarks/README.md")
    func figures() throws {
        let readme = try #require(Self.readme)
        let rates = BenchReference.rows.flatMap { [$0.float32, $0.bfloat16] }
        #expect(rates.count == 10)
        for rate in rates {
            let number = Int(rate)
            let text = "\(number / 1000),\(String(format: "%03d", number % 1000))"
            #expect(readme.contains(", \(number < 1000 ? String(number) : text) |"), "\(number)")
        }
        #expect(readme.contains("measured peak of \(Int(BenchReference.peak.float32))"))
        #expect(readme.contains("measured peak of \(Int(BenchReference.peak.bfloat16))"))
    }
}
