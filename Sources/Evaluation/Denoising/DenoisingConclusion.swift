import Words

/// What a denoising comparison shows, in sentences written from its numbers alone.
///
/// Two means count as different when they are more than twice the error of their difference apart; else
/// both are named. Methods are told apart by name: `vae`, `dae`, `identity`.
public struct DenoisingConclusion: Sendable, Hashable {
    /// One finding each, in order.
    public let sentences: [String]

    /// All sentences as one paragraph.
    public var text: String { sentences.joined(separator: " ") }

    /// Draws the conclusion from a result.
    public init(_ result: DenoisingResult) {
        let writer = ConclusionWriter(result: result)
        let all =
            [
                writer.winners(.gaussian), writer.similarityWinners(.gaussian),
                writer.duel(.gaussian),
            ] + writer.losersToIdentity(.gaussian)
            + [
                writer.fineStructure(.gaussian), writer.winners(.saltAndPepper),
                writer.winners(.masking), writer.clean(), writer.probes(),
            ]
        sentences = all.filter { !$0.isEmpty }
    }
}

/// Writes the sentences; each is empty where its numbers are missing.
private struct ConclusionWriter {
    let result: DenoisingResult

    private typealias Value = (DenoisingResult.Entry) -> MeanEstimate?

    /// Which method has the highest PSNR at which strengths of a kind of noise.
    func winners(_ kind: ImageNoise.Kind) -> String {
        winners(kind, "PSNR", decimals: 1, unit: "dB") { $0.peakSignalToNoise }
    }

    /// The same by SSIM.
    func similarityWinners(_ kind: ImageNoise.Kind) -> String {
        winners(kind, "SSIM", decimals: 2, unit: "") { $0.similarity }
    }

    private func winners(
        _ kind: ImageNoise.Kind, _ metric: String, decimals: Int, unit: String, _ value: Value
    ) -> String {
        var runs: [(names: [String], strengths: [String], values: [Double])] = []
        for level in result.levels(of: kind) {
            let best = leaders(level, value)
            guard !best.isEmpty else { continue }
            let names = best.map { result.methods[$0.method].title }
            let values = best.map(\.estimate.mean)
            if let last = runs.indices.last, runs[last].names == names {
                runs[last].strengths.append(level.noise.strengthTitle)
                runs[last].values += values
            } else {
                runs.append((names, [level.noise.strengthTitle], values))
            }
        }
        guard !runs.isEmpty else { return "" }
        let parts = runs.map { run in
            let range = SentenceNumber.range(run.values, decimals: decimals, unit: unit)
            let together = run.names.count > 1 ? " (no clear difference)" : ""
            return
                "\(SentenceNumber.list(run.names))\(together) at \(span(run.strengths)): \(range)"
        }
        return "\(kind.title), highest \(metric): \(parts.joined(separator: "; "))."
    }

    /// The best methods of a level: the highest mean and those that do not clearly differ from it.
    private func leaders(
        _ level: DenoisingResult.Level, _ value: Value
    ) -> [(method: Int, estimate: MeanEstimate)] {
        let all = level.entries.enumerated().compactMap { method, entry in
            value(entry).map { (method: method, estimate: $0) }
        }
        guard let best = all.max(by: { $0.estimate.mean < $1.estimate.mean }) else { return [] }
        return all.filter {
            $0.method == best.method || !$0.estimate.differsClearly(from: best.estimate)
        }
    }

    /// Where the VAE is ahead of the DAE and where behind.
    func duel(_ kind: ImageNoise.Kind) -> String {
        var ahead: [String: (strengths: [String], gaps: [Double])] = [:]
        for level in result.levels(of: kind) {
            guard let first = peak("vae", level), let second = peak("dae", level) else { return "" }
            let name =
                first.differsClearly(from: second)
                ? first.mean > second.mean ? "VAE" : "DAE" : "neither"
            ahead[name, default: ([], [])].strengths.append(level.noise.strengthTitle)
            ahead[name, default: ([], [])].gaps.append(abs(first.mean - second.mean))
        }
        let parts = ["VAE", "DAE", "neither"].compactMap { name -> String? in
            guard let found = ahead[name] else { return nil }
            let range = SentenceNumber.range(found.gaps, decimals: 1, unit: "dB")
            let place = "at \(span(found.strengths))"
            return name == "neither" ? "neither \(place)" : "the \(name) \(place) by \(range)"
        }
        return parts.isEmpty
            ? "" : "Of the two networks, ahead by PSNR is \(parts.joined(separator: ", "))."
    }

