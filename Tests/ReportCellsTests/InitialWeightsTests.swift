import Foundation
import Literate
import ReportCells
import Tensors
import Testing

@Suite("A training that starts from a checkpoint")
struct InitialWeightsTests {
    /// Steps too small to move anything.
    private static func report(_ settings: String) -> String {
        Workbench.report(
            train: "train.epochs: 1\ntrain.lr: 1e-12\ntrain.weight_decay: 0\n\(settings)")
    }

    private func weights(_ workbench: Workbench, _ folder: String) throws -> NamedTensors {
        let path = workbench.folder.path("\(folder)/runs/main/ckpts/best.safetensors")
        return try Safetensors(Data(contentsOf: URL(fileURLWithPath: path)), name: path).tensors
    }

    /// The largest difference between what an optimiser moves in two models.
    private func difference(_ one: NamedTensors, _ other: NamedTensors) throws -> Float {
        try one.entries.filter {
            !$0.name.contains("running") && !$0.name.contains("log_scale")
        }.map { name, tensor in
            let found = try #require(other[name]).values
            return zip(tensor.values, found).map { abs($0 - $1) }.max() ?? 0
        }.max() ?? .infinity
    }

    @Test("takes its weights, by other names too, and says so on the page")
    func start() throws {
        let workbench = try Workbench()
        _ = try workbench.build(Workbench.report(train: "train.recon_loss: gaussian"))
        let trained = try weights(workbench, "out")
        var theirs = NamedTensors()
        for (name, tensor) in trained.entries { theirs["net.\(name)"] = tensor }
        let file = workbench.folder.path("their.safetensors")
        try workbench.folder.write(
            [UInt8](try Safetensors(theirs).encoded()), to: "their.safetensors")
        try workbench.folder.write("net.*: '*'\n", to: "map.yaml")
        let text = Self.report(
            "train.recon_loss: gaussian\ntrain.init: \(file)\n"
                + "train.init_names: \(workbench.folder.path("map.yaml"))")
        let again = workbench.folder.path("again")
        let built = try workbench.build(text, output: again)
        #expect(built.failures == [:])
        let found = try weights(workbench, "again")
        #expect(try difference(found, trained) < 1e-6)
        let fresh = try workbench.build(
            Self.report("train.recon_loss: gaussian"), output: workbench.folder.path("fresh"))
        #expect(fresh.failures == [:])
        #expect(try difference(try weights(workbench, "fresh"), trained) > 1e-3)
        #expect(
            built.banners.contains(
                "The training of main did not start from fresh weights but from those in "
                    + "their.safetensors."))
        #expect(try workbench.build(text, output: again).ran == [])
        theirs["net.mean.bias"] = Tensor([3], [1, 2, 3])
        try workbench.folder.write(
            [UInt8](try Safetensors(theirs).encoded()), to: "their.safetensors")
        #expect(try workbench.build(text, output: again).ran.contains("main"))
        #expect(
            try weights(workbench, "again")["mean.bias"]?.values.map { $0.rounded() } == [1, 2, 3])
    }

    @Test("does not begin with a file that is not there or does not fit")
    func mistakes() throws {
        let workbench = try Workbench()
        let absent = try workbench.build(Self.report("train.init: nowhere.safetensors"))
        #expect(
            absent.failures["main"]?.contains("nowhere.safetensors") == true, "\(absent.failures)")
        try workbench.folder.write(
            [UInt8](try Safetensors(NamedTensors()).encoded()), to: "empty.safetensors")
        let path = workbench.folder.path("empty.safetensors")
        let empty = try workbench.build(Self.report("train.init: \(path)"))
        let message = try #require(empty.failures["main"])
        #expect(message.contains("empty.safetensors does not fit the model"))
        #expect(message.contains("encoder.conv1.weight [4, 1, 4, 4]"))
        var odd = NamedTensors()
        odd["encoder.conv1.weight"] = Tensor([2], [1, -.infinity])
        try workbench.folder.write([UInt8](try Safetensors(odd).encoded()), to: "odd.safetensors")
        let diverged = try workbench.build(
            Self.report("train.init: \(workbench.folder.path("odd.safetensors"))"))
        #expect(
            diverged.failures["main"]?.contains(
                "the tensor 'encoder.conv1.weight' holds a number that is infinite or none")
                == true,
            "\(diverged.failures)")
    }
}
