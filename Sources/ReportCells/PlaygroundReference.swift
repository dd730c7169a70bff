import Evaluation
import Experiments
import Foundation
import Networks
import VAEModels

/// What the engine makes of a playground's rounded weights when a reader moves its controls. It lies beside
/// the report, not in it; `scripts/check-playground` does the same in the page and compares.
struct PlaygroundReference: Encodable {
    /// One move, from the middle of the prior; images are counted as in the page.
    private struct Action: Encodable {
        let control: String
        var dimension: Int?
        var value: Double?
        var place: [Float]?
    }

    private let actions: [Action]
    /// The image of each action, `[height, width, channels]`, base64 of bytes.
    private let images: Data
    /// Posteriors of the first images of the page, with their terms of the bound.
    private let means: CompactFloats
    private let logVariances: CompactFloats
    private let kl: [Float]
    private let reconstruction: [Float]

    init(_ model: PlaygroundModel, _ view: RunView, chosen: [Int]) throws {
        let (engine, size) = (model.engine, model.engine.latentSize)
        let examples = try view.testImages(Array(chosen.prefix(3)))
        let posterior = try engine.encode(examples)
        let codes = stride(from: 0, to: posterior.mean.count, by: size).map {
            Array(posterior.mean[$0..<$0 + size])
        }
        var moves = try Self.moves(view, size: size)
        moves += codes.indices.map { (Action(control: "image", value: Double($0)), codes[$0]) }
        if codes.count > 1 {
            for t in [0.25, 0.5, 0.75, 1] {
                moves.append(
                    (
                        Action(control: "straight", value: t),
                        LatentPath.linear(codes[0], codes[1], at: t)
                    ))
                moves.append(
                    (
                        Action(control: "sphere", value: t),
                        LatentPath.spherical(codes[0], codes[1], at: t)
                    ))
            }
        }
        actions = moves.map(\.0)
        images = engine.model.image.bytes(try engine.reconstruct(moves.flatMap(\.1)))
        means = CompactFloats(posterior.mean)
        logVariances = CompactFloats(posterior.logVariance)
        let all = posterior.kl
        kl = codes.indices.map { all[$0 * size..<($0 + 1) * size].reduce(0, +) }
        reconstruction = try engine.logLikelihood(
            of: examples, codes: posterior.mean, perImage: 1
        ).map { -$0 }
    }

    /// Sliders, the strip of a dimension, places of the map.
    private static func moves(_ view: RunView, size: Int) throws -> [(Action, [Float])] {
        let middle = [Float](repeating: 0, count: size)
        let order = try view.evaluation.klPerDimension.order
        func set(_ control: String, _ dimension: Int, _ value: Double) -> (Action, [Float]) {
            (
                Action(control: control, dimension: dimension, value: value),
                LatentPath.traversal(of: middle, dimension: dimension, values: [value])
            )
        }
        var moves = [(Action(control: "middle"), middle), set("slider", order[0], 3.5)]
        moves.append(set("slider", order[1], -2.25))
        moves += stride(from: -4.0, through: 4, by: 1).map { set("traverse", order[0], $0) }
        guard let plane = try PlaygroundScatter(view) else { return moves }
        let frame = plane.frame.values
        let box = plane.box.map { Float($0) }
        for share: Float in [0.3, 0.55, 0.8] {
            let x = box[0] + share * (box[1] - box[0])
            let y = box[2] + (1 - share) * (box[3] - box[2])
            let code = (0..<size).map {
                frame[$0] + x * frame[size + $0] + y * frame[2 * size + $0]
            }
            moves.append((Action(control: "map", place: [x, y]), code))
        }
        return moves
    }
}
