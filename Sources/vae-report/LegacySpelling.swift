/// Command lines as people know them from PyTorch projects, in this program's own spelling.
///
/// `viz.recon_grid --num_samples 8` becomes `viz recon --count 8`. What is not known is left as it is,
/// so that the parser's own message is about what was typed.
package enum LegacySpelling {
    /// The arguments after the program's name, translated.
    package static func translated(_ arguments: [String]) -> [String] {
        range(in: options(in: command(in: arguments)))
    }

    private static let groups: Set<String> = ["sample", "viz", "compare", "data"]

    private static let wholeCommands = ["evaluate": ["eval"], "compare-dae": ["compare", "dae"]]

    /// Names of subcommands, by group and with hyphens.
    private static let subcommands: [String: [String: String]] = [
        "viz": [
            "recon-grid": "recon", "reconstruction-grid": "recon", "reconstructions": "recon",
            "latent-scatter": "scatter", "traversal": "traverse", "traversals": "traverse",
            "latent-traverse": "traverse", "kl-per-dim": "kl", "kl-per-dimension": "kl",
            "loss-curves": "loss", "losses": "loss",
        ],
        "sample": [
            "interpolation": "interpolate", "interpolations": "interpolate",
            "latent-arithmetic": "arithmetic",
        ],
    ]

    private static let optionNames = [
        "--ckpt": "--checkpoint", "--dae-checkpoint": "--dae-ckpt", "--out-dir": "--output-dir",
        "--num-samples": "--count", "--n-samples": "--count", "--num": "--count", "--n": "--count",
        "--num-steps": "--steps", "--n-steps": "--steps", "--temp": "--temperature",
        "--temperatures": "--temperature", "--dim": "--dims",
    ]

    /// `sample.prior` and `viz recon_grid` as two words, each as this program has it.
    private static func command(in arguments: [String]) -> [String] {
        guard let first = arguments.first else { return arguments }
        if let whole = wholeCommands[hyphenated(first)] {
            return whole + arguments.dropFirst()
        }
        var words = arguments
        let parts = first.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, groups.contains(String(parts[0])), !parts[1].isEmpty {
            words.replaceSubrange(0..<1, with: parts.map(String.init))
        }
        guard words.count > 1, groups.contains(words[0]), !words[1].hasPrefix("-") else {
            return words
        }
        let name = hyphenated(words[1])
        words[1] = subcommands[words[0]]?[name] ?? name
        return words
    }

    /// Long options with hyphens, under the names that they have here.
    private static func options(in arguments: [String]) -> [String] {
        var isOver = false
        return arguments.map { argument in
            if argument == "--" { isOver = true }
            guard !isOver, argument.hasPrefix("--"), argument.count > 2 else { return argument }
            let end = argument.firstIndex(of: "=") ?? argument.endIndex
            let name = hyphenated(argument[..<end])
            return (optionNames[name] ?? name) + argument[end...]
        }
    }

    /// `--range -3 3` as `--range 3`: traversals go as far either way.
    private static func range(in arguments: [String]) -> [String] {
        guard let place = arguments.firstIndex(of: "--range"), place + 2 < arguments.count,
            let low = Double(arguments[place + 1]), let high = Double(arguments[place + 2]),
            low == -high, high > 0
        else { return arguments }
        var result = arguments
        result.remove(at: place + 1)
        return result
    }

    private static func hyphenated(_ word: some StringProtocol) -> String {
        String(word.map { $0 == "_" ? "-" : $0 })
    }
}
