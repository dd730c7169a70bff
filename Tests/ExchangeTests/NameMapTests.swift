import Exchange
import Files
import Networks
import Tensors
import Testing
import VAEModels

@Suite("A map of names") struct NameMapTests {
    private static let model = VAEDescription.convolutional(
        image: FeatureShape(channels: 1, height: 8, width: 8), base: 2, latentSize: 3)
    private let ours = NameMapTests.model.initialParameters(seed: 1)
    private let expected = NameMapTests.model.expectedTensors

    private func map(_ text: String) throws -> NameMap {
        try NameMap(SourceText(name: "map.yaml", text: text))
    }

    /// Our tensors under other names.
    private func renamed(_ name: (String) -> String?) -> NamedTensors {
        var result = NamedTensors()
        for (own, tensor) in ours.entries {
            if let other = name(own) { result[other] = tensor }
        }
        return result
    }

    private func message(_ work: () throws -> Void) -> String {
        do {
            try work()
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test("stars stand for the same text on both sides, the first line that matches counts")
    func stars() throws {
        let theirs = renamed {
            $0.replacing("encoder.conv", with: "enc.c").replacing("encoder.norm", with: "enc.n")
                .replacing("decoder.", with: "dec/").replacing("logvar", with: "fc_var")
        }
        let map = try map(
            """
            # how another program calls them
            enc.c*.bias: encoder.conv*.bias
            enc.c*.*: "encoder.conv*.*"      # the rest
            'enc.n*': encoder.norm*
            dec/*: decoder.*

            fc_var.*: logvar.*
            """)
        let found = try map.tensors(theirs, for: expected, file: "their.pt")
        #expect(found == ours)
    }

    @Test("a tensor is cut along its first axis, others are left out")
    func cut() throws {
        var theirs = renamed { $0.contains("mean.") || $0.contains("logvar.") ? nil : $0 }
        for part in ["weight", "bias"] {
            let halves = ["mean", "logvar"].compactMap { ours["\($0).\(part)"] }
            theirs["heads.\(part)"] = Tensor(
                Shape([6] + halves[0].shape.sizes.dropFirst()), halves.flatMap(\.values))
        }
        theirs["probe.weight"] = Tensor([2, 2])
        theirs["encoder.norm1.num_batches_tracked"] = Tensor([], [7])
        let map = try map("heads.*: [mean.*, logvar.*]\nprobe.*: ~\n")
        #expect(try map.tensors(theirs, for: expected, file: "their.pt") == ours)
    }

    @Test("axes of size 1 may be missing, and biases that a normalisation cancels")
    func shapes() throws {
        var theirs = ours
        theirs["mean.weight"] = Tensor([3, 16, 1, 1], ours["mean.weight"]?.values ?? [])
        theirs["encoder.conv1.bias"] = nil
        let found = try NameMap.identity.tensors(theirs, for: expected, file: "their.pt")
        #expect(found == ours)
    }

    @Test("what is left over on both sides is listed, with what may belong together")
    func mismatch() throws {
        let theirs = renamed { $0.replacing("decoder.project", with: "decoder.fc") }
        let text = message {
            _ = try NameMap.identity.tensors(theirs, for: expected, file: "their.pt")
        }
        #expect(
            text == """
                their.pt does not fit the model that the config describes
                    not found in the file, 2 tensors:
                      decoder.project.weight [16, 3]: is it 'decoder.fc.weight'?
                      decoder.project.bias [16]: is it 'decoder.fc.bias'?
                    in the file and not in the model, 2 tensors:
                      decoder.fc.weight [16, 3]
                      decoder.fc.bias [16]
                    if only names differ, a map helps: 'vae-report export CONFIG --names --checkpoint \
                their.pt' prints one to complete for --name-map
                """)
    }

    @Test("a bias that may be missing is proposed for no other")
    func cancelledBiases() {
        let theirs = renamed { "net.\($0)" }
        let text = message {
            _ = try NameMap.identity.tensors(theirs, for: expected, file: "their.pt")
        }
        #expect(text.contains("encoder.norm1.bias [2]: is it 'net.encoder.norm1.bias'?"))
    }

    @Test("another size is told apart from another name; long lists are cut")
    func sizes() {
        let wide = VAEDescription.convolutional(
            image: FeatureShape(channels: 1, height: 8, width: 8), base: 4, latentSize: 3)
        let text = message {
            _ = try NameMap.identity.tensors(ours, for: wide.expectedTensors, file: "their.pt")
        }
        #expect(text.contains("encoder.conv1.weight is [2, 1, 4, 4], the model needs [4, 1, 4, 4]"))
        #expect(text.contains("\n      and "))
        #expect(text.contains("give the config that it was trained with"))
    }

    @Test("extra tensors pass without a map and are refused with one")
    func extra() throws {
        var theirs = ours
        theirs["optimizer.exp_avg"] = Tensor([3])
        #expect(
            try NameMap.identity.tensors(theirs, for: expected, file: "their.pt") == ours)
        let map = try map("mean.*: mean.*")
        let text = message { _ = try map.tensors(theirs, for: expected, file: "their.pt") }
        #expect(text.contains("optimizer.exp_avg [3]"))
        #expect(text.contains("add lines 'theirs: ours' to the map, or 'theirs: ~'"))
    }

