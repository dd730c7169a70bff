import ArgumentParser
import ReportCells

/// `vae-report compare`
struct CompareCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare a VAE with another kind of model.",
        subcommands: [CompareDAE.self])
}

/// `compare dae`
struct CompareDAE: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dae",
        abstract:
            "Compare with a denoising autoencoder: noise of several kinds, probes of the codes.",
        discussion: """
            EXAMPLES
              vae-report compare dae mnist
              vae-report compare dae outputs/mnist/runs/main --dae-ckpt dae.pt
              vae-report compare dae mnist -P dae.epochs=5 --output-dir comparison

            The autoencoder is trained on the same images, into runs/denoising beside the VAE's run, unless \
            --dae-ckpt names one (safetensors or PyTorch). PCA, a median filter and leaving the noise \
            in are compared too. Prints PSNR by method and noise and a conclusion from the numbers.
            """)
    @OptionGroup var options: SubjectOptions
    @OptionGroup var model: ModelOptions
    @Option(
        name: .customLong("dae-ckpt"),
        help: ArgumentHelp("Use this autoencoder instead of training one.", valueName: "file"))
    var denoiser: String?
    @Option(help: "How many test images to denoise.")
    var count: Int?

    func run() throws {
        let subject = try Subject(options, model)
        var fields: [LittleReport.Field] = []
        if let denoiser {
            fields.append(
                .init("dae", try RecordedConfig.quoted(denoiser), origin: "--dae-ckpt"))
        }
        if let count { fields.append(.init("count", String(count), origin: "--count")) }
        let mark = try fields.isEmpty ? nil : FigureWork.mark(of: fields)
        let cell = CommandCell.comparison(of: subject.label, mark: mark, fields: fields)
        let figures = ["denoised-images", "denoising-scores"].map { kind in
            CommandCell(
                "figure",
                label: (["fig-compare-dae", kind] + (mark.map { [$0] } ?? [])).joined(
                    separator: "-"),
                fields: [.init("kind", kind), .init("compare", cell.id)])
        }
        try CommandWork(options, words: "compare dae").answer(
            about: subject, cells: [cell] + figures, goals: [cell.id] + figures.map(\.id),
            copies: model.outputFolder, imageMark: mark)
    }
}

extension CommandCell {
    /// The comparison of a run with a denoising autoencoder, "denoising" as in the reports inside vae-report.
    static func comparison(
        of run: String, mark: String? = nil, fields: [LittleReport.Field] = []
    ) -> CommandCell {
        let name = run == "denoising" ? "denoising-comparison" : "denoising"
        return CommandCell(
            "compare", label: mark.map { "\(name)-\($0)" } ?? name,
            fields: [.init("kind", "denoising"), .init("run", run)] + fields)
    }
}
