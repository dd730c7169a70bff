import ArgumentParser

/// `vae-report manual`
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Print the manual page, for man.",
        discussion: """
            EXAMPLES
              vae-report manual > vae-report.1
              man -l vae-report.1

            The page is made from the same descriptions as --help. 'make install' puts it in place.
            """)

    func run() throws {
        let page = ManualPage(try CommandDescription.root(), version: VAEReportCommand.version)
        print(page.text(), terminator: "")
    }
}
