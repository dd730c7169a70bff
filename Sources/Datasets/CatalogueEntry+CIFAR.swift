extension CatalogueEntry {
    /// Krizhevsky: Learning Multiple Layers of Features from Tiny Images, 2009.
    static let cifar10 = CatalogueEntry(
        name: "cifar10", title: "CIFAR-10", shape: ImageShape(channels: 3, height: 32, width: 32),
        counts: SplitCounts(train: 50_000, test: 10_000),
        classNames: [
            "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship",
            "truck",
        ],
        source: .cifar(
            CIFARFiles(
                archive: PublishedArchive(
                    name: "cifar-10-binary.tar.gz", size: 170_052_171,
                    digest: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
                    mirrors: [
                        "https://www.cs.toronto.edu/~kriz/",
                        "https://mindspore-website.obs.cn-north-4.myhuaweicloud.com/"
                            + "notebook/datasets/",
                    ]),
                folder: "cifar-10-batches-bin",
                batches: [
                    (
                        "data_batch_1",
                        "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"
                    ),
                    (
                        "data_batch_2",
                        "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"
                    ),
                    (
                        "data_batch_3",
                        "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"
                    ),
                    (
                        "data_batch_4",
                        "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"
                    ),
                    (
                        "data_batch_5",
                        "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"
                    ),
                    (
                        "test_batch",
                        "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"
                    ),
                ].map { CIFARFiles.Batch(name: $0.0 + ".bin", digest: $0.1) },
                imagesPerBatch: 10_000, places: ["cifar10", "", "cifar-10", "CIFAR10"])))

    /// The same author's images of a hundred kinds, by kind.
    static let cifar100 = cifar100(
        name: "cifar100", title: "CIFAR-100", label: 1,
        classNames: [
            "apple", "aquarium fish", "baby", "bear", "beaver", "bed", "bee", "beetle", "bicycle",
            "bottle", "bowl", "boy", "bridge", "bus", "butterfly", "camel", "can", "castle",
            "caterpillar", "cattle", "chair", "chimpanzee", "clock", "cloud", "cockroach", "couch",
            "crab", "crocodile", "cup", "dinosaur", "dolphin", "elephant", "flatfish", "forest",
            "fox", "girl", "hamster", "house", "kangaroo", "keyboard", "lamp", "lawn mower",
            "leopard", "lion", "lizard", "lobster", "man", "maple tree", "motorcycle", "mountain",
            "mouse", "mushroom", "oak tree", "orange", "orchid", "otter", "palm tree", "pear",
            "pickup truck", "pine tree", "plain", "plate", "poppy", "porcupine", "possum", "rabbit",
            "raccoon", "ray", "road", "rocket", "rose", "sea", "seal", "shark", "shrew", "skunk",
            "skyscraper", "snail", "snake", "spider", "squirrel", "streetcar", "sunflower",
            "sweet pepper", "table", "tank", "telephone", "television", "tiger", "tractor", "train",
            "trout", "tulip", "turtle", "wardrobe", "whale", "willow tree", "wolf", "woman", "worm",
        ])

    /// The images of CIFAR-100 by the twenty superclasses that its kinds fall into.
    static let cifar100Superclasses = cifar100(
        name: "cifar100-coarse", title: "CIFAR-100 superclasses", label: 0,
        classNames: [
            "aquatic mammals", "fish", "flowers", "food containers", "fruit and vegetables",
            "household electrical devices", "household furniture", "insects", "large carnivores",
            "large man-made outdoor things", "large natural outdoor scenes",
            "large omnivores and herbivores", "medium-sized mammals", "non-insect invertebrates",
            "people", "reptiles", "small mammals", "trees", "vehicles 1", "vehicles 2",
        ])

    /// SHA-256 and size of the archive from TensorFlow Datasets' list; nobody publishes those of the two
    /// files in it.
    private static func cifar100(
        name: String, title: String, label: Int, classNames: [String]
    ) -> CatalogueEntry {
        let files = CIFARFiles(
            archive: PublishedArchive(
                name: "cifar-100-binary.tar.gz", size: 168_513_733,
                digest: "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec",
                mirrors: [
                    "https://www.cs.toronto.edu/~kriz/",
                    "https://mindspore-website.obs.cn-north-4.myhuaweicloud.com/notebook/datasets/",
                ]),
            folder: "cifar-100-binary",
            batches: ["train.bin", "test.bin"].map { CIFARFiles.Batch(name: $0, digest: nil) },
            imagesPerBatch: 50_000, testImages: 10_000,
            labels: CIFARFiles.Labels(count: 2, used: label),
            places: ["cifar100", "", "cifar-100", "CIFAR100"])
        return CatalogueEntry(
            name: name, title: title, shape: ImageShape(channels: 3, height: 32, width: 32),
            counts: SplitCounts(train: 50_000, test: 10_000), classNames: classNames,
            source: .cifar(files))
    }
}
