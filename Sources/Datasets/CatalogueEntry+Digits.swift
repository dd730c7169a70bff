extension CatalogueEntry {
    private static let small = ImageShape(channels: 1, height: 28, width: 28)
    private static let seventyThousand = SplitCounts(train: 60_000, test: 10_000)

    /// LeCun, Cortes and Burges: the MNIST database of handwritten digits.
    static let mnist = CatalogueEntry(
        name: "mnist", title: "MNIST", shape: small, counts: seventyThousand,
        classNames: digitNames,
        source: .idx(
            IDXFiles(
                all: [
                    PublishedFile(
                        name: "train-images-idx3-ubyte", sizes: [60_000, 28, 28],
                        content: .sha256(
                            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db")),
                    PublishedFile(
                        name: "train-labels-idx1-ubyte", sizes: [60_000],
                        content: .sha256(
                            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5")),
                    PublishedFile(
                        name: "t10k-images-idx3-ubyte", sizes: [10_000, 28, 28],
                        content: .sha256(
                            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7")),
                    PublishedFile(
                        name: "t10k-labels-idx1-ubyte", sizes: [10_000],
                        content: .sha256(
                            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2")),
                ],
                folders: ["mnist", "", "MNIST/raw", "raw"]),
            mirrors: [
                "https://ossci-datasets.s3.amazonaws.com/mnist/",
                "https://storage.googleapis.com/cvdf-datasets/mnist/",
            ]))

    /// Clanuwat et al.: Deep Learning for Classical Japanese Literature, 2018. Cursive characters.
    ///
    /// SHA-256 of the files from TensorFlow Datasets' list, MD5 of their content from Mila's git-annex keys.
    /// The second mirror is somebody's copy at a fixed commit, for the first one is often out of reach.
    static let kmnist = CatalogueEntry(
        name: "kmnist", title: "KMNIST", shape: small, counts: seventyThousand,
        classNames: ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"],
        source: .idx(
            IDXFiles(
                all: [
                    PublishedFile(
                        name: "train-images-idx3-ubyte", sizes: [60_000, 28, 28],
                        content: .md5("92be26ec9822e900ac425d0a0aa84ced"),
                        download: PublishedFile.Download(
                            size: 18_165_135,
                            digest:
                                "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4"
                        )),
                    PublishedFile(
                        name: "train-labels-idx1-ubyte", sizes: [60_000],
                        content: .md5("949e75301f8813e0dc5800dcc320fc52"),
                        download: PublishedFile.Download(
                            size: 29_497,
                            digest:
                                "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17"
                        )),
                    PublishedFile(
                        name: "t10k-images-idx3-ubyte", sizes: [10_000, 28, 28],
                        content: .md5("bf305b8cd328700fbc17f5acbc2856d2"),
                        download: PublishedFile.Download(
                            size: 3_041_136,
                            digest:
                                "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5"
                        )),
                    PublishedFile(
                        name: "t10k-labels-idx1-ubyte", sizes: [10_000],
                        content: .md5("9f55f451c0988b028eccdf7d5cc265ab"),
                        download: PublishedFile.Download(
                            size: 5_120,
                            digest:
                                "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c"
                        )),
                ],
                folders: ["kmnist", "KMNIST/raw", "KMNIST"]),
            mirrors: [
                "https://codh.rois.ac.jp/kmnist/dataset/kmnist/",
                "https://raw.githubusercontent.com/namanlab/CVCNN_Paper/"
                    + "0f30b9c852904dc63a7902c1d2a2f5c61d0547e4/data/KMNIST/raw/",
            ]))

    /// Cohen et al.: EMNIST, an extension of MNIST to handwritten letters, 2017; the part with digits.
    ///
    /// NIST publishes one archive of all parts, half a gigabyte (its SHA-256 from TensorFlow Datasets'
    /// list). A copy of the single files is asked first (their SHA-256 from its Git LFS pointers).
    static let emnistDigits = CatalogueEntry(
        name: "emnist-digits", title: "EMNIST digits", shape: small,
        counts: SplitCounts(train: 240_000, test: 40_000), classNames: digitNames,
        source: .idx(
            IDXFiles(
                all: [
                    PublishedFile(
                        name: "emnist-digits-train-images-idx3-ubyte", sizes: [240_000, 28, 28],
                        content: nil,
                        download: PublishedFile.Download(
                            size: 59_515_779,
                            digest:
                                "f7c95004d14d81af89522e67d8f0c781dfb3bd544181c81bfe1eb6b41c35b726"
                        )),
                    PublishedFile(
                        name: "emnist-digits-train-labels-idx1-ubyte", sizes: [240_000],
                        content: nil,
                        download: PublishedFile.Download(
                            size: 113_859,
                            digest:
                                "6638a6ff5fe2eefd9cca2471995b46c82986b8e4b2a70d2f5ce8e05d7edb319e"
                        )),
                    PublishedFile(
                        name: "emnist-digits-test-images-idx3-ubyte", sizes: [40_000, 28, 28],
                        content: nil,
                        download: PublishedFile.Download(
                            size: 9_908_519,
                            digest:
                                "20ebe43509264f7639d37c835a3f0b009e90b29e00a099a03101abe1644a3f63"
                        )),
                    PublishedFile(
                        name: "emnist-digits-test-labels-idx1-ubyte", sizes: [40_000],
                        content: nil,
                        download: PublishedFile.Download(
                            size: 19_960,
                            digest:
                                "bad1834c45d5988e270b99d43b13edc3fd898f658ffbc2caf2846ef27f7b05b0"
                        )),
                ],
                folders: [
                    "emnist-digits", "", "EMNIST/raw", "emnist", "EMNIST", "gzip", "emnist/gzip",
                    "EMNIST/raw/gzip",
                ],
                archive: PublishedArchive(
                    name: "gzip.zip", otherNames: ["emnist-gzip.zip", "emnist.zip"],
                    size: 561_753_746,
                    digest: "fb9bb67e33772a9cc0b895e4ecf36d2cf35be8b709693c3564cea2a019fcda8e",
                    mirrors: [
                        "https://biometrics.nist.gov/cs_links/EMNIST/",
                        "https://www.itl.nist.gov/iaui/vip/cs_links/EMNIST/",
                    ]),
                isTransposed: true),
            mirrors: ["https://github.com/aurelienduarte/emnist/raw/master/gzip/"]))
}
