import Datasets
import Evaluation
import Testing
import Training

/// Numbers with which no rule finds anything, for tests to change.
func healthyEvidence() -> DiagnosisEvidence {
    var evidence = DiagnosisEvidence()
    evidence.history = history([-100.2, -100.1, -100])
    evidence.divergences = [10, 8, 5, 2]
    (evidence.mutualInformation, evidence.informationCeiling) = (8.5, 9.2)
    evidence.dimensionwiseDivergence = 1
    (evidence.peak, evidence.meanImagePeak, evidence.linearPeak) = (22, 12, 20)
    evidence.distances = .init(samples: 15, coolSamples: 14, reconstructions: 10, floor: 1)
    evidence.evidenceLowerBound = -100
    evidence.bounds = [
        .init(samples: 1, value: -100, effectiveDraws: 1),
        .init(samples: 64, value: -96, effectiveDraws: 20),
    ]
    evidence.halfBound = -96.05
    evidence.isLikelihood = true
    return evidence
}

/// Epochs of those validation ELBOs; training is `gap` nats better, all of it in one term, and by `widening`
/// more with each epoch.
func history(
    _ bounds: [Double], gap: Double = 0.5, widening: Double = 0, inKL: Bool = false,
    validates: Bool = true,
    selected: Int? = nil, betas: [Double] = [], aims: [Double] = []
) -> TrainingHistory {
    var history = TrainingHistory()
    history.epochs = bounds.enumerated().map { index, bound in
        let gap = gap + widening * Double(index)
        return EpochRecord(
            epoch: index + 1,
            train: ObjectiveTerms(
                reconstruction: -bound - 20 - (inKL ? 0 : gap), kl: 20 - (inKL ? gap : 0)),
            validation: validates ? ObjectiveTerms(reconstruction: -bound - 20, kl: 20) : nil,
            beta: betas.isEmpty ? 1 : betas[index], learningRate: 0.001,
            validationObjective: aims.isEmpty ? nil : aims[index])
    }
    history.selectedEpoch = selected ?? bounds.count
    return history
}

@Suite("The written diagnoses")
struct DiagnosisTests {
    /// The rules that find something once `change` is made to numbers of a healthy model.
    private func found(
        _ change: (inout DiagnosisEvidence) -> Void
    ) -> [DiagnosisRule] {
        var evidence = healthyEvidence()
        change(&evidence)
        return Diagnoses(evidence).found.map(\.rule)
    }

    @Test("nothing is found in good numbers, and each rule says the numbers it looked at")
    func healthy() {
        let diagnoses = Diagnoses(healthyEvidence())
        #expect(diagnoses.found.isEmpty)
        for rule in DiagnosisRule.allCases {
            guard case .fine(let sentence) = diagnoses[rule] else {
                Issue.record("\(rule): \(diagnoses[rule])")
                continue
            }
            #expect(sentence.hasSuffix(".") && sentence.contains(/[0-9]/), "\(sentence)")
        }
    }

    @Test("without numbers nothing is found, and every rule says what is missing")
    func nothingKnown() {
        let diagnoses = Diagnoses(DiagnosisEvidence())
        #expect(diagnoses.found.isEmpty)
        for rule in DiagnosisRule.allCases {
            guard case .unknown(let reason) = diagnoses[rule] else {
                Issue.record("\(rule): \(diagnoses[rule])")
                continue
            }
            #expect(reason.hasSuffix("."))
        }
    }

    @Test(
        "collapsed is more than half of the dimensions under 0.01 nats, or less than a nat in all",
        arguments: [
            ([10.0, 8, 0.009, 0.009], false), ([10, 0.009, 0.009, 0.009], true),
            ([10, 0.011, 0.011, 0.011], false), ([0.4, 0.3, 0.2, 0.05], true),
            ([0.4, 0.3, 0.2, 0.2], false),
        ])
    func collapse(_ divergences: [Double], _ isFound: Bool) {
        #expect(found { $0.divergences = divergences } == (isFound ? [.collapse] : []))
    }