    /// A sentence for each network that is clearly worse than leaving the noise in somewhere.
    func losersToIdentity(_ kind: ImageNoise.Kind) -> [String] {
        result.methods.filter { $0.name == "vae" || $0.name == "dae" }.compactMap { method in
            let lost = result.levels(of: kind).filter { level in
                guard let own = peak(method.name, level), let left = peak("identity", level) else {
                    return false
                }
                return own.mean < left.mean && own.differsClearly(from: left)
            }
            guard !lost.isEmpty else { return nil }
            let gaps = lost.compactMap { level in
                peak(method.name, level).flatMap { own in
                    peak("identity", level).map { $0.mean - own.mean }
                }
            }
            return "The \(method.title) is worse than leaving the noise in at "
                + "\(span(lost.map(\.noise.strengthTitle))), by "
                + "\(SentenceNumber.range(gaps, decimals: 1, unit: "dB"))."
        }
    }

    /// How much fine structure each method leaves at the middle strength.
    func fineStructure(_ kind: ImageNoise.Kind) -> String {
        let levels = result.levels(of: kind)
        guard !levels.isEmpty else { return "" }
        let level = levels[levels.count / 2]
        let parts = zip(result.methods, level.entries).compactMap { method, entry in
            entry.highFrequencyRatio.map {
                "\(method.title) \(SentenceNumber.percent($0.mean, decimals: 0))"
            }
        }
        return parts.isEmpty
            ? ""
            : "Fine structure left at \(level.noise.strengthTitle), of the clean image's (below 100 % "
                + "is blur, above it noise): \(SentenceNumber.list(parts))."
    }

    /// What each network makes of images without noise.
    func clean() -> String {
        guard let level = result.levels(of: .clean).first else { return "" }
        let parts = zip(result.methods, level.entries)
            .filter { $0.0.name != "identity" }
            .map { method, entry in
                let value = SentenceNumber.fixed(entry.peakSignalToNoise.mean, decimals: 1)
                return "\(method.title) \(value) dB"
            }
        return parts.isEmpty
            ? "" : "Given clean images, what comes back: \(SentenceNumber.list(parts))."
    }

    /// How well each code tells the classes apart.
    func probes() -> String {
        guard !result.probes.isEmpty else { return "" }
        let parts = result.probes.sorted { $0.linear.mean > $1.linear.mean }.map { probe in
            let error = probe.linear.standardError.map {
                " ± " + SentenceNumber.fixed($0 * 100, decimals: 1)
            }
            let value = SentenceNumber.fixed(probe.linear.mean * 100, decimals: 1)
            return "\(probe.title) (\(Quantity.text(probe.codeSize)) numbers) "
                + "\(value)\(error ?? "") %"
        }
        return "Classes that a linear probe finds: \(SentenceNumber.list(parts))."
    }

    private func peak(_ method: String, _ level: DenoisingResult.Level) -> MeanEstimate? {
        result.entry(method, level.noise)?.peakSignalToNoise
    }

    /// "σ = 0.1", "σ = 0.3, 0.5 and 1", "10 and 30 % of the pixels".
    private func span(_ strengths: [String]) -> String {
        guard strengths.count > 1 else { return strengths.first ?? "" }
        for (prefix, suffix) in [("σ = ", ""), ("", " % of the pixels")]
        where strengths.allSatisfy({ $0.hasPrefix(prefix) && $0.hasSuffix(suffix) }) {
            let numbers = strengths.map {
                String($0.dropFirst(prefix.count).dropLast(suffix.count))
            }
            return prefix + SentenceNumber.list(numbers) + suffix
        }
        return SentenceNumber.list(strengths)
    }
}
