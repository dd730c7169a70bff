import Experiments
import Files

/// Loads a config from a text named `c.yaml`, with `-P` arguments.
func load(_ yaml: String, _ arguments: String...) throws -> ExperimentConfig {
    try ExperimentConfig.load(
        source: SourceText(name: "c.yaml", text: yaml),
        commandLine: try arguments.map { try ConfigSetting(argument: $0) })
}
