import Charts
import Drawing
import Figures
import Foundation
import Testing

/// Figures filled with made-up data of the shapes that real runs have.
struct SyntheticFigures {
    let latentSize: Int
    let classCount: Int
    let epochCount: Int
    let channels: Int
    let side: Int

    /// The figures by file name.
    var all: [(name: String, figure: any Figure)] {
        [
            ("loss", lossCurves), ("recon", reconstructions), ("prior", priorSamples),
            ("kl", klPerDimension), ("traversals", traversals), ("scatter", latentScatter),
            ("interpolations", interpolations),
        ] + analyses
    }

    /// A number in 0 … 1 that looks random: a fixed function of its place.
    func noise(_ place: Int) -> Double {
        var state = UInt64(bitPattern: Int64(place)) &* 0x9E37_79B9_7F4A_7C15
        state = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        state = (state ^ (state >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((state ^ (state >> 31)) >> 11) / Double(1 << 53)
    }

    func normal(_ place: Int) -> Double {
        sqrt(-2 * log(noise(2 * place) + 1e-12)) * cos(2 * .pi * noise(2 * place + 1))
    }

    /// A ring or arc, bent by `shape` and thickened by `weight`.
    func tile(_ shape: Double, weight: Double = 0.12) -> ImageTile {
        var values: [Float] = []
        for channel in 0..<channels {
            for row in 0..<side {
                for column in 0..<side {
                    let x = (Double(column) + 0.5) / Double(side) * 2 - 1
                    let y = (Double(row) + 0.5) / Double(side) * 2 - 1
                    let bend = 0.55 + 0.2 * sin(shape + 2 * atan2(y, x + 0.1 * shape))
                    let distance = abs(hypot(x * (1.3 + 0.2 * cos(shape)), y) - bend)
                    let ink = max(0, min(1, 1.5 - distance / weight))
                    let tint = channels == 1 ? 1 : 0.4 + 0.6 * noise(channel + Int(shape * 10))
                    values.append(Float(ink * tint + (channels == 1 ? 0 : 0.15 * (1 - ink))))
                }
            }
        }
        return ImageTile(channels: channels, height: side, width: side, values: values)
    }

    var lossCurves: LossCurves {
        let epochs = Array(1...epochCount)
        func series(_ start: Double, _ end: Double, _ offset: Double, _ salt: Int) -> [Double] {
            epochs.map { epoch in
                let progress = Double(epoch - 1) / Double(max(epochCount, 10))
                return end + offset * progress + (start - end) * exp(-9 * progress)
                    + 0.4 * normal(epoch * 7 + salt)
            }
        }
        func terms(_ offset: Double, _ salt: Int) -> LossCurves.Terms {
            let reconstruction = series(180, 72, offset, salt)
            let kl = series(3, 25.4, 0, salt + 1)
            return LossCurves.Terms(
                negativeELBO: zip(reconstruction, kl).map(+), reconstruction: reconstruction, kl: kl
            )
        }
        var validation = terms(1.5, 3)
        if epochCount > 20 { validation.kl[12] = .nan }
        let warmup = Double(max(1, epochCount / 10))
        let progress = epochs.map { Double($0) / Double(epochCount) }
        return LossCurves(
            epochs: epochs, train: terms(-1, 1), validation: validation,
            beta: epochs.map { min(1, Double($0) / warmup) },
            learningRate: progress.map { 2e-3 * sin(.pi * pow($0, 0.6)) + 1e-6 },
            selectedEpoch: max(1, epochCount * 9 / 10), warmupEpochs: warmup)
    }

    var reconstructions: Reconstructions {
        func pair(_ place: Int, _ psnr: Double) -> Reconstructions.Pair {
            let shape = noise(place) * 6
            return Reconstructions.Pair(
                original: tile(shape), reconstruction: tile(shape + 3 / psnr, weight: 0.16),
                psnr: psnr)
        }
        return Reconstructions(
            best: (0..<4).map { pair($0, 29.4 - Double($0)) },
            median: (10..<14).map { pair($0, 22.1 + Double($0) / 100) },
            worst: (20..<24).map { pair($0, 9.2 + Double($0) / 10) }, imageCount: 10_000)
    }

    var priorSamples: PriorSamples {
        let batches = [0.5, 0.7, 1].map { temperature in
            PriorSamples.Batch(
                temperature: temperature,
                images: (0..<36).map { tile(3 + 3 * temperature * normal($0 + 99)) })
        }
        return PriorSamples(
            batches: batches,
            neighbours: (0..<8).map { place in
                let shape = noise(place + 300) * 6
                return PriorSamples.Neighbour(
                    sample: tile(shape), nearest: tile(shape + 0.3),
                    distance: 3 + noise(place) * 3)
            })
    }

    var klPerDimension: KLSpectrum {
        let active = max(1, min(latentSize, 14))
        var kl = (0..<latentSize).map { place in
            place < active
                ? 3.2 * exp(-Double(place) / 9) + 0.2 * noise(place) : 3e-4 + 4e-3 * noise(place)
        }
        kl.sort { noise(Int($0 * 1e6)) < noise(Int($1 * 1e6)) }
        return KLSpectrum(kl: kl)
    }

    var traversals: Traversals {
        let kl = klPerDimension.kl
        let order = kl.indices.sorted { kl[$0] > kl[$1] }.prefix(10)
        let steps = (0..<11).map { Double($0) * 0.6 - 3 }
        let lines = order.map { dimension in
            Traversals.Line(
                dimension: dimension, kl: kl[dimension],
                images: steps.map { tile(Double(dimension) + $0 * kl[dimension] / 3) })
        }
        return Traversals(lines: lines, steps: steps, latentSize: latentSize)
    }

    var latentScatter: LatentScatter {
        let count = 10_000
        let labels = (0..<count).map { Int(noise($0) * Double(classCount)) }
        let points = labels.enumerated().map { index, label in
            let angle = 2 * .pi * Double(label) / Double(max(classCount, 1))
            let radius = classCount == 1 ? 0 : 1.3
            return Datum(
                radius * cos(angle) + 0.5 * normal(index * 2 + 5),
                radius * sin(angle) + 0.5 * normal(index * 2 + 40_005))
        }
        let names = (0..<classCount).map { classCount > 10 ? "class \($0)" : String($0) }
        let manifold = latentSize == 2 ? (0..<144).map { tile(Double($0) / 20) } : []
        return LatentScatter(
            points: points, labels: labels, classNames: names,
            plane: latentSize == 2 ? .latent : .principal(first: 0.184, second: 0.093),
            latentSize: latentSize, manifold: manifold)
    }

    var interpolations: Interpolations {
        let steps = (0...8).map { Double($0) / 8 }
        let pairs = (0..<4).map { place in
            let (a, b) = (noise(place) * 6, noise(place + 50) * 6)
            return Interpolations.Pair(
                start: tile(a), end: tile(b), linear: steps.map { tile(a + (b - a) * $0) },
                spherical: steps.map { tile(a + (b - a) * (0.5 - 0.5 * cos(.pi * $0))) })
        }
        return Interpolations(pairs: pairs, steps: steps)
    }
}

extension SyntheticFigures: CustomTestStringConvertible {
    var testDescription: String {
        "d\(latentSize)-c\(classCount)-e\(epochCount)-\(channels)x\(side)"
    }

    /// The corners of what has to hold.
    static let corners = [
        SyntheticFigures(latentSize: 32, classCount: 10, epochCount: 10, channels: 1, side: 28),
        SyntheticFigures(latentSize: 2, classCount: 1, epochCount: 1, channels: 1, side: 28),
        SyntheticFigures(latentSize: 128, classCount: 100, epochCount: 1000, channels: 3, side: 32),
    ]
}
