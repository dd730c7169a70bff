import Experiments
import Files
import Testing

@Suite("A mistake in a config")
struct ConfigErrorTests {
    /// A text, where its mistake is, and what the message must hold.
    struct Mistake: CustomTestStringConvertible, Sendable {
        let yaml: String
        let line: Int
        let column: Int
        let says: [String]
        var testDescription: String { yaml }
    }

    static let mistakes = [
        Mistake(yaml: "trian:\n  lr: 1", line: 1, column: 1, says: ["'trian'", "'train'?"]),
        Mistake(
            yaml: "train:\n  epoch: 3", line: 2, column: 3,
            says: ["no key 'train.epoch'", "did you mean 'train.epochs'?"]),
        Mistake(yaml: "epochs: 3", line: 1, column: 1, says: ["'train.epochs'?"]),
        Mistake(
            yaml: "train:\n  epochs: ten", line: 2, column: 11,
            says: ["a whole number from 1 to 100000, found the text 'ten'"]),
        Mistake(
            yaml: "train.epochs: \"3\"", line: 1, column: 15,
            says: ["found the text '3'", "take the quotes away"]),
        Mistake(yaml: "train: {epochs: 0}", line: 1, column: 17, says: ["found the number 0"]),
        Mistake(yaml: "train: {epochs: 1.5}", line: 1, column: 17, says: ["whole number"]),
        Mistake(yaml: "train: {lr: 0}", line: 1, column: 13, says: ["above 0 to 10"]),
        Mistake(yaml: "train: {lr: .nan}", line: 1, column: 13, says: ["found the text '.nan'"]),
        Mistake(yaml: "train: {lr: 1e999}", line: 1, column: 13, says: ["a number above"]),
        Mistake(yaml: "train: {lr: }", line: 1, column: 13, says: ["found nothing"]),
        Mistake(yaml: "train: {beta: -1}", line: 1, column: 15, says: ["from 0 to 10000"]),
        Mistake(yaml: "train: {beta: [1, 4]}", line: 1, column: 15, says: ["found a list"]),
        Mistake(yaml: "seed: {a: 1}", line: 1, column: 7, says: ["found a section"]),
        Mistake(yaml: "seed: 99999999999999999999", line: 1, column: 7, says: ["whole number"]),
        Mistake(yaml: "train: [1]", line: 1, column: 8, says: ["section of 'key: value'"]),
        Mistake(yaml: "train: 3", line: 1, column: 1, says: ["no key 'train'"]),
        Mistake(yaml: "model: {latent_dim: 1}", line: 1, column: 21, says: ["from 2 to 1024"]),
        Mistake(
            yaml: "train: {opt: sdg}", line: 1, column: 14,
            says: ["adamw, adam or sgd", "did you mean 'sgd'?"]),
        Mistake(
            yaml: "train: {ema: yes}", line: 1, column: 14,
            says: ["'train.ema' is true or false, found the text 'yes'"]),
        Mistake(
            yaml: "train: {lr_schedule: onecycle}", line: 1, column: 22,
            says: ["one_cycle, cosine_restarts or constant", "did you mean 'one_cycle'?"]),
        Mistake(
            yaml: "train.optimizer: adam", line: 1, column: 1, says: ["did you mean 'train.opt'?"]),
        Mistake(
            yaml: "train: {batch_size: 3}", line: 1, column: 9,
            says: ["did you mean 'data.batch_size'?"]),
        Mistake(
            yaml: "data: {normalize: minus_one_one}", line: 1, column: 19,
            says: ["bce compares pixels in 0 … 1", "'train.recon_loss: l2'"]),
        Mistake(
            yaml: "data: {binarize: static}\ntrain: {recon_loss: l2}", line: 2, column: 21,
            says: ["'data.binarize: static'", "need bce"]),
        Mistake(
            yaml: "train: {free_bits: 0.1, iwae_samples: 5}", line: 1, column: 20,
            says: ["'train.iwae_samples: 5'"]),
        Mistake(
            yaml: "train: {target_kl: 9, iwae_samples: 5}", line: 1, column: 20,
            says: ["closed-form"]),
        Mistake(
            yaml: "train: {target_kl: 9, kl_schedule: cyclical}", line: 1, column: 36,
            says: ["'train.target_kl' cannot both be"]),
        Mistake(
            yaml: "train: {target_kl: 9, patience: 2}", line: 1, column: 33,
            says: ["'train.target_kl' cannot both be"]),
        Mistake(
            yaml: "train: {target_kl: 9, free_bits: 0.2}", line: 1, column: 34,
            says: ["'train.target_kl' cannot both be"]),
        Mistake(
            yaml: "train: {kl_schedule: cyclical, kl_cycles: 9000}", line: 1, column: 43,
            says: ["a cycle needs 2"]),
        Mistake(
            yaml: "data: {batch_size: 1000}\ntrain: {iwae_samples: 100}", line: 2, column: 23,
            says: ["100000 codes a step"]),
        Mistake(
            yaml: "data: {normalize: minus_one_one}\ntrain: {recon_loss: continuous_bernoulli}",
            line: 1, column: 19, says: ["continuous_bernoulli compares pixels in 0 … 1"]),
        Mistake(
            yaml: "data: {binarize: static}\ntrain: {recon_loss: discretized_logistic}", line: 2,
            column: 21, says: ["need bce", "is discretized_logistic"]),
        Mistake(
            yaml: "train: {recon_loss: logistic}", line: 1, column: 21,
            says: ["discretized_logistic"]),
        Mistake(
            yaml: "train: {objective: tcvae, iwae_samples: 5}", line: 1, column: 20,
            says: ["'train.iwae_samples' and 'train.objective: tcvae' cannot both be"]),
        Mistake(
            yaml: "train: {objective: capacity, free_bits: 0.1}", line: 1, column: 20,
            says: ["'train.free_bits' and 'train.objective: capacity' cannot both be"]),
        Mistake(
            yaml: "train: {objective: tcvae, target_kl: 9}", line: 1, column: 20,
            says: ["'train.target_kl'"]),
        Mistake(
            yaml: "train: {objective: capacity, beta: 4}", line: 1, column: 36,
            says: ["'train.capacity_weight'"]),
        Mistake(
            yaml: "train: {objective: tcvae, beta: 0}", line: 1, column: 33,
            says: ["a weight above 0"]),
        Mistake(
            yaml: "data: {batch_size: 4096}\ntrain: {objective: tcvae}", line: 1, column: 20,
            says: ["2048 at most"]),
        Mistake(
            yaml: "train: {objective: btcvae}", line: 1, column: 20,
            says: ["elbo, capacity or tcvae", "did you mean 'tcvae'?"]),
        Mistake(yaml: "train: {capacity_weight: 0}", line: 1, column: 26, says: ["above 0"]),
        Mistake(yaml: "train: {kl_ramp: 0}", line: 1, column: 18, says: ["above 0 to 1"]),
        Mistake(yaml: "train: {ema_decay: 1}", line: 1, column: 20, says: ["to 0.999999"]),
        Mistake(yaml: "dae: {sigmas: [0.1, x]}", line: 1, column: 15, says: ["a list of numbers"]),
        Mistake(yaml: "dae: {sigmas: []}", line: 1, column: 15, says: ["a list of numbers"]),
        Mistake(yaml: "dae: {sigmas: [0.1, 0]}", line: 1, column: 15, says: ["above 0 to 10"]),
        Mistake(yaml: "dae: {base_ch: 33}", line: 1, column: 16, says: ["equal groups"]),
        Mistake(
            yaml: "data: {train_limit: 1000}\ndae: {batch_size: 950}", line: 1, column: 21,
            says: ["'dae.batch_size' is 950"]),
        Mistake(yaml: "log: {tensorboard: 1}", line: 1, column: 20, says: ["true or false"]),
        Mistake(yaml: "device: gpu", line: 1, column: 9, says: ["cuda:0"]),
        Mistake(yaml: "device: cuda:x", line: 1, column: 9, says: ["cuda:0"]),
        Mistake(
            yaml: "data: {dataset: minst}", line: 1, column: 17,
            says: [
                "known: mnist, fashion-mnist, kmnist, emnist-digits, cifar10",
                "did you mean 'mnist'?",
            ]),
        Mistake(
            yaml: "data: {dataset: sprites, sprite_size: 48}", line: 1, column: 39,
            says: ["32 or 64"]),
        Mistake(
            yaml: "data: {dataset: sprites, sprite_x: 1, sprite_y: 1, sprite_orientations: 1}",
            line: 1, column: 73, says: ["3 shapes × 4 sizes × 1 angles × 1 × 1 places, 12 images"]),
        Mistake(
            yaml: "data: {dataset: sprites, sprite_scales: 64, sprite_orientations: 128}",
            line: 1, column: 66, says: ["6291456 images, but it takes 20 to 1000000"]),
        Mistake(yaml: "data: {validation: 60000}", line: 1, column: 20, says: ["leaves none"]),
        Mistake(
            yaml: "data: {train_limit: 100}", line: 1, column: 21,
            says: ["only 92 images are left", "choose a smaller batch"]),
        Mistake(yaml: "model: {in_ch: 3}", line: 1, column: 16, says: ["of MNIST has 1"]),
        Mistake(yaml: "seed: 1\nseed: 2", line: 1, column: 1, says: ["'seed' stands here twice"]),
        Mistake(
            yaml: "train: {lr: 1}\ntrain.lr: 2", line: 2, column: 1,
            says: ["'train.lr' stands here a second time"]),
        Mistake(yaml: "train:\n  lr: 'x", line: 2, column: 9, says: ["not valid YAML"]),
        Mistake(yaml: "train: *nowhere", line: 1, column: 8, says: ["not valid YAML"]),
        Mistake(yaml: "- 1\n- 2", line: 1, column: 1, says: ["a list of 'key: value' lines"]),
        Mistake(yaml: "just words", line: 1, column: 1, says: ["a list of 'key: value' lines"]),
        Mistake(yaml: "seed: 1\n---\nseed: 2", line: 2, column: 1, says: ["another document"]),
        Mistake(yaml: "seed: !!int 3", line: 1, column: 7, says: ["tags", "take '!!int' away"]),
        Mistake(yaml: "dae: {sigmas: [!own 1]}", line: 1, column: 16, says: ["found '!own'"]),
        Mistake(yaml: "!own train: {lr: 1}", line: 1, column: 1, says: ["found '!own'"]),
        Mistake(yaml: "? [a]\n: 1", line: 1, column: 3, says: ["expected a key"]),
    ]

