import Experiments
import Figures
import Files
import Foundation
import Training

/// A training that is going on, as its run folder tells of it: another process may be at it.
///
/// Reads `train.log`, `history.csv` and the event file, which a training completes epoch by epoch.
package struct LiveTraining: Sendable {
    /// Pictures of the model as it was after some step.
    package struct Picture: Sendable {
        /// "Reconstructions" or "Prior samples".
        package let title: String
        /// Steps that had been made.
        package let step: Int
        /// A PNG file's bytes.
        package let png: [UInt8]
    }

    /// The run's label.
    package let run: String
    /// Epochs that are done.
    package let epoch: Int
    /// Epochs that there will be, unless the training stops early; nil when the log does not say.
    package let totalEpochs: Int?
    /// What the log said last.
    package let lastLine: String
    /// The loss curves so far as an SVG element; nil before the first epoch's end.
    package let curves: String?
    /// Reconstructions and samples; none where the run writes no event files.
    package let pictures: [Picture]

    /// What tells one state of a run's files from another.
    package struct State: Hashable, Sendable {
        fileprivate let run: String
        fileprivate let log: FileIdentity
        fileprivate let history: FileIdentity?
        fileprivate let events: FileIdentity?
    }

    /// The states of the trainings that somebody is at below a report's `folder`.
    ///
    /// A run is being trained when the folder is locked and its log is newer than its record.
    package static func states(in folder: String) -> [State] {
        guard FolderLock.holder(of: folder) != nil else { return [] }
        return RunFolder.all(in: folder).compactMap { place in
            guard let log = FileIdentity(of: place.trainLog),
                (FileIdentity(of: place.record)?.modified ?? 0) < log.modified
            else { return nil }
            return State(
                run: FilePath.name(of: place.path), log: log,
                history: FileIdentity(of: place.history),
                events: EventFileImages.identity(in: place.logs))
        }
    }

    /// The training of a state that ``states(in:)`` found, read anew.
    package init(_ state: State, in folder: String) throws {
        let place = try RunFolder(output: folder, label: state.run)
        let log = TrainingLogText(try WholeFile.text(at: place.trainLog).text)
        run = state.run
        epoch = log.epoch
        totalEpochs = log.totalEpochs
        lastLine = log.lastLine
        let history = (try? WholeFile.text(at: place.history).text).flatMap {
            LossCurves(historyCSV: $0, epochs: log.epoch)
        }
        curves = try history?.svg(label: "live-curves")
        let images = EventFileImages(folder: place.logs).latest
        pictures = [("Reconstructions", "reconstructions"), ("Prior samples", "prior_samples")]
            .compactMap { title, tag in
                // An event file of an earlier training stays until the next one begins its own.
                guard log.epoch > 0, let image = images[tag] else { return nil }
                return Picture(title: title, step: image.step, png: image.png)
            }
    }
}

/// What the lines of a `train.log` say about how far the training is.
struct TrainingLogText {
    let epoch: Int
    let totalEpochs: Int?
    let lastLine: String

    init(_ text: String) {
        var (epoch, total) = (0, Int?.none)
        let lines = text.split(separator: "\n")
        for line in lines {
            if let match = line.wholeMatch(of: /training on .*: (\d+) epochs of \d+ steps/) {
                (epoch, total) = (0, Int(match.output.1))
            } else if let match = line.wholeMatch(of: /going on after epoch (\d+) of (\d+)/) {
                (epoch, total) = (Int(match.output.1) ?? epoch, Int(match.output.2))
            } else if let match = line.prefixMatch(of: /epoch (\d+): train/) {
                epoch = Int(match.output.1) ?? epoch
            }
        }
        self.epoch = epoch
        totalEpochs = total
        lastLine = lines.last.map(String.init) ?? ""
    }
}

extension LossCurves {
    /// The curves of the first `epochs` lines of a `history.csv`; nil without such lines, and when the
    /// file is about another kind of model.
    init?(historyCSV text: String, epochs count: Int) {
        let lines = text.split(separator: "\n").map { line in
            line.split(separator: ",", omittingEmptySubsequences: false)
        }
        guard count > 0, lines.count > count, let header = lines.first else { return nil }
        let rows = lines[1...count]
        func column(_ name: String, times sign: Double = 1) -> [Double]? {
            guard let place = header.firstIndex(where: { $0 == name }) else { return nil }
            return rows.map { row in
                row.indices.contains(place) ? (Double(row[place]) ?? .nan) * sign : .nan
            }
        }
        func terms(_ split: String) -> Terms? {
            guard let bound = column("\(split).elbo", times: -1),
                let reconstruction = column("\(split).reconstruction"),
                let kl = column("\(split).kl")
            else { return nil }
            return Terms(negativeELBO: bound, reconstruction: reconstruction, kl: kl)
        }
        guard let train = terms("train"), let validation = terms("validation"),
            let beta = column("beta"), let rate = column("learning_rate")
        else { return nil }
        self.init(
            epochs: Array(1...count), train: train, validation: validation, beta: beta,
            learningRate: rate, selectedEpoch: nil)
    }
}
