import Experiments
import Files
import Rendering

extension FuzzedParser {
    static func config(_ name: String) throws -> FuzzedParser {
        let texts = ["mnist", "digits", "sprites", "cifar10"].compactMap {
            EmbeddedFiles.text(named: "configs/\($0).yaml")
        }
        var words = yamlWords
        for section in ["train", "model", "data", "eval", "log", "denoiser", "sprites"] {
            words += ["\n\(section):\n  ", "\(section)."]
        }
        for key in KeyTable.names { words.append("\n\(key): ") }
        return FuzzedParser(
            name, texts: texts + [lists], words: words, brackets: yamlBrackets
        ) { text in
            let config = try ExperimentConfig.load(source: SourceText(name: "c.yaml", text: text))
            _ = config.cacheText(for: .nothing)
        }
    }

    static let yamlWords = [
        ": ", "- ", "? ", "\n", "\n  ", "\n    ", "&a ", "*a", "<<: *a", "!!int ", "!x ", "|\n  ",
        ">-\n ",
        "---\n", "...\n", "%YAML 1.1\n", "\"", "'", "{", "}", "[", "]", ",", "#", "null", "~",
        "true",
        ".inf", ".nan", "0o7", "1e3", "\t", "\\x41", "\\U0010FFFF", "${params.a}",
    ]

    static let yamlBrackets = [
        (open: "[", close: "]"), (open: "{a: ", close: "}"), (open: "- ", close: ""),
        (open: "? ", close: ""), (open: "a:\n ", close: ""), (open: "[? ", close: "]"),
        (open: "[{", close: "}]"),
    ]

    private static let lists = """
        seed: 1
        data: {dataset: sprites, root: "a\\u0041b", train_limit: 100, validation: 10}
        model:
          kind: conv
          latent_dim: 8
        train: {epochs: 2, lr: 1e-3, batch_size: 16}
        eval.iwae_samples: 4
        """
}