    @Test(
        "over-regularised is under a decibel above the mean image and under half of ln N",
        arguments: [
            (12.9, 4.5, [DiagnosisRule.overRegularised]), (13.1, 4.5, []),
            (12.9, 4.7, [.belowBaseline]),
        ])
    func overRegularised(_ peak: Double, _ information: Double, _ rules: [DiagnosisRule]) {
        let all = found {
            $0.peak = peak
            $0.linearPeak = 12.5
            $0.mutualInformation = information
        }
        #expect(all == rules)
    }

    @Test("without the KL term taken apart, poor reconstructions are not blamed on β")
    func unknownInformation() {
        var evidence = healthyEvidence()
        evidence.peak = 12.5
        evidence.mutualInformation = nil
        guard case .unknown = Diagnoses(evidence)[.overRegularised] else {
            Issue.record("judged")
            return
        }
    }

    @Test("a linear code that does better is worth knowing and no more")
    func belowLinear() throws {
        var evidence = healthyEvidence()
        evidence.linearPeak = 22.5
        let diagnosis = try #require(Diagnoses(evidence)[.belowBaseline].diagnosis)
        #expect(diagnosis.severity == .information)
        #expect(diagnosis.sentence.contains("22.50 dB for PCA"))
    }

    @Test(
        "under-regularised is more nats from the prior than the code tells, or clearly better cool samples",
        arguments: [
            (8.4, 14.0, 1.0, false), (8.6, 14, 1, true), (1, 11.9, 1, true), (1, 12.1, 1, false),
            // The gain of 3.1 has to be more than real images differ from real ones.
            (1, 11.9, 4, false),
        ])
    func underRegularised(_ own: Double, _ cool: Double, _ floor: Double, _ isFound: Bool) {
        let all = found {
            $0.dimensionwiseDivergence = own
            $0.distances?.coolSamples = cool
            $0.distances?.floor = floor
        }
        #expect(all == (isFound ? [.underRegularised] : []))
    }

    @Test(
        "training was too short when the bound gained over 0.5 % in the last tenth of the epochs",
        arguments: [
            ([-100, -99.6], false), ([-100, -99.4], true), ([-100, -99, -98.9], false),
            // Twenty epochs: the last tenth are two.
            ([Double](repeating: -110, count: 17) + [-100, -99.8, -99.7], false),
            ([Double](repeating: -110, count: 17) + [-100, -99.6, -99.4], true),
            ([-99, -100], false),
        ])
    func underTrained(_ bounds: [Double], _ isFound: Bool) {
        #expect(found { $0.history = history(bounds) } == (isFound ? [.underTrained] : []))
    }

    @Test("without validation images the training's own bound says whether it has settled")
    func noValidation() {
        var evidence = healthyEvidence()
        evidence.history = history([-110, -100], validates: false)
        let diagnoses = Diagnoses(evidence)
        #expect(diagnoses.found.map(\.rule) == [.underTrained])
        #expect(diagnoses[.underTrained].sentence.contains("training ELBO gained 9.13 %"))
        guard case .unknown = diagnoses[.overFitted] else {
            Issue.record("over-fitting was judged")
            return
        }
    }

    @Test("a bound of several draws that was trained is judged by itself, not by the ELBO")
    func trainedBound() {
        var evidence = healthyEvidence()
        evidence.history = history(
            (0...6).map { -100 - Double($0) }, widening: 0.2, selected: 7,
            aims: [98, 97, 96.5, 96.2, 96.1, 96, 96])
        evidence.trainingDraws = 5
        #expect(Diagnoses(evidence).found.isEmpty)
        #expect(Diagnoses(evidence)[.underTrained].sentence.contains("bound of 5 draws"))
        evidence.trainingDraws = 1
        #expect(Diagnoses(evidence).found.map(\.rule) == [.overFitted])
    }

