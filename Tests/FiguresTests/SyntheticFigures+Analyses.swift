import Charts
import Figures
import Foundation

extension SyntheticFigures {
    /// The figures of evaluation, sampling and comparison by file name.
    var analyses: [(name: String, figure: any Figure)] {
        [
            ("variance", posteriorVariance), ("aggregate", aggregateMarginals),
            ("rate", rateDecomposition), ("posterior", posteriorSamples),
            ("arithmetic", latentArithmetic), ("likelihood", likelihoodCurve),
            ("distortion", rateDistortion), ("factors", factorMap), ("terms", elboTerms),
            ("denoised", denoisedImages),
            ("denoising", denoisingScores), ("browser", reconstructionBrowser),
            ("manifold", decodedManifold), ("temperatures", temperatureGrid),
            ("examples", dataExamples),
        ]
    }

    /// Rows of classes, or a grid where there are many.
    var dataExamples: DataExamples {
        let columns = channels == 1 ? 12 : 6
        let lines = (0..<min(classCount, 10)).map { group in
            DataExamples.Line(
                group: classCount > 20 ? nil : ("class \(group)", 5000 + 37 * group),
                images: (0..<columns).map { tile(Double(group) + 0.1 * noise($0)) })
        }
        return DataExamples(lines: lines, subject: "made-up rings")
    }

    private static let codeCount = 2000

    /// Posterior means and σ `[images, latentSize]` that fit the KL of `klPerDimension`.
    var codes: (means: [Float], deviations: [Float]) {
        var (means, deviations): ([Float], [Float]) = ([], [])
        let kl = klPerDimension.kl
        for image in 0..<Self.codeCount {
            let shared = normal(image + 90_001)
            for dimension in 0..<latentSize {
                let deviation =
                    exp(-min(kl[dimension], 5)) * (0.9 + 0.2 * noise(image * 31 + dimension))
                let spread = max(0.02, (1 - deviation * deviation)).squareRoot() * 0.98
                let own = normal(image * latentSize + dimension)
                let mix = dimension % 5 == 1 ? 0.3 : 0
                let isUsed = kl[dimension] > 0.01
                let mean = spread * (own * (1 - mix * mix).squareRoot() + mix * shared)
                means.append(Float(isUsed ? mean : 0.01 * own))
                deviations.append(Float(deviation))
            }
        }
        return (means, deviations)
    }

    var posteriorVariance: PosteriorVariance {
        let codes = codes
        return PosteriorVariance(
            means: codes.means, deviations: codes.deviations, latentSize: latentSize)
    }

    var aggregateMarginals: AggregateMarginals {
        let codes = codes
        let means = codes.means.map(Double.init)
        var correlations = [Double](repeating: 0, count: latentSize * latentSize)
        for row in 0..<latentSize {
            for column in row..<latentSize {
                var (sum, left, right) = (0.0, 0.0, 0.0)
                for start in stride(from: 0, to: means.count, by: latentSize) {
                    sum += means[start + row] * means[start + column]
                    left += means[start + row] * means[start + row]
                    right += means[start + column] * means[start + column]
                }
                let value = sum / (left * right).squareRoot()
                correlations[row * latentSize + column] = value
                correlations[column * latentSize + row] = value
            }
        }
        return AggregateMarginals(
            means: codes.means, deviations: codes.deviations, latentSize: latentSize,
            kl: klPerDimension.kl, correlations: correlations)
    }

    var rateDecomposition: RateDecomposition {
        RateDecomposition(
            mutualInformation: RateDecomposition.Term(9.18, standardError: 0.004),
            totalCorrelation: RateDecomposition.Term(15.6, standardError: 0.21),
            dimensionwise: RateDecomposition.Term(0.74, standardError: 0.19), kl: 25.37,
            ceiling: log(10_000), imageCount: 10_000, draws: 500)
    }

    var posteriorSamples: PosteriorSamples {
        PosteriorSamples(
            lines: (0..<6).map { place in
                let shape = noise(place + 700) * 6
                return PosteriorSamples.Line(
                    original: tile(shape), reconstruction: tile(shape + 0.1, weight: 0.15),
                    draws: (0..<7).map { tile(shape + 0.15 * normal($0 + place * 9)) },
                    label: "#\(place)")
            })
    }

    var latentArithmetic: LatentArithmetic {
        LatentArithmetic(
            equations: (0..<6).map { place in
                let names = ["mean of 7", "mean of 1", "mean of \(place)"]
                return LatentArithmetic.Equation(
                    terms: names.enumerated().map { index, name in
                        LatentArithmetic.Term(
                            name, image: tile(Double(index + place)), isSubtracted: index == 1)
                    },
                    result: tile(Double(place) + 1.5), finding: place < 3 ? "nearest: 9" : nil)
            })
    }

    var likelihoodCurve: LikelihoodCurve {
        let points = [1, 10, 100, 1000, 5000].map { samples -> LikelihoodCurve.Point in
            let gain = 4.6 * (1 - exp(-log(Double(samples) + 0.3) / 3))
            let effective = (0..<500).map { place in
                1 + pow(Double(samples), 0.55) * noise(place) * (samples > 1 ? 1 : 0)
            }
            return LikelihoodCurve.Point(
                samples: samples, bound: -97.3 + gain, standardError: 0.24,
                effectiveSampleSizes: effective)
        }
        return LikelihoodCurve(points: points, elbo: -97.25, imageCount: 10_000)
    }

