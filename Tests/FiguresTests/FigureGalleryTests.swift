import Charts
import Figures
import Foundation
import Testing

/// Writes every figure to the folder that `VAE_REPORT_FIGURES_DIR` names, to be looked at.
@Suite("Gallery of figures")
struct FigureGalleryTests {
    private static let folder = ProcessInfo.processInfo.environment["VAE_REPORT_FIGURES_DIR"]

    @Test(
        "writes SVG and PNG files, and a light and a dark page",
        .enabled(if: folder != nil, "VAE_REPORT_FIGURES_DIR is not set"),
        arguments: SyntheticFigures.corners)
    func write(_ corner: SyntheticFigures) throws {
        let folder = URL(fileURLWithPath: try #require(Self.folder))
            .appending(path: corner.testDescription)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var page = ""
        for (name, figure) in corner.all {
            let svg = try figure.svg(label: "fig-\(name)")
            try Data(svg.utf8).write(to: folder.appending(path: "\(name).svg"))
            try Data(figure.png()).write(to: folder.appending(path: "\(name).png"))
            page +=
                "<figure class=\"figure\">\(svg)<figcaption>\(figure.altText)</figcaption></figure>"
        }
        for theme in ["light", "dark"] {
            let html = """
                <!doctype html><html lang="en" data-theme="\(theme)"><meta charset="utf-8">
                <title>Figures</title><style>:root{color-scheme:\(theme)}body{max-width:760px;margin:20px auto;
                font:14px/1.5 Inter,sans-serif;background:\(theme == "light" ? "#fff" : "#14171c");
                color:\(theme == "light" ? "#1b1f27" : "#e8eaed")}figure{margin:0 0 36px}
                \(Theme.css)</style>\(page)</html>
                """
            try Data(html.utf8).write(to: folder.appending(path: "\(theme).html"))
        }
        let sheets = [
            ("recon_grid", corner.reconstructions.sheet()),
            ("prior_samples", corner.priorSamples.sheet()),
            ("interpolations_sheet", corner.interpolations.sheet()),
            ("posterior_samples", corner.posteriorSamples.sheet()),
            ("latent_arithmetic", corner.latentArithmetic.sheet()),
            ("denoised_rows", corner.denoisedImages.sheet()),
            ("manifold_sheet", corner.decodedManifold.sheet()),
            ("prior_temperatures", corner.temperatureGrid.sheet()),
            ("browser_sheet", corner.reconstructionBrowser.sheet()),
        ]
        for (name, sheet) in sheets {
            try Data(sheet.png()).write(to: folder.appending(path: "\(name).png"))
        }
    }
}
