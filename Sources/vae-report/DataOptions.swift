import ArgumentParser
import Datasets
import Foundation

/// Where to look for data before the usual places.
struct DataPlace: ParsableArguments {
    @Option(
        name: .customLong("data-dir"),
        help: ArgumentHelp("A folder to look into first.", valueName: "folder"),
        completion: .directory)
    var folder: String?

    @Flag(help: "Download nothing ($VAE_REPORT_OFFLINE=1 does the same).")
    var offline = false

    /// A request for a data set wherever it is.
    func request(_ name: String) -> DatasetRequest { DatasetRequest(name: name, folder: folder) }

    /// A loader in this process's surroundings that reports to `display`.
    func loader(display: BuildDisplay) -> DatasetLoader {
        let environment = ProcessInfo.processInfo.environment
        let isOffline = offline || !["", "0"].contains(environment["VAE_REPORT_OFFLINE"] ?? "")
        return DatasetLoader(
            environment: environment, downloader: isOffline ? nil : NetworkDownloader(),
            progress: { display.show($0) })
    }
}

/// Where to look for data, and whether to trust what is remembered of them.
struct DataOptions: ParsableArguments {
    @OptionGroup var place: DataPlace

    @Flag(
        name: .customLong("verify-data"),
        help: "Read the data files again, even those that look unchanged.")
    var rereads = false

    /// The folder given with `--data-dir`.
    var folder: String? { place.folder }

    /// A loader in this process's surroundings that reports to `display`.
    func loader(display: BuildDisplay) -> DatasetLoader { place.loader(display: display) }
}
