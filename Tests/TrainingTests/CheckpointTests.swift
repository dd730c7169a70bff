import Foundation
import Tensors
import Testing
import Training

/// Checkpoints as files.
@Suite struct CheckpointTests {
    @Test("a state comes back whole, config and fingerprint with it")
    func roundTrip() throws {
        let run = try Run(
            BarImages.options(epochs: 2) {
                $0.averageDecay = 0.99
                $0.klSchedule.target = 2
            })
        let state = try #require(run.witness.epochs.last).state
        #expect(state.average != nil && state.klController?.mean != nil)
        let config = ["train.lr": "0.005", "note": "β\n\"x\""]
        let bytes = try Checkpoint(state: state, fingerprint: "abc", config: config).encodedState()
        let again = try Checkpoint(bytes, name: "last.safetensors")
        #expect(again.state.tensors == state.tensors)
        #expect(again.state.moments == state.moments)
        #expect(again.state.average == state.average)
        #expect(again.state.skipped == state.skipped)
        #expect(again.state.klController == state.klController)
        #expect(again.state.steps == state.steps)
        #expect(again.state.history == state.history)
        #expect(again.fingerprint == "abc")
        #expect(again.config == config)
        #expect(try again.encodedState() == bytes)
    }

    @Test("moments are there for every trained tensor and for nothing else")
    func moments() throws {
        let run = try Run(BarImages.options(epochs: 1))
        let state = try #require(run.witness.epochs.last).state
        let trained = BarImages.model.parameters.filter(\.isTrained)
        #expect(state.moments.keys.sorted() == ["first_moment", "second_moment"])
        for moments in state.moments.values {
            #expect(Set(moments.names) == Set(trained.map(\.name)))
            for parameter in trained {
                #expect(moments[parameter.name]?.shape == parameter.shape)
                #expect(moments[parameter.name]?.values.contains { $0 != 0 } == true)
            }
        }
        let squares = try #require(state.moments["second_moment"])
        #expect(squares.entries.allSatisfy { $0.tensor.values.allSatisfy { $0 >= 0 } })
    }

    @Test("a model's file has the model's tensors and says its epoch")
    func model() throws {
        let run = try Run(BarImages.options(epochs: 2))
        let state = try #require(run.witness.epochs.last).state
        let checkpoint = Checkpoint(state: state, fingerprint: "abc", config: ["a": "b"])
        let file = try Safetensors(checkpoint.encodedModel(epoch: 2), name: "best")
        #expect(file.tensors == state.tensors)
        #expect(file.tensors.names == BarImages.model.parameters.map(\.name))
        #expect(file.metadata["epoch"] == "2")
        #expect(file.metadata["fingerprint"] == "abc")
    }

    @Test("a file of weights alone, or one cut short, cannot be resumed from and says so")
    func wrongFiles() throws {
        let run = try Run(BarImages.options(epochs: 1))
        let state = try #require(run.witness.epochs.last).state
        let checkpoint = Checkpoint(state: state, fingerprint: "abc", config: [:])
        #expect {
            try Checkpoint(checkpoint.encodedModel(epoch: 1), name: "best.safetensors")
        } throws: {
            "\($0)".hasPrefix("best.safetensors: ") && "\($0)".contains("weights alone")
        }
        let bytes = try checkpoint.encodedState()
        for length in stride(from: 0, to: bytes.count, by: 997) {
            #expect(throws: TensorFileError.self) {
                try Checkpoint(bytes.prefix(length), name: "last.safetensors")
            }
        }
    }
}
