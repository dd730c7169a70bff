import Foundation
import Literate

/// A built report to a Jupyter notebook, nbformat 4.5, with every output in place.
///
/// Running text becomes Markdown cells, the report's cells become code cells that hold their source. A
/// notebook is for reading: what computes is `vae-report build`.
public struct NotebookRenderer {
    private let images: ReportImages

    /// A renderer that finds the figures' image files in `images`.
    public init(images: ReportImages) { self.images = images }

    /// The text of report.ipynb. Throws when an image file cannot be read.
    public func render(_ report: BuiltReport) throws -> String {
        let text = MarkdownText(report: report, dialect: .jupyter)
        var cells = [textCell(MarkdownRenderer.head(report, text), 0)]
        let shift = report.document.blocks.contains { $0.isTopHeading } ? 1 : 0
        for part in parts(of: report.document.blocks) {
            switch part {
            case .text(let blocks):
                cells.append(textCell(text.blocks(blocks, shift: shift), cells.count))
            case .cell(let index):
                cells.append(try codeCell(report.document.cells[index], report, text))
            }
        }
        let stamp = MarkdownRenderer.stamp(report)
        if !stamp.isEmpty { cells.append(textCell(stamp, cells.count)) }
        let notebook: [String: Any] = [
            "cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5,
        ]
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let json = try encoder.encode(NotebookPart(value: notebook))
        return String(decoding: json, as: UTF8.self) + "\n"
    }

    /// The source of cells is YAML; the kernel is named so that Jupyter opens the file without asking.
    private var metadata: [String: Any] {
        [
            "kernelspec": [
                "display_name": "Python 3", "language": "python", "name": "python3",
            ],
            "language_info": [
                "name": "yaml", "file_extension": ".yaml", "mimetype": "text/x-yaml",
                "codemirror_mode": "yaml", "pygments_lexer": "yaml",
            ],
        ]
    }

    // MARK: Cells

    private enum Part {
        case text([MarkdownBlock])
        case cell(Int)
    }

    /// The text cut at its cells and before its headings.
    private func parts(of blocks: [MarkdownBlock]) -> [Part] {
        blocks.flatMap(\.untabbed).reduce(into: []) { parts, block in
            if case .cell(let index) = block { return parts.append(.cell(index)) }
            var isHeading = false
            if case .heading = block { isHeading = true }
            if !isHeading, case .text(let before)? = parts.last {
                parts[parts.count - 1] = .text(before + [block])
            } else {
                parts.append(.text([block]))
            }
        }
    }

    private func textCell(_ markdown: String, _ number: Int) -> [String: Any] {
        [
            "cell_type": "markdown", "id": "text-\(number)", "metadata": [String: Any](),
            "source": NotebookText.lines(markdown),
        ]
    }

    private func codeCell(
        _ cell: Cell, _ report: BuiltReport, _ text: MarkdownText
    ) throws -> [String: Any] {
        let place = report.document.plan.order.firstIndex(of: cell.index) ?? cell.index
        let isShown = cell.options.echo == .shown
        let metadata: [String: Any] =
            isShown ? [:] : ["jupyter": ["source_hidden": true], "tags": ["hide-input"]]
        return [
            "cell_type": "code", "id": "cell-\(cell.index + 1)", "metadata": metadata,
            "execution_count": place + 1, "source": NotebookText.lines(source(of: cell)),
            "outputs": try NotebookOutputs(images: images, text: text)
                .outputs(of: cell, report.outcomes[cell.index]),
        ]
    }

    /// The cell as the author sees it, its kind in a comment.
    private func source(of cell: Cell) -> String {
        let label = cell.label.map { " \($0)" } ?? ""
        return "# vae-report: \(cell.kind)\(label)\n\(cell.body)"
    }
}

/// A part of a notebook. `JSONEncoder` writes megabytes of images in a tenth of the time that
/// `JSONSerialization` takes.
private struct NotebookPart: Encodable {
    let value: Any

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch value {
        case let text as String: try container.encode(text)
        case let flag as Bool: try container.encode(flag)
        case let number as Int: try container.encode(number)
        case let lines as [String]: try container.encode(lines)
        case let list as [Any]: try container.encode(list.map(NotebookPart.init))
        case let object as [String: Any]: try container.encode(object.mapValues(NotebookPart.init))
        default:
            throw EncodingError.invalidValue(
                value,
                EncodingError.Context(
                    codingPath: encoder.codingPath, debugDescription: "no part of a notebook"))
        }
    }
}

/// Texts as notebooks keep them.
enum NotebookText {
    /// Lines with their line ends, which keeps differences between two notebooks readable.
    static func lines(_ text: String) -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().map { index, line in
            index == lines.count - 1 ? String(line) : line + "\n"
        }.filter { !$0.isEmpty }
    }
}
