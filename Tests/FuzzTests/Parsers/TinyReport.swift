/// A report that has a little of everything.
enum TinyReport {
    static let frontMatter = """
        title: "A $\\\\beta$ *report*"
        subtitle: 'of `{val} params.b`'
        author: Somebody
        config: configs/digits.yaml
        params: {b: 1.5, names: small}
        profiles:
          ci: {train.epochs: 1, data.train_limit: 2000}
        bibliography: [r.bib]
        """

    static let words = """
        # One {#sec-one}

        Some *emphasis*, **strong**, ~~gone~~, `code`, $a_1 + \\beta$ and [a link](http://a.b "t").
        See @sec-one and @eq-a.

        $$
        x = \\frac{1}{2}
        $$ {#eq-a}

        > [!NOTE]
        > A callout.

        1. one
           - inner
        2. two

        | a | b |
        |:--|--:|
        | 1 | $x$ |

        ::: tabs
        ## First
        a
        ## Second
        b
        :::

        <!-- a comment -->
        Setext
        ------

        ~~~python
        print()
        ~~~
        ::: references
        :::
        """

    static let cells = [
        """
        ```{train}
        #| label: main
        train.epochs: 2
        train.lr: ${params.b}
        ```
        ```{eval}
        run: main
        iwae: [1, 10]
        ```
        """,
        """
        ```{train}
        #| label: main
        matrix: {train.beta: [1, 4], seed: [0, 1, 2]}
        ```
        ```{eval}
        run: main
        ```
        ```{figure}
        #| label: fig-a
        #| caption: "A *caption* with `{val} main@beta=1,seed=0.test.elbo:.2f` and $x$"
        kind: loss-curves
        run: main@beta=1,seed=0
        ```
        """,
        """
        ```{data}
        #| label: tbl-d
        ```
        ```{check}
        #| echo: false
        params.b: "> 0"
        ```
        ```{table}
        #| label: tbl-t
        #| cache: false
        kind: scores
        ```
        """,
    ]

    static let bibliography = """
        Text between entries.
        @string{iclr = {Conference on } # "Learning"}
        @comment{nothing @article{x} here}
        @preamble{"\\newcommand{\\a}{b}"}
        @inproceedings{a, author = {Kingma, Diederik P. and Welling, Max and others},
          title = "Auto-Encoding {Variational} -- a $\\beta$ test", booktitle = iclr, year = 2014, eprint = {1312.6114},
        }
        @article(b, title={Na{\\"\\i}ve \\& free~forms}, author={van den Oord, A{\\"a}ron and {\\'E}mile \\v{S}\\'{\\i}p},
          journal={J. of {ML}}, volume=32, number={2}, pages={1278--1286}, month=jan, year={2014}, doi = {10.1/a_b})
        """

    static let whole =
        "---\n\(frontMatter)\n---\n\(words)\n\nCited [@a; @b, p. 3]: `{val} params.b:.1f`\n\n"
        + "{{< include part.md >}}\n\n\(cells[0])"
}
