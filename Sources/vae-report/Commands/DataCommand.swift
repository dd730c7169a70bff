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
            (~/.cache/vae-report, or $XDG_CACHE_HOME/vae-report). MNIST's four files may be \
            compressed or not, in a folder mnist/ or directly there. Their content is checked \
            against the published SHA-256, again when they change or with --verify-data. CIFAR-10 is \
            cifar-10-binary.tar.gz as it is, or unpacked, in a folder cifar10/ or directly there. \
            A download must be the published archive; a copy of your own must have its layout.
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
        case .idx, .cifar: break
        }
        return try loader.location(place.request(entry.name))
            ?? "not here; 'vae-report data fetch \(entry.name)' downloads it"
    }
}

/// `data fetch`
struct DataFetch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Download a data set into your cache, unless it is on this machine already.")
    @Argument(
        help: ArgumentHelp("Names from 'vae-report data list'.", valueName: "name"))
    var names: [String]
    @OptionGroup var place: DataPlace

    func run() throws {
        let display = BuildDisplay()
        let interruption = Interruption(
            display: display,
            farewell: "stopped; files that arrived whole stay, of the others nothing is left")
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
            _ = try loader.provenance(request)
            print("\(name): complete and checked, in \(try loader.location(request) ?? "")")
        }
    }
}

/// `data verify`
struct DataVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Read every file of a data set and compare it with the published one.",
        discussion: "Exit status 1 when a file is altered, truncated or missing.")
    @Argument(
        help: ArgumentHelp(
            "Names from 'vae-report data list'; all of them when none is given.",
            valueName: "name"))
    var names: [String] = []
    @OptionGroup var place: DataPlace

    func run() throws {
        let loader = place.loader(display: BuildDisplay())
        let all = loader.catalogue.entries.map(\.name)
        var isFine = true
        for name in names.isEmpty ? all : names {
            let checks = try loader.verify(place.request(name))
            if checks.isEmpty { print("\(name): has no files, vae-report draws it") }
            for check in checks {
                print(DataVerify.text(check))
                isFine = isFine && check.state.isUsable
            }
        }
        if !isFine { throw ExitCode(ExitStatus.failed) }
    }

    private static func text(_ check: FileCheck) -> String {
        guard let path = check.path, let size = check.size else {
            return "missing    \(check.name)\n           expected \(check.expected)"
        }
        let name = check.state.rawValue
        let state = name + String(repeating: " ", count: max(0, 9 - name.count))
        let line = "\(state)  \(path)  \(Quantity.text(size)) bytes decompressed"
        let digest = "           SHA-256  \(check.found ?? "unreadable")"
        if check.state == .ok { return "\(line)\n\(digest)" }
        if check.state == .local {
            return "\(line)\n\(digest)\n           a local copy; published: \(check.expected)"
        }
        return "\(line)\n\(digest)\n           expected \(check.expected)"
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
