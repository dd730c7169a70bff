import ArgumentParser
import Datasets
import Files
import Foundation
import Words

/// `vae-report clean`
struct CleanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clean",
        abstract: "Delete what vae-report made, and nothing else.",
        discussion: """
            EXAMPLES
              vae-report clean                       all reports and runs below outputs/
              vae-report clean outputs/mnist         one of them
              vae-report clean --downloads           also the data that it downloaded
              vae-report clean --dry-run             only list what would go

            Files are known by the records that builds keep. A file of your own in one of these \
            folders stays, and so does its folder.
            """)

    @Argument(
        help: ArgumentHelp(
            "Folders of reports, or a folder of such folders; outputs by default.",
            valueName: "folder"), completion: .directory)
    var folders: [String] = []

    @Flag(help: "Also delete the data that vae-report downloaded into your cache.")
    var downloads = false

    @Flag(name: .customLong("dry-run"), help: "List what would be deleted and delete nothing.")
    var isDryRun = false

    func run() throws {
        var clean = Clean()
        for folder in folders.isEmpty ? ["outputs"] : folders {
            guard FilePath.isFolder(folder) else {
                if folders.isEmpty { continue }
                throw UsageMistake("there is no folder '\(folder)'")
            }
            clean.add(outputs: folder)
        }
        if downloads {
            let list = DownloadList(environment: ProcessInfo.processInfo.environment)
            clean.add(downloads: list.files, in: list.folder)
        }
        if isDryRun {
            clean.files.forEach { print($0) }
            return
        }
        let kept = try clean.delete()
        let count = clean.files.count
        print("deleted \(Quantity.text(count, "file"))")
        for folder in kept { print("kept \(folder): something else is in it") }
    }
}