    var rateDistortion: RateDistortion {
        let betas: [Double] = epochCount == 1 ? [1] : [0.25, 0.5, 1, 2, 4, 8]
        let runs = (0..<(classCount > 20 ? 3 : 1)).flatMap { seed in
            betas.map { beta -> RateDistortion.Run in
                let rate = 25 * pow(beta, -0.55) * (1 + 0.05 * normal(seed * 7 + Int(beta * 4)))
                return RateDistortion.Run(
                    "β = \(NumberText.trimmed(beta))", rate: rate,
                    distortion: 60 + 145 * exp(-rate / 12) + 3 * normal(seed),
                    curve: classCount > 20 ? "seed=\(seed)" : "")
            }
        }
        return RateDistortion(
            runs: runs,
            references: [
                RateDistortion.Reference("mean image", distortion: 206, rate: 0),
                RateDistortion.Reference("PCA, k = 32", distortion: 101),
            ])
    }

    /// Factors that dimensions with a large KL know about, one of them twice.
    var factorMap: FactorMap {
        let names = channels == 1 ? ["shape", "scale", "orientation", "x", "y"] : ["digit"]
        func values(_ salt: Int) -> [[Double]] {
            names.indices.map { factor in
                (0..<latentSize).map { dimension in
                    let own = dimension % names.count == factor ? 0.95 : 0.08
                    return own * noise(salt + factor * 997 + dimension)
                }
            }
        }
        return FactorMap(
            factors: names,
            panels: [
                FactorMap.Panel(.information, values: values(5), score: 0.312),
                FactorMap.Panel(.importance, values: values(6), score: 0.584),
            ], kl: klPerDimension.kl)
    }

    var elboTerms: ELBOTerms {
        let count = epochCount == 1 ? 1500 : 10_000
        let labels = (0..<count).map { Int(noise($0) * Double(classCount)) }
        let kl = labels.enumerated().map { index, label in
            25 + 0.6 * Double(label % 10) + 2.6 * normal(index + 7)
        }
        let reconstruction = kl.enumerated().map { index, value in
            max(12, 20 + 2.1 * value + 14 * normal(index + 50_021) * (0.6 + noise(index)))
        }
        let names = (0..<classCount).map { classCount > 10 ? "class \($0)" : String($0) }
        return ELBOTerms(
            negativeELBO: zip(kl, reconstruction).map(+), reconstruction: reconstruction, kl: kl,
            labels: classCount > 1 ? labels : [], classNames: names)
    }

    /// An image with uniform noise of a strength, cut to 0 … 1.
    private func noisy(_ image: ImageTile, _ strength: Double, _ salt: Int) -> ImageTile {
        ImageTile(
            channels: image.channels, height: image.height, width: image.width,
            values: image.values.enumerated().map { place, value in
                min(max(value + Float(strength * normal(place + salt * 10_007)), 0), 1)
            })
    }

    var denoisedImages: DenoisedImages {
        let levels = [0.1, 0.3, 0.5, 0.7, 1].map { level in
            DenoisedImages.Level(
                "σ = \(NumberText.trimmed(level))",
                examples: (0..<2).map { example in
                    let shape = noise(example + 40) * 6
                    let clean = tile(shape)
                    return [
                        clean, noisy(clean, level, example),
                        tile(shape + level / 2, weight: 0.16), noisy(clean, level / 5, example + 3),
                        noisy(clean, level / 2, example + 5), noisy(clean, level / 3, example + 7),
                    ]
                })
        }
        return DenoisedImages(
            methods: ["clean", "noisy", "VAE", "DAE", "PCA", "median"], levels: levels)
    }

    var denoisingScores: DenoisingScores {
        func series(_ levels: [Double]) -> [DenoisingScores.Series] {
            let methods: [(String, Double, Double)] = [
                ("VAE", 21.5, 5), ("DAE", 19, 2.5), ("PCA, k = 32", 18.6, 4), ("median", 20, 11),
                ("noise left in", 22.7, 14),
            ]
            return methods.map { name, start, fall in
                DenoisingScores.Series(
                    name,
                    points: levels.map {
                        DenoisingScores.Point(
                            level: $0, value: start - fall * log10($0 * 10), standardError: 0.03)
                    }, isReference: name == "noise left in")
            }
        }
        return DenoisingScores(noises: [
            DenoisingScores.Noise(
                "Gaussian", levelName: "σ", series: series([0.1, 0.3, 0.5, 0.7, 1])),
            DenoisingScores.Noise(
                "Salt and pepper", levelName: "share of pixels", series: series([0.05, 0.1, 0.2])),
            DenoisingScores.Noise("Masking", levelName: "share of pixels", series: series([0.3])),
        ])
    }

    var reconstructionBrowser: ReconstructionBrowser {
        ReconstructionBrowser(
            entries: (0..<(epochCount == 1 ? 1 : channels == 1 ? 20 : 64)).map { place in
                let shape = noise(place + 900) * 6
                return ReconstructionBrowser.Entry(
                    index: place, className: classCount > 10 ? nil : "\(place % classCount)",
                    original: tile(shape), decoded: tile(shape + 0.1, weight: 0.15),
                    reconstruction: 50 + 60 * noise(place), kl: 20 + 10 * noise(place + 3),
                    psnr: 18 + 8 * noise(place + 5))
            })
    }

    var decodedManifold: DecodedManifold {
        DecodedManifold(images: (0..<225).map { tile(Double($0) / 30) }, range: 2)
    }

    var temperatureGrid: TemperatureGrid {
        TemperatureGrid(
            batches: [0.25, 0.5, 0.75, 1, 1.25].map { temperature in
                PriorSamples.Batch(
                    temperature: temperature,
                    images: (0..<12).map { tile(3 + 2 * temperature * normal($0 + 99)) })
            })
    }
}
