/// The TeX commands that are known, by what they become.
enum TeXSymbols {
    /// Letters and things that behave like them.
    static let letters: [String: String] = [
        "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε",
        "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ",
        "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο", "pi": "π", "varpi": "ϖ",
        "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ",
        "phi": "ϕ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "ell": "ℓ", "hbar": "ℏ",
        "imath": "ı", "jmath": "ȷ", "partial": "∂", "nabla": "∇", "infty": "∞", "emptyset": "∅",
        "varnothing": "∅", "aleph": "ℵ", "Re": "ℜ", "Im": "ℑ",
    ]

    /// Greek capitals, upright as TeX sets them.
    static let capitals: [String: String] = [
        "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
        "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
    ]

    /// Operators, relations and punctuation.
    static let operators: [String: String] = [
        "cdot": "⋅", "times": "×", "div": "÷", "pm": "±", "mp": "∓", "ast": "∗", "star": "⋆",
        "circ": "∘", "bullet": "∙", "odot": "⊙", "oplus": "⊕", "otimes": "⊗", "le": "≤", "leq": "≤",
        "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "ll": "≪", "gg": "≫", "approx": "≈",
        "sim": "∼", "simeq": "≃", "cong": "≅", "equiv": "≡", "propto": "∝", "coloneqq": "≔",
        "triangleq": "≜", "in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂", "subseteq": "⊆",
        "supset": "⊃", "supseteq": "⊇", "cup": "∪", "cap": "∩", "setminus": "∖", "to": "→",
        "rightarrow": "→", "leftarrow": "←", "gets": "←", "leftrightarrow": "↔", "mapsto": "↦",
        "longrightarrow": "⟶", "Rightarrow": "⇒", "Leftarrow": "⇐", "Leftrightarrow": "⇔",
        "implies": "⟹", "iff": "⟺", "uparrow": "↑", "downarrow": "↓", "forall": "∀", "exists": "∃",
        "neg": "¬", "land": "∧", "wedge": "∧", "lor": "∨", "vee": "∨", "perp": "⊥", "parallel": "∥",
        "mid": "∣", "ldots": "…", "dots": "…", "cdots": "⋯", "vdots": "⋮", "ddots": "⋱",
        "leqslant": "⩽", "geqslant": "⩾", "lesssim": "≲", "gtrsim": "≳", "prec": "≺", "succ": "≻",
        "preceq": "⪯", "succeq": "⪰", "asymp": "≍", "doteq": "≐", "eqqcolon": "≕", "models": "⊨",
        "vdash": "⊢", "subsetneq": "⊊", "ominus": "⊖", "oslash": "⊘", "boxdot": "⊡", "sqcup": "⊔",
        "sqcap": "⊓", "uplus": "⊎", "diamond": "⋄", "Box": "□", "square": "□", "lnot": "¬",
        "longleftarrow": "⟵", "longleftrightarrow": "⟷", "longmapsto": "⟼", "Longrightarrow": "⟹",
        "Uparrow": "⇑", "Downarrow": "⇓", "updownarrow": "↕", "hookrightarrow": "↪",
        "rightsquigarrow": "⇝", "leadsto": "⇝", "nearrow": "↗", "searrow": "↘", "nexists": "∄",
        "therefore": "∴", "because": "∵", "owns": "∋", "nmid": "∤", "dotsc": "…", "dotsb": "⋯",
        "hdots": "…", "upharpoonright": "↾", "colon": ":", "prime": "′", "dagger": "†", "top": "⊤",
        "bot": "⊥", "angle": "∠",
    ]

    /// Operators that take limits below and above in displayed formulas.
    static let large: [String: String] = [
        "sum": "∑", "prod": "∏", "coprod": "∐", "bigcup": "⋃", "bigcap": "⋂", "bigoplus": "⨁",
        "bigotimes": "⨂", "bigodot": "⨀", "bigvee": "⋁", "bigwedge": "⋀", "biguplus": "⨄",
        "bigsqcup": "⨆",
    ]

    /// Integrals, whose limits stay beside them.
    static let integrals: [String: String] = ["int": "∫", "iint": "∬", "iiint": "∭", "oint": "∮"]

    /// Functions with upright names.
    static let functions: Set<String> = [
        "log", "ln", "exp", "sin", "cos", "tan", "tanh", "sinh", "cosh", "arctan", "dim", "ker",
        "deg", "arg", "hom", "sec", "csc", "cot", "coth", "arcsin", "arccos", "lg",
    ]