    @Test(
        "over-fitted is more than two nats between validation and training, blamed on a term",
        arguments: [(1.9, false, ""), (2.1, false, "reconstruction"), (2.1, true, "the KL term")])
    func overFitted(_ gap: Double, _ inKL: Bool, _ blamed: String) {
        var evidence = healthyEvidence()
        evidence.history = history([-100.1, -100], gap: gap, inKL: inKL)
        let diagnoses = Diagnoses(evidence)
        #expect(diagnoses.found.map(\.rule) == (blamed.isEmpty ? [] : [.overFitted]))
        #expect(
            diagnoses[.overFitted].sentence.contains("mostly in \(blamed).") == !blamed.isEmpty)
    }

    @Test("over-fitted is also a validation bound that fell for five epochs", arguments: [4, 5])
    func falling(_ epochs: Int) {
        let bounds = (0...epochs).map { -100 - 0.1 * Double($0) }
        let all = found { $0.history = history(bounds, widening: 0.1, selected: 1) }
        #expect(all == (epochs == 5 ? [.overFitted] : []))
    }

    @Test("a validation bound that falls together with training's is not over-fitted")
    func fallingTogether() {
        let bounds = (0...8).map { -100 - 0.1 * Double($0) }
        #expect(found { $0.history = history(bounds, selected: 1) }.isEmpty)
    }

    @Test("epochs in which β still rises are not counted as falling: the bound moves with it")
    func warmUp() {
        let bounds = (0...5).map { -100 - 0.1 * Double($0) }
        let all = found { $0.history = history(bounds, betas: [0, 1, 2, 3, 4, 4]) }
        #expect(all.isEmpty)
    }

    @Test(
        "holes are samples more than twice as far from real images as reconstructions",
        arguments: [(19.0, false), (21, true)])
    func holes(_ samples: Double, _ isFound: Bool) {
        let all = found {
            $0.distances?.samples = samples
            $0.distances?.coolSamples = samples
        }
        #expect(all == (isFound ? [.holes] : []))
    }

    @Test(
        "a posterior is loose when IWAE-64 is over eight nats above the ELBO, which is no fault",
        arguments: [(7.9, false), (8.1, true)])
    func loose(_ gap: Double, _ isFound: Bool) {
        var evidence = healthyEvidence()
        evidence.bounds[1].value = -100 + gap
        evidence.halfBound = -100 + gap
        let found = Diagnoses(evidence).found
        #expect(found.map(\.rule) == (isFound ? [.loosePosterior] : []))
        #expect(found.allSatisfy { $0.severity == .information })
    }

    @Test("looseness is read at 64 draws where there are more")
    func looseAtMany() {
        var evidence = healthyEvidence()
        evidence.bounds.append(.init(samples: 5_000, value: -91, effectiveDraws: 80))
        evidence.halfBound = -91.05
        #expect(Diagnoses(evidence).found.isEmpty)
        #expect(Diagnoses(evidence)[.loosePosterior].sentence.hasPrefix("IWAE-64 is 4.0"))
    }

    @Test(
        "a bound is no likelihood when under five draws count or doubling K moves it by over 0.1 nats",
        arguments: [(5.1, 0.09, false), (4.9, 0.09, true), (5.1, 0.11, true)])
    func untrustworthy(_ draws: Double, _ change: Double, _ isFound: Bool) {
        var evidence = healthyEvidence()
        evidence.bounds[1].effectiveDraws = draws
        evidence.halfBound = -96 - change
        let found = Diagnoses(evidence).found
        #expect(found.map(\.rule) == (isFound ? [.untrustworthyBound] : []))
        #expect(found.allSatisfy { $0.severity == .warning })
        evidence.isLikelihood = false
        #expect(Diagnoses(evidence).found.allSatisfy { $0.severity == .information })
    }

    @Test("what follows from a collapse is not found a second time")
    func follows() {
        var evidence = healthyEvidence()
        evidence.divergences = [0.2, 0.1]
        (evidence.peak, evidence.mutualInformation) = (12, 0.2)
        let diagnoses = Diagnoses(evidence)
        #expect(diagnoses.found.map(\.rule) == [.collapse])
        #expect(diagnoses.found.first?.severity == .bad)
        guard case .follows(.collapse, let sentence) = diagnoses[.overRegularised] else {
            Issue.record("\(diagnoses[.overRegularised])")
            return
        }
        #expect(sentence.contains("12.00 dB"))
    }
}