    @Test(
        "mistakes are shown at their line",
        arguments: [
            ("a", "map.yaml:1:1: error: expected 'theirs: ours'"),
            ("# x\n  a b", "map.yaml:2:3: error: expected 'theirs: ours'"),
            ("a: b: c", "expected nothing more"), ("a: [b", "expected ',' or ']'"),
            ("a: [b,", "expected a name in the list"), ("a: ]", "expected our name"),
            ("a: *", "ours no more than theirs"), ("*********: a", "at most 8 stars"),
            ("", "no line 'theirs: ours'"), (": a", "expected 'theirs: ours'"),
        ])
    func mistakes(text: String, expected: String) {
        #expect(message { _ = try map(text) }.contains(expected), "\(text)")
    }

    @Test("a line that matches nothing, and two names for one of ours, are mistakes")
    func uselessLines() throws {
        let typo = try map("mean.weigth: mean.weight")
        let text = message { _ = try typo.tensors(ours, for: expected, file: "their.pt") }
        #expect(text.contains("map.yaml:1:1: error: 'mean.weigth' matches none of the"))
        #expect(text.contains("did you mean 'mean.weight'?"))
        let twice = try map("logvar.bias: mean.bias")
        #expect(
            message { _ = try twice.tensors(ours, for: expected, file: "their.pt") }
                .contains("'mean.bias' and 'logvar.bias' both become 'mean.bias'"))
        let uneven = try map("decoder.project.bias: [mean.bias, logvar.bias]")
        #expect(
            message { _ = try uneven.tensors(ours, for: expected, file: "their.pt") }
                .contains("of shape [16] cannot be cut into [3, 3] rows"))
        let elsewhere = try map("logvar.bias: [mean.bias, nowhere]")
        #expect(
            message { _ = try elsewhere.tensors(ours, for: expected, file: "their.pt") }
                .contains("'nowhere', which is not ours"))
    }

    @Test("no text crashes the reader of maps")
    func anyText() {
        let pieces = ["*", ":", "[", "]", ",", "~", "\"", "'", "#", " ", "a", "\n", "\u{301}", "é"]
        var state: UInt64 = 1
        for _ in 0..<3_000 {
            var text = ""
            for _ in 0..<12 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(state >> 33) % pieces.count]
            }
            guard let map = try? map(text) else { continue }
            _ = try? map.tensors(ours, for: expected, file: "any")
        }
    }

    @Test("names are proposed by shape and order, never a weight for a bias")
    func proposals() {
        let missing = expected.filter { $0.name.hasPrefix("encoder.norm") }
        let unused = missing.reversed().map { wanted in
            (
                name: wanted.name.replacing("encoder.norm", with: "bn."), shape: wanted.shape
            )
        }
        let proposals = NameProposals(missing: missing, unused: unused)
        #expect(proposals.theirs.count == missing.count)
        for (ours, theirs) in proposals.theirs {
            #expect(ours.replacing("encoder.norm", with: "bn.") == theirs)
        }
        #expect(NameProposals(missing: missing, unused: []).theirs.isEmpty)
        let one = NameProposals(missing: missing, unused: [unused[0]]).theirs
        #expect(one.count == 1, "what goes to one of ours goes to no other")
        let heads = expected.filter { $0.name.hasPrefix("mean") || $0.name.hasPrefix("logvar") }
        let joined = NameProposals(
            missing: heads, unused: [("fc.weight", [6, 16]), ("fc.bias", [6]), ("x.bias", [7])])
        #expect(joined.theirs.isEmpty)
        #expect(joined.pairs.map(\.name) == ["fc.weight", "fc.bias"])
        #expect(joined.pairs[0].ours == ["mean.weight", "logvar.weight"])
    }
}
