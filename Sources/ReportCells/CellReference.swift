import Evaluation
import Experiments

/// The reference of every kind of cell with its keys, as Markdown: `docs/cells.md`.
public enum CellReference {
    /// The whole page.
    public static var markdown: String {
        ([introduction, cells, figures, tables, values].map { $0 + "\n" }).joined(separator: "\n")
    }

    private static let introduction = """
        # Cells

        A report is Markdown with fenced cells. The first word in the fence is the kind, the body is \
        YAML, and lines that begin with `#|` are options: `label`, `caption`, `alt`, `echo` (`true`, \
        `false`, `fold`) and `cache`. Every key and value is checked before anything is trained. This \
        page is written by the program; a test keeps it true.
        """

    private static let cells = """
        ## data

        Describes a data set before anything is trained on it: its first images class by class, how many \
        there are, mean and standard deviation of the pixels, origin and digest. Needs a label; the body \
        may hold config keys that begin with `data.`.

        ## train

        Trains a run. Needs a label, which names the run and its folder `runs/<label>/`. The body holds \
        config keys for this run alone: `train.beta: 4`.

        | key | value | when left out |
        |---|---|---|
        | `matrix` | config keys or parameters, each with a list of values: `{train.beta: [1, 4], seed: [0, 1]}` | one run |

        A matrix makes one run for each combination, at most 64 on at most four keys. The runs are named \
        `main@beta=1,seed=0` and so on, each with its folder `runs/main@beta=1,seed=0/`; another value \
        in the list trains its runs alone. An eval cell of `run: main` scores them all and shows one \
        table; `runs: [main]` in a figure takes them all, and `run: main@beta=1,seed=0` one of them. \
        `main@beta=1,seed=0.test.elbo` is the value of one run, `main@beta=1.test.elbo` and \
        `main.test.elbo` are means over runs, which the format `±` writes with their standard \
        deviation. What the matrix varies cannot be set in the cell or with `-P` as well.

        ## eval

        Scores a run on the test images, writes `metrics.csv` and `codes.csv` (mean and σ of every test \
        image's code) into the run's `logs/`, publishes the scores and shows the verdict at the top of \
        the page; what the [written rules](diagnoses.md) find also stands beside the figures. The body may hold config keys that begin with `eval.`.

        | key | value | when left out |
        |---|---|---|
        | `run` | the label of a train cell | must not be left out |
        | `iwae` | a list of K for the importance-weighted bound; `[]` for none | `1` and `eval.iwae_samples` |
        | `draws` | posterior draws an image for the ELBO, from 1 to 10000 | `eval.draws` |
        | `frechet` | whether Fréchet and kernel distances, precision and recall are computed, `true` or `false` | `eval.frechet` |
        | `disentanglement` | whether codes are compared with the factors that the images were drawn from, `true` or `false`; a few seconds for ten dimensions and five factors | `eval.disentanglement` |

        ## compare

        Compares a run's VAE with a denoising autoencoder, PCA, the median filter and leaving the noise \
        in: the same noisy test images through each. Shows a table of PSNR and a conclusion written from \
        the numbers. Needs a label, and an eval cell of the run. The body may hold config keys that \
        begin with `dae.`.

        | key | value | when left out |
        |---|---|---|
        | `kind` | `denoising` | must not be left out |
        | `run` | the label of a train cell | must not be left out |
        | `dae` | a file with the autoencoder's weights: safetensors, or PyTorch's .pt | one is trained on the run's data |
        | `count` | test images, from 10 to 1000000 | 2000 |

        ## playground

        Puts the run's model into the page, rounded to eight bits a weight: dimensions to move and to \
        traverse, test images and drawings to encode, walks between them, a map of codes, draws from \
        the prior. Needs an eval cell of the run. Without JavaScript, and in other formats, a drawn \
        plane of codes stands there.

        | key | value | when left out |
        |---|---|---|
        | `run` | the label of a train cell | must not be left out |
        | `dims` | sliders, for the dimensions of highest KL, from 1 to 64 | 10 |
        | `count` | test images to pick from, from 1 to 100 | 12 |

        ## export

        Writes a run for other programs into its folder `export/` and lists the files: encoder and decoder \
        as ONNX with an example of both, the weights as safetensors, codes and scores as CSV and `.npz`. \
        [exchange.md](exchange.md) has the lines that read them. Scores need an eval cell of the run.

        | key | value | when left out |
        |---|---|---|
        | `run` | the label of a train cell | must not be left out |
        | `what` | a list of `onnx`, `safetensors`, `codes`, `scores` | `[onnx, safetensors]` |
        | `split` | whose codes, `test` or `train` (without the images that validated the run) | `test` |

        ## check

        Compares published values with what they have to be. Each key is the name of a value; a plain \
        number or text stands for equality. A check that does not hold, or whose value was not \
        computed, makes the build's exit code 3.

        | key of an expectation | value |
        |---|---|
        | `min`, `max` | the least and the greatest number allowed |
        | `equals` | the number or text that it has to be |
        | `sigmas` | bounds may be missed by so many standard errors; the value must have one |
        """

