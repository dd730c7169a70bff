import ArgumentParser
import Datasets
import Words

/// What there is to train on.
struct DataCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "data",
        abstract: "List, download and check data sets.",
        discussion: """
            A data set is looked for in --data-dir, in $VAE_REPORT_DATA and in your cache \
            (~/.cache/vae-report, or $XDG_CACHE_HOME/vae-report), in a folder of its name or of the \
            name that torchvision gives it. The four files of MNIST and its kin may be compressed or \
            not, CIFAR's archives packed or unpacked, EMNIST's gzip.zip as it is. Files are checked \
            against published checksums, again when they change or with --verify-data. What is \
            nowhere is downloaded by HTTPS, from the next mirror when one fails, and an interrupted \
            download goes on where it stopped; --offline asks no network.
            """,
        subcommands: [DataList.self, DataFetch.self, DataVerify.self])
}

/// `data list`
struct DataList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the data sets and where each one is.")
    @OptionGroup var place: DataPlace

    func run() throws {
        let loader = place.loader(display: BuildDisplay())
        let rows = try loader.catalogue.entries.map { entry in
            let shape = entry.shape
            if case .own(let form) = entry.source {
                return [entry.name, "–", "as the config says", whereabouts(of: form)]
            }
            return [
                entry.name,
                "\(Quantity.text(entry.counts.train)) + "
                    + Quantity.text(entry.counts.test),
                "\(shape.height) × \(shape.width)\(shape.channels == 3 ? " colour" : " grey")",
                try whereabouts(of: entry, loader),
            ]
        }
        print(Columns.text([["name", "train + test", "images", "where"]] + rows))
    }

    private func whereabouts(of entry: CatalogueEntry, _ loader: DatasetLoader) throws -> String {
        switch entry.source {
        case .drawn: return "drawn by vae-report when needed"
        case .sprites: return "drawn by vae-report when needed; data.sprite_* choose the grid"
        case .own(let form): return whereabouts(of: form)
        case .idx, .cifar: break
        }
        if let folder = try loader.location(place.request(entry.name)) { return folder }
        let size = entry.downloadSize.map { " \(ProgressText.megabytes($0))" } ?? " it"
        return "not here; 'vae-report data fetch \(entry.name)' downloads\(size)"
    }

    private func whereabouts(of form: OwnDataForm) -> String {
        switch form {
        case .folder: "your PNG and JPEG files: data.path names the folder"
        case .arrays: "your .npy or .npz file: data.path names it"
        }
    }
}

/// `data fetch`
struct DataFetch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Download a data set into your cache, unless it is on this machine already.",
        discussion: """
            EXAMPLES
              vae-report data fetch mnist
              vae-report data fetch fashion-mnist cifar100
            """)
    @Argument(
        help: ArgumentHelp("Names from 'vae-report data list'.", valueName: "name"),
        completion: .dataset)
    var names: [String]
    @OptionGroup var place: DataPlace

    func run() throws {
        let display = BuildDisplay()
        let interruption = Interruption(
            display: display,
            farewell: "stopped; what has arrived stays, and the next fetch goes on from there")
        defer { interruption.end() }
        let loader = place.loader(display: display)
        for name in names {
            let request = place.request(name)
            let paths = try loader.fetch(request)
            display.finish()
            guard !paths.isEmpty else {
                print("\(name): nothing to download, vae-report draws it")
                continue
            }
            let origin = try loader.provenance(request).origin
            print("\(name): complete, in \(try loader.location(request) ?? ""): \(origin)")
        }
    }
}

/// Text in columns, each as wide as its widest entry.
enum Columns {
    static func text(_ rows: [[String]]) -> String {
        let widths = (rows.first ?? []).indices.map { column in
            rows.map { $0[column].count }.max() ?? 0
        }
        return rows.map { row in
            zip(row, widths).enumerated().map { index, entry in
                index == row.count - 1
                    ? entry.0
                    : entry.0 + String(repeating: " ", count: entry.1 - entry.0.count)
            }.joined(separator: "   ")
        }.joined(separator: "\n")
    }
}
