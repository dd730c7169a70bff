import ArgumentParser
import Datasets
import Files
import Foundation
import Words

/// `vae-report init`: a project that builds at once.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a project for a report on your own images.",
        discussion: """
            EXAMPLES
              vae-report init --images ~/pictures/shells     here, about these images
              vae-report init shells --images data.npz       in a new folder, about an array
              vae-report init shells                         about images that are drawn, to try it

            Writes a report and a config, both explained line by line, a README, a Makefile and a \
            .gitignore into an empty folder. Then 'vae-report build your-data' makes the page. The images stay \
            where they are: PNG and JPEG files in a folder, with or without a folder for each class, or \
            an array in a .npy or .npz file.
            """)

    @Argument(help: "The folder for the project: an empty one, or one that is not there yet.")
    var folder = "."

    @Option(help: "Your images: a folder, or a .npy or .npz file.")
    var images: String?

    @Option(help: "Pixels a side that images are brought to; 64, and an array's own.")
    var size: Int?

    @Flag(help: "Leave images out that cannot be read, instead of stopping.")
    var skipUnreadable = false

    func run() throws {
        if let size, !(8...512).contains(size) {
            throw UsageMistake("--size is 8 to 512, found \(size)")
        }
        let display = BuildDisplay()
        let project = try NewProject(folder)
        if images == nil, size != nil {
            throw UsageMistake("--size is about --images, which is not given")
        }
        let found = try images.map {
            try ProjectImages(
                $0, for: project.folder, size: size, skipsUnreadable: skipUnreadable,
                loader: DatasetLoader(
                    environment: ProcessInfo.processInfo.environment, downloader: nil,
                    progress: { display.show($0) }))
        }
        display.finish()
        try project.write(found)
        if let found {
            print("\(project.place): a project about \(found.sentence)")
        } else {
            print("\(project.place): a project about \(ProjectImages.drawnSentence)")
            display.warn(
                """
                the images in \(FilePath.join(project.folder, ProjectImages.drawnFolder)) were drawn by \
                vae-report, so that there is something to build
                    For your own, name them in configs/your-data.yaml ('path:'), or begin anew: \
                vae-report init FOLDER --images YOUR_IMAGES
                """)
        }
        let change = project.folder == "." ? "" : "cd \(project.folder) && "
        print("next: \(change)vae-report build your-data --open")
    }
}
