import ArgumentParser
import Files

/// `vae-report completions`
struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions",
        abstract: "Print a script that completes commands in bash, zsh or fish.",
        discussion: """
            EXAMPLES
              vae-report completions bash > ~/.local/share/bash-completion/completions/vae-report
              vae-report completions zsh > ~/.zfunc/_vae-report
              vae-report completions fish > ~/.config/fish/completions/vae-report.fish

            Commands and options are completed, and what may follow them: reports, configs, runs, \
            data sets, kinds of figures, config keys after -P. For zsh the folder has to be in fpath \
            before compinit runs: fpath+=~/.zfunc. 'make install' puts all three in place.
            """)

    @Argument(help: "bash, zsh or fish.", completion: .list(["bash", "zsh", "fish"]))
    var shell: String

    func run() throws {
        let known = CompletionShell.allCases.map(\.rawValue)
        guard let shell = CompletionShell(rawValue: shell) else {
            let near = known.nearest(to: shell).map { "did you mean '\($0)'? " } ?? ""
            throw UsageMistake(
                "there are no completions for '\(shell)'",
                advice: near + "known: \(known.joined(separator: ", "))")
        }
        let script = VAEReportCommand.completionScript(for: shell)
        switch shell {
        case .bash: print(script + Self.withoutSpacesInBash)
        case .zsh: print(Self.withoutSpacesInZsh(script))
        default: print(script)
        }
    }

    /// A config key ends with "=", and its value follows without a space.
    private static let withoutSpacesInBash = """

        _vae-report_without_spaces() {
            _vae-report "${@}"
            if [[ ${COMPREPLY[0]-} == *= ]]; then compopt -o nospace; fi
        }

        complete -o filenames -F _vae-report_without_spaces vae-report
        """

    /// The same in zsh, whose function for completions takes a suffix.
    private static func withoutSpacesInZsh(_ script: String) -> String {
        script.replacing(
            "    _describe -V '' non_empty_completions --",
            with: """
                    local -a suffix=()
                    if [[ "${1-}" == *= ]]; then suffix=(-S ''); fi
                    _describe -V '' non_empty_completions "${suffix[@]}" --
                """)
    }
}
