import Files
import Foundation
import Literate
import Rendering
import TestSupport
import Testing

@Suite("The reports that ship")
struct ShippedReportTests {
    private let folder: TemporaryFolder
    static let shipped = [
        "mnist", "mnist-nll", "cifar10", "compare-dae", "digits", "architectures", "sprites-beta",
    ]

    init() throws { folder = try TemporaryFolder() }

    private func report(_ name: String) throws -> BuiltReport {
        let text = try #require(EmbeddedFiles.text(named: "reports/\(name).md"))
        return try build(text, folder: folder.path)
    }

    /// The MNIST report is the textbook among them: its formulas alone take 10 KB, and it explains
    /// sixteen figures and a comparison with five tables, which stand outside the drawings.
    /// The sweep shows two figures of each of its runs, and what is on a tab counts as well.
    private static let ownBudgets = ["mnist": 100_000, "sprites-beta": 64_000]
    @Test(
        "every report parses, its mathematics is known and its page fits the budget",
        arguments: ShippedReportTests.shipped)
    func budget(name: String) throws {
        let report = try report(name)
        #expect(report.exitCode == 0)
        let html = try page(report)
        let size = PageSize(of: html)
        #expect(size.text < Self.ownBudgets[name] ?? 60_000, "\(size)")
        #expect(size.playground < 38_000, "\(size)")
        #expect(!html.contains("not available"))
        if let pages = ProcessInfo.processInfo.environment["VAE_REPORT_PAGES_DIR"] {
            try AtomicFile(FilePath.join(pages, "\(name).html")).write(html)
            try AtomicFile(FilePath.join(pages, "\(name).md")).write(
                try MarkdownRenderer().render(report))
        }
    }

    @Test(
        "the page asks nothing of the network and runs nothing but its own script",
        arguments: ShippedReportTests.shipped)
    func sealed(name: String) throws {
        let html = try page(try report(name))
        #expect(html.contains("content=\"default-src 'none'; img-src data:; style-src 'sha256-"))
        for loader in [
            " src=\"", "@import", "url(", "<link rel=\"stylesheet", "<iframe", "fetch(",
            " style=\"",
            " onclick",
        ] {
            #expect(!html.contains(loader), "\(loader)")
        }
        let links = html.components(separatedBy: "href=\"").dropFirst().map {
            $0.prefix { $0 != "\"" }
        }
        #expect(
            links.allSatisfy {
                $0.hasPrefix("#") || $0.hasPrefix("https://") || $0 == "data:,"
            })
        #expect(
            !html.contains("http://")
                || html.components(separatedBy: "http://").dropFirst().allSatisfy {
                    $0.hasPrefix("www.w3.org/2000/svg")
                })
    }

    @Test(
        "every reference leads somewhere and every id is used once",
        arguments: ShippedReportTests.shipped)
    func anchors(name: String) throws {
        let html = try page(try report(name))
        let ids = html.components(separatedBy: " id=\"").dropFirst().map {
            String($0.prefix { $0 != "\"" })
        }
        #expect(Set(ids).count == ids.count)
        let links = html.components(separatedBy: "href=\"#").dropFirst().map {
            String($0.prefix { $0 != "\"" })
        }
        #expect(Set(links).isSubset(of: Set(ids)))
    }

    @Test("rendering twice gives the same bytes")
    func stable() throws {
        let text = try #require(EmbeddedFiles.text(named: "reports/mnist.md"))
        let first = try page(try build(text, folder: folder.path))
        #expect(first == (try page(try build(text, folder: folder.path))))
    }

    @Test("configs and templates are embedded too")
    func names() {
        let names = EmbeddedFiles.names
        #expect(names.contains("configs/mnist.yaml") && names.contains("configs/digits.yaml"))
        #expect(names.contains("templates/page.css"))
        #expect(EmbeddedFiles.text(named: "reports/none.md") == nil)
    }

    @Test("the embedded files are those of the source tree")
    func current() throws {
        let root = FilePath.folder(of: FilePath.folder(of: FilePath.folder(of: #filePath)))
        for name in EmbeddedFiles.names where FilePath.isFile(FilePath.join(root, name)) {
            #expect(
                try WholeFile.text(at: FilePath.join(root, name)).text
                    == EmbeddedFiles.text(named: name))
        }
    }
}
