import Evaluation
import Experiments
import Files
import Foundation
import ReportCells
import Testing

@Suite("The reference of diagnoses")
struct DiagnosisReferenceTests {
    private static let path = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../docs/diagnoses.md").standardizedFileURL.path()

    @Test("docs/diagnoses.md is what the program says about its rules")
    func isTrue() throws {
        let text = DiagnosisReference.markdown
        if ProcessInfo.processInfo.environment["VAE_REPORT_WRITE_DOCS"] != nil {
            try AtomicFile(Self.path).write(text)
        }
        #expect(
            try WholeFile.text(at: Self.path).text == text,
            "write it anew: VAE_REPORT_WRITE_DOCS=1 swift test --filter DiagnosisReferenceTests")
    }

    @Test("every rule stands beside one kind of figure", arguments: DiagnosisRule.allCases)
    func hasPlace(_ rule: DiagnosisRule) {
        #expect(FigureKind.allCases.filter { $0.rules.contains(rule) }.count == 1)
    }

    @Test("every config key that a remedy names exists", arguments: DiagnosisRule.allCases)
    func remedies(_ rule: DiagnosisRule) throws {
        let keys = rule.remedy.matches(of: /(data|model|train|eval)\.[a-z_]+/).map {
            String($0.output.0)
        }
        #expect(!keys.isEmpty)
        for key in keys { #expect(KeyTable.key(key) != nil, "\(key)") }
    }

    @Test("every threshold has a reason and belongs to a rule", arguments: DiagnosisRule.allCases)
    func reasons(_ rule: DiagnosisRule) {
        #expect(!rule.thresholds.isEmpty)
        for threshold in rule.thresholds { #expect(!threshold.reason.isEmpty) }
    }
}
