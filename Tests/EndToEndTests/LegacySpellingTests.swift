import Testing
import vae_report

@Suite("Spellings that people bring along")
struct LegacySpellingTests {
    @Test(
        "become this program's own",
        arguments: [
            ("sample.prior", "sample prior"),
            ("viz.recon_grid --config a.yaml", "viz recon --config a.yaml"),
            ("viz recon_grid", "viz recon"),
            ("viz latent_scatter", "viz scatter"),
            ("viz.latent_scatter --checkpoint x.pt", "viz scatter --checkpoint x.pt"),
            ("viz.traverse --dims 0 1 2", "viz traverse --dims 0 1 2"),
            ("viz traverse --range -3 3 --n_steps 7", "viz traverse --range 3 --steps 7"),
            ("viz.kl_per_dim", "viz kl"),
            ("viz loss_curves", "viz loss"),
            ("compare.dae --dae_ckpt d.pt", "compare dae --dae-ckpt d.pt"),
            ("compare_dae", "compare dae"),
            ("evaluate --ckpt a.pt", "eval --checkpoint a.pt"),
            ("sample interpolate --output_dir=a_b", "sample interpolate --output-dir=a_b"),
            ("sample.prior --num_samples 64", "sample prior --count 64"),
            (
                "train --config a_b.yaml --output_dir o_p",
                "train --config a_b.yaml --output-dir o_p"
            ),
        ])
    func translated(_ typed: String, _ meant: String) {
        #expect(LegacySpelling.translated(words(typed)) == words(meant))
    }

    @Test(
        "leave everything else as it is",
        arguments: [
            "", "build mnist -P train.kl_warmup_epochs=2", "build my_report.md --explain",
            "biuld.mnist", "viz", "viz nothing-like-it", "viz traverse --range 2",
            "viz traverse --range -3 2", "sample prior -- --a_b", "train configs/a_b.yaml",
            "data list",
        ])
    func untouched(_ typed: String) {
        #expect(LegacySpelling.translated(words(typed)) == words(typed))
    }

    private func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
}
