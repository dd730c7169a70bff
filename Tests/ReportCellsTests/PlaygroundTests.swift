import Foundation
import Literate
import ReportCells
import Testing

@Suite struct PlaygroundTests {
    private struct Page: Decodable {
        let numbers: Int
        let latent: Int
        let images: Data
        let names: [String]
        let likelihood: String
        let scale: Double?
        let order: [Int]
        let kl: [Double]
        let sliders: Int
        let scatter: Scatter?
        struct Scatter: Decodable {
            let frame: Data
            let box: [Double]
            let points: Data
            let labels: Data
        }
    }

    private struct Reference: Decodable {
        let actions: [Action]
        let images: Data
        let means: Data
        let reconstruction: [Float]
        let kl: [Float]
        struct Action: Decodable {
            let control: String
        }
    }

    private static let cell = """
        ```{playground}
        #| label: fig-play
        run: main
        count: 4
        ```
        """

    private func playground(
        _ settings: String = "", in workbench: Workbench
    ) throws -> PlaygroundOutput {
        let built = try workbench.build(Workbench.report(train: settings, rest: Self.cell))
        #expect(built.failures.isEmpty, "\(built.failures)")
        guard case .playground(let output)? = built.result("fig-play")?.outputs.first else {
            throw NoPlayground()
        }
        return output
    }

    private struct NoPlayground: Error {}

    @Test func `a page is told of a model in few words`() throws {
        let workbench = try Workbench()
        let output = try playground(in: workbench)
        let page = try JSONDecoder().decode(Page.self, from: Data(output.description.utf8))
        #expect(page.latent == 3 && page.sliders == 3 && page.names.count == 4)
        #expect(page.order.sorted() == [0, 1, 2] && page.kl.count == 3)
        #expect(page.images.count == 4 * 784)
        let scatter = try #require(page.scatter)
        #expect(scatter.frame.count == 9 * 4 && scatter.points.count == 96 * 4)
        #expect(scatter.labels.count == 96)
        #expect(scatter.box[0] < scatter.box[1] && scatter.box[2] < scatter.box[3])
        let carried = (page.images.count + scatter.points.count + scatter.labels.count) * 4 / 3
        #expect(output.description.utf8.count - carried < 2000)
        let weights = try #require(Data(base64Encoded: output.weights))
        #expect(weights.count > 4 * page.numbers)
    }

    @Test func `what the engine makes of the same weights lies beside the report`() throws {
        let workbench = try Workbench()
        let output = try playground(in: workbench)
        #expect(!output.description.contains("actions"))
        let bytes = Data(try workbench.bytes("figures/fig-play.json"))
        let reference = try JSONDecoder().decode(Reference.self, from: bytes)
        #expect(reference.images.count == reference.actions.count * 784)
        #expect(
            Set(reference.actions.map(\.control)) == [
                "middle", "slider", "traverse", "map", "image", "straight", "sphere",
            ])
        #expect(reference.means.count == 3 * 3 * 4)
        #expect(reference.kl.allSatisfy { $0 > 0 } && reference.kl.count == 3)
        #expect(reference.reconstruction.allSatisfy { $0 > 0 })
    }

    @Test(
        "every model and density can be played with",
        arguments: [
            "model.name: vae_resnet", "model.name: vae_mlp", "model.latent_dim: 2",
            "train.recon_loss: l2", "train.recon_loss: charbonnier",
            "data.normalize: minus_one_one\ntrain.recon_loss: l2", "train.recon_loss: gaussian",
            "train.recon_loss: continuous_bernoulli", "train.recon_loss: discretized_logistic",
        ])
    func everyModel(settings: String) throws {
        let workbench = try Workbench()
        let output = try playground("train.epochs: 1\n" + settings, in: workbench)
        let page = try JSONDecoder().decode(Page.self, from: Data(output.description.utf8))
        #expect(page.scatter != nil)
        let learnsScale = ["gaussian", "discretized_logistic"].contains(page.likelihood)
        #expect((page.scale != nil) == learnsScale)
        #expect(workbench.has("figures/fig-play.json"))
    }
}
