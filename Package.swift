// swift-tools-version: 6.2
import PackageDescription

// A target is a room: its folder under Sources/ holds one stage of making a report.
// ARCHITECTURE.md says what lives in each and which way the arrows go.

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny"),
]

/// Kernels are optimised in debug builds too: tests that train would crawl otherwise.
let kernelFlags = ["-O3", "-fno-math-errno", "-Wall", "-Wextra", "-Werror"]

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let protobuf: Target.Dependency = .product(name: "SwiftProtobuf", package: "swift-protobuf")
let argumentParser: Target.Dependency = .product(
    name: "ArgumentParser", package: "swift-argument-parser")

func room(_ name: String, imports: [Target.Dependency], exclude: [String] = []) -> Target {
    .target(name: name, dependencies: imports, exclude: exclude, swiftSettings: strict)
}

/// A room's tests; `hasOracles` where its folder holds numbers that other programs computed.
func tests(_ name: String, hasOracles: Bool = false) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.byName(name: name), "TestSupport"],
        exclude: hasOracles ? ["Oracles"] : [],
        swiftSettings: strict)
}

let systemLibraries: [Target] = [
    .systemLibrary(name: "CCairo", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CJPEG", pkgConfig: "libjpeg", providers: [.apt(["libjpeg-dev"])]),
    .systemLibrary(
        name: "CMarkGFM", pkgConfig: "libcmark-gfm", providers: [.apt(["libcmark-gfm-dev"])]),
    .systemLibrary(
        name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CLAPACK", providers: [.apt(["liblapacke-dev", "libopenblas-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
]

let kernels: [Target] = [
    .target(
        name: "COneDNN",
        cxxSettings: [.unsafeFlags(kernelFlags)],
        linkerSettings: [.linkedLibrary("dnnl")]),
    .target(name: "CKernels", cSettings: [.unsafeFlags(kernelFlags)]),
    .target(name: "CEmbeddedFiles"),
]

let rooms: [Target] = [
    room("Words", imports: []),
    room("Files", imports: ["CCrypto"]),
    room("Tensors", imports: ["COneDNN", "CKernels", "CLAPACK", "CArchive", "Files"]),
    room("Networks", imports: ["Tensors"]),
    room("VAEModels", imports: ["Networks"]),
    room("Drawing", imports: ["CCairo", "CPNG"]),
    room(
        "Datasets", imports: ["Tensors", "Drawing", "CArchive", "CJPEG", "CPNG", "Files", "Words"]),
    room(
        "Training", imports: ["VAEModels", "Datasets", protobuf],
        exclude: ["TensorBoard/event.proto"]),
    room("Evaluation", imports: ["Training", "Files", "Words"]),
    room("Charts", imports: ["Drawing", "Words"]),
    room("Figures", imports: ["Charts", "Evaluation"]),
    room("Experiments", imports: ["Training", "Evaluation", "Files", yams]),
    room(
        "Exchange", imports: ["VAEModels", "Files", "Words", protobuf], exclude: ["ONNX/onnx.proto"]
    ),
    room("Literate", imports: ["CMarkGFM", "Files", "Words", yams]),
    room("Rendering", imports: ["Literate", "CEmbeddedFiles", mustache]),
    room("ReportCells", imports: ["Literate", "Exchange", "Experiments", "Figures"]),
    .executableTarget(
        name: "vae-report",
        dependencies: [
            "ReportCells", "Rendering", "Charts", "Datasets", "Drawing", "Evaluation", "Exchange",
            "Experiments", "Files", "Literate", "Networks", "Tensors", "Training", "VAEModels",
            "Words", argumentParser,
        ],
        swiftSettings: strict),
]

let testTargets: [Target] = [
    .target(
        name: "TestSupport", dependencies: ["Tensors", "Files"], path: "Tests/TestSupport",
        exclude: ["Oracles"], swiftSettings: strict),
    tests("Words"),
    tests("Files"),
    tests("Tensors", hasOracles: true),
    tests("Networks", hasOracles: true),
    tests("VAEModels", hasOracles: true),
    tests("Drawing"),
    tests("Datasets", hasOracles: true),
    tests("Training", hasOracles: true),
    tests("Evaluation", hasOracles: true),
    tests("Charts"),
    tests("Figures"),
    tests("Exchange", hasOracles: true),
    tests("Experiments"),
    tests("Literate"),
    tests("Rendering"),
    tests("ReportCells", hasOracles: true),
    .testTarget(
        name: "EndToEndTests", dependencies: ["TestSupport", "vae-report"], swiftSettings: strict),
    .testTarget(
        name: "FuzzTests",
        dependencies: [
            "Datasets", "Drawing", "Evaluation", "Exchange", "Experiments", "Files", "Literate",
            "Networks", "Rendering", "ReportCells", "Tensors", "TestSupport", "Training",
            "VAEModels",
            "vae-report",
        ],
        swiftSettings: strict),
]

let package = Package(
    name: "vae-report",
    products: [.executable(name: "vae-report", targets: ["vae-report"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    ],
    targets: systemLibraries + kernels + rooms + testTargets,
    cLanguageStandard: .gnu2x,
    cxxLanguageStandard: .cxx17
)
