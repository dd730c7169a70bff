import ArgumentParser
import Foundation

/// `vae-report doctor`
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what this machine offers the program, and what each thing affects.",
        discussion: """
            EXAMPLES
              vae-report doctor
              vae-report doctor --data-dir /data --json

            Looks at libraries, fonts, processor, data sets, disks and rights; trains nothing, reads no \
            data and asks no network. 'note' works less well, 'problem' does not work. Exit status 1 when \
            there is a problem. 'vae-report selftest' checks the numbers.
            """)

    @OptionGroup var place: DataPlace
    @OptionGroup var answer: AnswerOptions

    func run() throws {
        let loader = place.loader(display: BuildDisplay(isQuiet: true))
        let checks =
            DoctorChecks.libraries + DoctorChecks.processor + DoctorChecks.data(loader, place)
            + DoctorChecks.places(loader)
        let problems = checks.count { $0.state == .problem }
        if answer.json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            let result = Result(
                command: "doctor", version: VAEReportCommand.version, checks: checks,
                problems: problems)
            print(String(decoding: try encoder.encode(result), as: UTF8.self))
        } else {
            let shown = answer.quiet ? checks.filter { $0.state != .ok } : checks
            print(DoctorCheck.text(shown, width: 80))
        }
        if problems > 0 { throw ExitCode(ExitStatus.failed) }
    }

    /// What `--json` prints.
    private struct Result: Encodable {
        let command, version: String
        let checks: [DoctorCheck]
        let problems: Int
    }
}
