import Datasets
import Files
import Foundation

extension DoctorChecks {
    /// Where data sets are.
    static func data(_ loader: DatasetLoader, _ place: DataPlace) -> [DoctorCheck] {
        var checks: [DoctorCheck] = []
        for (name, folder) in [
            ("--data-dir", place.folder),
            ("$VAE_REPORT_DATA", loader.environment["VAE_REPORT_DATA"]),
        ] {
            guard let folder, !folder.isEmpty, !FilePath.isFolder(folder) else { continue }
            checks.append(
                DoctorCheck(
                    "data", name, .problem, found: "\(folder), which is no folder",
                    affects: "Data are not found there: name a folder that exists."))
        }
        var missing: [String] = []
        for entry in loader.catalogue.entries {
            if let check = whereabouts(of: entry, loader, place) {
                checks.append(check)
            } else {
                missing.append(entry.name)
            }
        }
        if let first = missing.first {
            checks.append(
                DoctorCheck(
                    "data", "not on this machine", .note, found: missing.joined(separator: ", "),
                    affects: "A build downloads what it needs first: vae-report data fetch \(first)"
                ))
        }
        return checks
    }

    /// Where a data set is; nil when it is not here.
    private static func whereabouts(
        of entry: CatalogueEntry, _ loader: DatasetLoader, _ place: DataPlace
    ) -> DoctorCheck? {
        switch entry.source {
        case .drawn, .sprites:
            return DoctorCheck(
                "data", entry.name, .ok, found: "drawn when needed",
                affects: "Needs no file and no network.")
        case .own:
            return DoctorCheck(
                "data", entry.name, .ok, found: "your own, where data.path says",
                affects: "'vae-report init --images FOLDER' makes a project about them.")
        case .idx, .cifar: break
        }
        guard let folder = try? loader.location(place.request(entry.name)) else { return nil }
        return DoctorCheck(
            "data", entry.name, .ok, found: folder,
            affects: "Not read now; 'vae-report data verify \(entry.name)' does.")
    }

    /// Where things are written, and what shows them.
    static func places(_ loader: DatasetLoader) -> [DoctorCheck] {
        let outputs = folder("outputs", "outputs/", "The pages, checkpoints and figures of builds.")
        let cache =
            loader.cacheFolder.map { folder($0, $0, "Downloads, and checksums that were checked.") }
            ?? DoctorCheck(
                "places", "cache", .note, found: "neither HOME nor XDG_CACHE_HOME is set",
                affects: "Nothing can be downloaded, and files are checked at every start.")
        return [outputs, cache, browser(loader.environment["PATH"] ?? "")]
    }

    /// Whether one may write at `path` or make it, and how much room there is.
    private static func folder(_ path: String, _ name: String, _ purpose: String) -> DoctorCheck {
        var existing = path
        while !existing.isEmpty, !FilePath.exists(existing) {
            existing = FilePath.folder(of: existing)
        }
        if existing.isEmpty { existing = "." }
        var disk = statvfs()
        guard access(existing, W_OK) == 0, FilePath.isFolder(existing),
            statvfs(existing, &disk) == 0
        else {
            return DoctorCheck(
                "places", name, .problem, found: "cannot be written",
                affects: "\(purpose) Work in another folder, or change the rights of \(existing).")
        }
        let free = Double(disk.f_bavail) * Double(disk.f_frsize)
        let room = String(format: "%.1f GB free", free / 1e9)
        return free > 1e9
            ? DoctorCheck("places", name, .ok, found: room, affects: purpose)
            : DoctorCheck(
                "places", name, free > 1e8 ? .note : .problem, found: room,
                affects: "\(purpose) A report on MNIST takes about 100 MB: make room, or delete "
                    + "what builds left with 'vae-report clean'.")
    }

    private static let browsers = [
        "xdg-open", "chromium", "chromium-browser", "google-chrome", "firefox",
    ]

    private static func browser(_ path: String) -> DoctorCheck {
        let folders = path.split(separator: ":").map(String.init)
        let found = browsers.first { name in
            folders.contains { access(FilePath.join($0, name), X_OK) == 0 }
        }
        guard let found else {
            return DoctorCheck(
                "places", "browser", .note, found: "none in PATH",
                affects: "'build --open' opens nothing; pages can be read on another machine.")
        }
        return DoctorCheck(
            "places", "browser", .ok, found: found, affects: "'build --open' and 'preview'.")
    }
}