    private static var figures: String {
        let list = FigureKind.allCases.map { kind in
            "### \(kind.rawValue)\n\n\(kind.summary) About: `\(kind.subject.rawValue)`."
                + (kind.needsEvaluation ? " Needs an eval cell." : "")
                + (kind.options.isEmpty ? "" : "\n\n" + keys(kind.options))
        }
        return """
            ## figure

            Draws a figure with its alternative text and its numbers. `kind` names what to draw, and \
            `run` (a train cell), `runs` (a list of them) or `compare` (a compare cell) what it is \
            about. Drawings land in `figures/`, plain images in the run's `grids/` and `samples/`. \
            Places of test images count from 0.

            """ + list.map { "\n\($0)\n" }.joined()
    }

    private static func keys(_ options: [FigureOption]) -> String {
        let rows = options.map {
            "| `\($0.name)` | \($0.valuesText) | \($0.standard ?? "must not be left out") | "
                + "\($0.documentation) |"
        }
        return (["| key | value | when left out | what it does |", "|---|---|---|---|"] + rows)
            .joined(separator: "\n")
    }

    private static var tables: String {
        let rows = TableKind.allCases.map {
            "| `\($0.rawValue)` | `\($0.subject.rawValue)` | \($0.summary) |"
        }
        let metrics = DenoisingTables.Metric.allCases.map { "`\($0.rawValue)`" }
            .joined(separator: ", ")
        return """
            ## table

            | kind | about | what it shows |
            |---|---|---|
            \(rows.joined(separator: "\n"))

            A table of `denoising` also takes `metric`: \(metrics); `psnr` when left out. A table of \
            `scores` takes `without`, a list of the tables whose scores stand there: `distances`, `gaps`.
            """
    }

    private static var values: String {
        let train = RunValues.trainNames.map { "`main.\($0.name)`" }.joined(separator: ", ")
        let data = DataFacts.names.map { "`digits.\($0.name)`" }.joined(separator: ", ")
        let scores = RunValues.scoreNames(EvaluationOptions(samples: [1, 64]))
            .map { "`main.test.\($0)`" }.joined(separator: ", ")
        let factors = [
            "mig", "dci_disentanglement", "dci_completeness", "dci_informativeness", "sap",
            "factor_vae",
        ].map { "`main.test.\($0)`" }.joined(separator: ", ")
        return """
            ## Values

            A text can name a value as `{val} main.test.elbo:.2f` between backticks.

            A train cell labelled `main` publishes \(train).

            A data cell labelled `digits` publishes \(data).

            An eval cell of the run `main` with `iwae: [1, 64]` publishes \(scores), and \
            `main.test.diagnoses`, a text ([docs/diagnoses.md](diagnoses.md)). Names with `mixture` need \
            `eval.mixture`, those from `elbo_encoded` to `approximation_gap` `eval.refined_images`, the \
            probes `eval.probe_images` above 0. With `disentanglement: true` it also publishes \(factors).

            A compare cell labelled `dae` publishes, for each metric (`psnr`, `ssim`, `mse`, `hf`), \
            method (`vae`, `dae`, `pca`, `median`, `identity`) and noise (`clean`, `gaussian_10`, \
            `gaussian_30`, `gaussian_50`, `gaussian_70`, `gaussian_100`, `salt_and_pepper_10` and so on, \
            strengths in hundredths), `dae.psnr_vae_gaussian_30` and the like; \
            `dae.probe_linear_vae` and `dae.probe_knn_vae` for the codes `vae`, `dae` and `pca`; and \
            `dae.images`, `dae.dae.parameters`, `dae.dae.code_size`, `dae.dae.noise`, `dae.dae.source`, \
            `dae.conclusion`.
            """
    }
}
