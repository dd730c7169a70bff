import Files
import Testing

@Suite("The nearest name")
struct NearestNameTests {
    private let names = ["train.epochs", "train.lr", "model.latent_dim", "beta", "mnist"]

    @Test(
        "is what was most likely meant",
        arguments: [
            ("train.epoch", "train.epochs"), ("trian.epochs", "train.epochs"),
            ("latent_dim", "model.latent_dim"), ("Mnist", "mnist"), ("minst", "mnist"),
            ("epochs", "train.epochs"), ("bet", "beta"),
        ])
    func nearest(name: String, expected: String) {
        #expect(names.nearest(to: name) == expected)
    }

    @Test("is nothing when none is near", arguments: ["", "zzz", "cifar", "x"])
    func nothing(name: String) {
        #expect(names.nearest(to: name) == nil)
    }
}
