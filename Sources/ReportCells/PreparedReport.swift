import Experiments
import Files
import Foundation
import Literate

/// A report whose source, config and data are known to be in order, before anything runs or is written.
public struct PreparedReport {
    /// The checked document.
    public let document: Document
    /// Runs its cells.
    public let cells: ExperimentCells
    /// Where everything goes.
    public let outputFolder: String

    /// Reads the config, checks the document against it, and makes sure that every run's data are at hand.
    ///
    /// `arguments` are those of `-P`, which beat the settings of `profile`. Throws a located
    /// ``Files/SourceError`` or what the data set's loader throws.
    public init(
        _ location: ReportLocation, arguments: [String], profile: String? = nil, output: String?,
        settings: ReportSettings, progress: any CellProgress
    ) throws {
        let overrides = try DocumentParser.overrides(
            in: location.source, profile: profile,
            commandLine: try arguments.map { try ParameterOverride($0) })
        let header = try DocumentParser.frontMatter(of: location.source, overrides: overrides)
        _ = try EnvironmentStamp.date(environment: settings.environment, now: Date())
        var settings = settings
        settings.config = try Self.config(header, location)
        let base = try ExperimentConfig.load(
            source: settings.config,
            commandLine: try overrides.filter {
                ConfigSetting.isConfigKey($0.key, besides: header.parameters)
            }.map { try ConfigSetting($0) }, catalogue: settings.loader.catalogue)
        document = try DocumentParser.parse(
            location.source, kinds: ExperimentCells.kinds(for: base), overrides: overrides,
            files: location.files)
        outputFolder = try OutputFolder.path(
            report: location.name, option: output, configured: base.log.outputFolder,
            profile: profile,
            overrides: overrides.filter { $0.profile == nil }
                .map { "\($0.key)=\($0.value.canonical)" })
        cells = ExperimentCells(document, settings: settings, progress: progress)
        try cells.checkRuns()
    }

    private static func config(
        _ header: FrontMatter, _ location: ReportLocation
    ) throws -> SourceText? {
        guard let value = header.config, let path = value.scalarText else { return nil }
        do {
            return try location.config(at: path)
        } catch let error as FileError {
            throw SourceError(
                "the config \(path) cannot be read: \(error.problem)", at: value.location,
                in: location.source,
                suggestion: "paths of configs are relative to the folder you build in")
        }
    }
}

extension ConfigSetting {
    /// A setting of the command line, or of a report's profile.
    init(_ override: ParameterOverride) throws {
        if override.profile == nil {
            try self.init(argument: override.source.text)
        } else {
            try self.init(
                CellField(key: override.key, at: override.location, value: override.value),
                in: override.source)
        }
    }

    /// Whether the key of a `-P` is a config key: one with a dot, or one that is no parameter.
    static func isConfigKey(_ name: String, besides parameters: [CellField]) -> Bool {
        name.contains(".")
            || KeyTable.key(name) != nil && !parameters.contains { $0.key == name }
    }
}

extension ExperimentCells {
    /// Validates the config of every run and looks for its data, so that mistakes cost nothing.
    func checkRuns() throws {
        for cell in cellsOfKind("train") + cellsOfKind("data") {
            _ = try store.provenance(try config(of: cell))
        }
        for cell in cellsOfKind("eval") {
            _ = try config(ofRun: try cell.run(), overrides: cell.configOverrides)
        }
        for cell in cellsOfKind("figure") { try checkFigure(cell) }
    }

    /// Refuses dimensions, images and classes that the run of a figure does not have.
    private func checkFigure(_ cell: Cell) throws {
        let options = try FigureOptions(cell)
        if options.kind.subject == .comparison { return try checkDenoised(cell, options) }
        guard options.kind.subject == .run else { return }
        let run = try cell.run()
        let config = try view(ofRun: run, in: "").config
        try options.validate(
            try RunFacts(
                config, try store.provenance(config), catalogue: store.catalogue))
        if try options.usesMixture, config.eval.mixtureComponents == 0 {
            throw options.error(
                "the evaluation of '\(run)' fits no mixture to draw from", about: "prior",
                suggestion: "write 'eval.mixture: 10' into its eval cell")
        }
        guard options.kind == .likelihoodCurve, let eval = try evalCell(ofRun: run),
            try eval.importanceSamples(default: config.eval.iwaeSamples).isEmpty
        else { return }
        throw cell.error(
            "the evaluation of '\(run)' computes no importance-weighted bound to draw",
            at: cell["kind"]?.location, suggestion: "write 'iwae: [1, 10, 100]' into its eval cell")
    }

    /// Refuses images that a comparison does not denoise.
    private func checkDenoised(_ cell: Cell, _ options: FigureOptions) throws {
        let compare = try self.cell("compare", labelled: try cell.comparison())
        let config = try comparison(compare, in: "").run.config
        let facts = try RunFacts(
            config, try store.provenance(config), catalogue: store.catalogue)
        try options.validate(facts.limited(to: try compare.imageCount()))
    }
}