    /// Functions with upright names whose limits go below in displayed formulas.
    static let limitFunctions: Set<String> = [
        "lim", "max", "min", "sup", "inf", "det", "Pr", "gcd", "argmax", "argmin", "limsup",
        "liminf",
    ]

    /// Delimiters, with their backslash where they have one.
    static let delimiters: [String: String] = [
        "(": "(", ")": ")", "[": "[", "]": "]", "|": "|", "/": "/", ".": "", "\\{": "{",
        "\\}": "}", "\\|": "‖", "\\lbrace": "{", "\\rbrace": "}", "\\lbrack": "[",
        "\\rbrack": "]", "\\langle": "⟨", "\\rangle": "⟩", "\\lvert": "|", "\\rvert": "|",
        "\\lVert": "‖", "\\rVert": "‖", "\\vert": "|", "\\Vert": "‖", "\\lfloor": "⌊",
        "\\rfloor": "⌋", "\\lceil": "⌈", "\\rceil": "⌉", "\\mid": "∣", "\\backslash": "\\",
        "<": "⟨", ">": "⟩",
    ]

    /// Widths of spaces in em.
    static let spaces: [String: String] = [
        ",": "0.167em", ":": "0.222em", ">": "0.222em", ";": "0.278em", "!": "-0.167em",
        " ": "0.333em", "~": "0.333em", "quad": "1em", "qquad": "2em", "enspace": "0.5em",
        "thinspace": "0.167em",
    ]

    /// Accents over their argument; true for those that stretch.
    static let accents: [String: (mark: String, stretches: Bool)] = [
        "hat": ("^", false), "widehat": ("^", true), "tilde": ("~", false),
        "widetilde": ("~", true), "bar": ("¯", false), "overline": ("¯", true),
        "vec": ("→", false), "dot": ("˙", false), "ddot": ("¨", false), "check": ("ˇ", false),
        "breve": ("˘", false), "overrightarrow": ("→", true),
        "mathring": ("˚", false), "acute": ("´", false), "grave": ("`", false),
    ]

    /// Commands that change the letters of their argument.
    static let alphabets: [String: TeXAlphabet] = [
        "mathbb": .doubleStruck, "mathcal": .script, "mathscr": .script, "mathbf": .bold,
        "boldsymbol": .boldItalic, "bm": .boldItalic, "mathrm": .upright, "mathsf": .sansSerif,
        "mathtt": .monospace, "mathit": .italic, "mathfrak": .fraktur,
    ]

    /// Sizes of delimiters, `\big` and the like, in em.
    static let sizes: [String: String] = [
        "big": "1.2em", "Big": "1.8em", "bigg": "2.4em", "Bigg": "3em", "bigl": "1.2em",
        "bigr": "1.2em", "bigm": "1.2em", "Bigl": "1.8em", "Bigr": "1.8em", "Bigm": "1.8em",
        "biggl": "2.4em", "biggr": "2.4em", "biggm": "2.4em", "Biggm": "3em", "Biggl": "3em",
        "Biggr": "3em",
    ]

    /// Commands that the parser itself knows.
    static let structural: Set<String> = [
        "frac", "dfrac", "tfrac", "cfrac", "binom", "dbinom", "tbinom", "xrightarrow",
        "xleftarrow", "textnormal", "texttt", "textsf", "mathop", "mathrel", "mathbin", "nonumber",
        "sqrt", "text", "textrm", "textbf", "textit", "mbox",
        "operatorname", "left", "right", "middle", "begin", "end", "underbrace", "overbrace",
        "underset", "overset", "stackrel", "underline", "limits", "nolimits", "displaystyle",
        "textstyle", "not", "substack", "pmod", "bmod", "phantom",
    ]

    /// Every known command, for suggestions.
    static var names: [String] {
        let tables: [[String]] = [
            Array(letters.keys), Array(capitals.keys), Array(operators.keys), Array(large.keys),
            Array(integrals.keys), Array(functions), Array(limitFunctions), Array(accents.keys),
            Array(alphabets.keys), Array(sizes.keys), Array(structural), ["quad", "qquad"],
            delimiters.keys.filter { $0.count > 2 }.map { String($0.dropFirst()) },
        ]
        return Set(tables.joined()).sorted()
    }
}
