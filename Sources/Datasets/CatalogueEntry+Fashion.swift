extension CatalogueEntry {
    /// Xiao, Rasul and Vollgraf: Fashion-MNIST, a novel image dataset for benchmarking machine learning
    /// algorithms, 2017.
    ///
    /// SHA-256 of the files from TensorFlow Datasets' list, MD5 of their content from Mila's git-annex keys.
    static let fashionMNIST = CatalogueEntry(
        name: "fashion-mnist", title: "Fashion-MNIST",
        shape: ImageShape(channels: 1, height: 28, width: 28),
        counts: SplitCounts(train: 60_000, test: 10_000),
        classNames: [
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker",
            "Bag", "Ankle boot",
        ],
        source: .idx(
            IDXFiles(
                all: [
                    PublishedFile(
                        name: "train-images-idx3-ubyte", sizes: [60_000, 28, 28],
                        content: .md5("f4a8712d7a061bf5bd6d2ca38dc4d50a"),
                        download: PublishedFile.Download(
                            size: 26_421_880,
                            digest:
                                "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"
                        )),
                    PublishedFile(
                        name: "train-labels-idx1-ubyte", sizes: [60_000],
                        content: .md5("9018921c3c673c538a1fc5bad174d6f9"),
                        download: PublishedFile.Download(
                            size: 29_515,
                            digest:
                                "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"
                        )),
                    PublishedFile(
                        name: "t10k-images-idx3-ubyte", sizes: [10_000, 28, 28],
                        content: .md5("8181f5470baa50b63fa0f6fddb340f0a"),
                        download: PublishedFile.Download(
                            size: 4_422_102,
                            digest:
                                "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"
                        )),
                    PublishedFile(
                        name: "t10k-labels-idx1-ubyte", sizes: [10_000],
                        content: .md5("15d484375f8d13e6eb1aabb0c3f46965"),
                        download: PublishedFile.Download(
                            size: 5_148,
                            digest:
                                "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"
                        )),
                ],
                folders: ["fashion-mnist", "FashionMNIST/raw", "FashionMNIST", "fashion_mnist"]),
            mirrors: [
                "https://fashion-mnist.s3.eu-central-1.amazonaws.com/",
                "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
                "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
            ]))
}