    @Test("is pointed at, with what was expected", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws {
        let error = #expect(throws: SourceError.self) { try load(mistake.yaml) }
        let message = try #require(error?.description)
        #expect(error?.location.file == "c.yaml")
        #expect(error?.location.line == mistake.line, "\(message)")
        #expect(error?.location.column == mistake.column, "\(message)")
        for part in mistake.says { #expect(message.contains(part), "\(message)") }
    }

    @Test("on the command line is pointed at in the argument")
    func argument() throws {
        let error = #expect(throws: SourceError.self) { try load("", "train.epochs=many") }
        #expect(
            error?.description == """
                -P:1:14: error: 'train.epochs' is a whole number from 1 to 100000, \
                found the text 'many'
                    train.epochs=many
                                 ^^^^
                """)
        let unknown = #expect(throws: SourceError.self) { try load("", "train.epoch=3") }
        #expect(unknown?.suggestion == "did you mean 'train.epochs'?")
        #expect(throws: SourceError.self) { try load("", "train.epochs") }
        #expect(throws: SourceError.self) { try load("", "=3") }
        #expect(throws: SourceError.self) { try load("", "seed=1", "seed=2") }
    }

    @Test(
        "that would exhaust the parser is refused before it is parsed",
        arguments: [
            String(repeating: "[", count: 100_000), String(repeating: "- ", count: 100_000),
            String(repeating: "{a: ", count: 50_000), String(repeating: "a: 1\n", count: 100_000),
            "a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: {*b: 1}\n"
                + String(repeating: "d: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n", count: 9),
        ])
    func exhausting(yaml: String) {
        #expect(throws: SourceError.self) { try load(yaml) }
    }

    @Test("never crashes, whatever the text", arguments: 0..<400)
    func fuzz(seed: Int) {
        let pieces = [
            "train", "data", ":", " ", "\n", "  ", "- ", "[", "]", "{", "}", "\"", "'", "&a", "*a",
            "epochs", "lr", "1", "-1", "1e9", "~", "#", "|", ">", "?", "!!int", "\t", "é", "\u{0}",
            "seed", ".", ",", "%", "@", "`", "---", "...",
        ]
        var state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 | 1
        let text = (0..<40).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return pieces[Int(state >> 33) % pieces.count]
        }.joined()
        _ = try? load(text)
    }
}
