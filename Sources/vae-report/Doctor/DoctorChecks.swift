import Datasets
import Drawing
import Experiments
import Files
import Foundation
import Literate
import Networks
import Tensors
import Words

/// Looks at the libraries and the processor.
enum DoctorChecks {
    /// The libraries that the program is linked with, by the versions that run.
    static var libraries: [DoctorCheck] {
        let list = [
            ("oneDNN", NumericLibraries.oneDNN, "Kernels on CPUs without AVX-512, and LPIPS."),
            ("OpenBLAS", NumericLibraries.openBLAS, "PCA, mixtures, Fréchet distances."),
            ("Cairo", DrawingLibraries.cairo, "Every figure."),
            ("Pango", DrawingLibraries.pango, "The text in figures."),
            ("libpng", DrawingLibraries.png, "Image grids, and figures as PNG."),
            ("libjpeg", PhotographLibrary.version, "Photographs to train on."),
            ("cmark-gfm", MarkdownLibrary.version, "Reading reports."),
            ("libarchive", NumericLibraries.archive, "Data sets and weights in archives."),
            ("libcrypto", Digest.libraryVersion, "Checksums and the cache's keys."),
        ]
        return list.map {
            DoctorCheck("libraries", $0.0, .ok, found: $0.1, affects: $0.2)
        } + [font]
    }

    private static var font: DoctorCheck {
        let (preferred, fallback) = (Typesetter.preferredFamily, Typesetter.fallbackFamily)
        if Typesetter.isInstalled(preferred) {
            return DoctorCheck(
                "libraries", "font", .ok, found: preferred,
                affects: "Figures look as they do elsewhere.")
        }
        guard Typesetter.isInstalled(fallback) else {
            return DoctorCheck(
                "libraries", "font", .problem, found: "neither \(preferred) nor \(fallback)",
                affects: "Figures may have no letters: apt-get install fonts-inter")
        }
        return DoctorCheck(
            "libraries", "font", .note, found: "\(fallback), because \(preferred) is not here",
            affects: "Figures look a little different from those made elsewhere: "
                + "apt-get install fonts-inter")
    }

    /// The processor, what it runs, and how much of it there is.
    static var processor: [DoctorCheck] {
        [features, kernels, bfloat16, threads, memory]
    }

    private static let interesting = [
        "avx2", "fma", "avx512f", "avx512bw", "avx512vl", "avx512dq", "avx512_bf16", "amx_bf16",
        "asimd", "bf16",
    ]

    private static var features: DoctorCheck {
        let text = (try? WholeFile.text(at: "/proc/cpuinfo"))?.text ?? ""
        let flags = text.split(separator: "\n").first {
            $0.hasPrefix("flags") || $0.hasPrefix("Features")
        }
        let all = Set((flags ?? "").split { " :\t".contains($0) }.map(String.init))
        let name = try? EnvironmentStamp.current(
            tool: "", engine: "", threads: 1, seconds: 0, environment: [:]
        ).processor
        let known = interesting.filter(all.contains)
        return DoctorCheck(
            "processor", "processor", .ok, found: name ?? "unknown",
            affects: "Has "
                + (known.isEmpty
                    ? "none of the vectors that matter here" : known.joined(separator: ", ")) + ".")
    }

    private static var kernels: DoctorCheck {
        Plans.hasGatherGEMM
            ? DoctorCheck(
                "processor", "kernels", .ok, found: Plans.kernelsDescription,
                affects: "Training at full speed.")
            : DoctorCheck(
                "processor", "kernels", .note, found: Plans.kernelsDescription,
                affects: "Without AVX-512 (F, BW, VL, DQ) training runs at about two thirds of the "
                    + "speed; the numbers agree to rounding.")
    }

    private static var bfloat16: DoctorCheck {
        Plans.hasGatherGEMM(in: .bfloat16)
            ? DoctorCheck(
                "processor", "bfloat16", .ok, found: "AVX-512 BF16",
                affects: "train.amp: auto trains with bfloat16 products, about twice as fast.")
            : DoctorCheck(
                "processor", "bfloat16", .note, found: "not on this processor",
                affects: "train.amp: auto trains in float32.")
    }

    private static var threads: DoctorCheck {
        let count = Kernels.threadCount
        let words = Quantity.text(count, "thread")
        if let allowed = allowedCores, allowed < Double(count) - 0.01 {
            return DoctorCheck(
                "processor", "threads", .note,
                found: "\(words), and a container that allows \(String(format: "%.3g", allowed))",
                affects: "Threads wait for each other: allow as many cores as the machine shows.")
        }
        return DoctorCheck(
            "processor", "threads", .ok, found: words,
            affects: "How fast everything is; the stamp of a page names it.")
    }

    /// The cores that a container's quota allows; nil without one.
    private static var allowedCores: Double? {
        let text = (try? WholeFile.text(at: "/sys/fs/cgroup/cpu.max"))?.text ?? ""
        let numbers = text.split { " \n".contains($0) }.compactMap { Double($0) }
        return numbers.count == 2 && numbers[1] > 0 ? numbers[0] / numbers[1] : nil
    }

    private static var memory: DoctorCheck {
        let bytes = Double(ProcessMemory.availableBytes)
        let found = String(format: "%.1f GB", bytes / 1e9)
        return bytes > 1e9
            ? DoctorCheck(
                "processor", "memory", .ok, found: found,
                affects: "A training on MNIST takes 250 MB.")
            : DoctorCheck(
                "processor", "memory", .note, found: found,
                affects: "Larger models and data sets may not fit: lower model.base_ch, "
                    + "data.batch_size or data.train_limit.")
    }
}
