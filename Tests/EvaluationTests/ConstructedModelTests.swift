import Evaluation
import Testing

@Suite("Diagnoses of constructed models")
struct ConstructedModelTests {
    /// What is found in a model of the curved world after a training that went well.
    private func diagnoses(
        _ fault: CurvedModel.Fault, _ pairing: CurvedWorld.Pairing = .independent
    ) throws -> Diagnoses {
        let result = try Evaluation(
            images: CurvedWorld.images(1_200, seed: 5, pairing),
            training: CurvedWorld.images(1_200, seed: 6, pairing),
            options: EvaluationOptions(
                dataTitle: "Curves", includesDistribution: true, aggregateDraws: 500, seed: 1)
        ).run(CurvedModel(fault), features: .given(RowsExtractor()))
        return Diagnoses(DiagnosisEvidence(history([-100.2, -100.1, -100]), result))
    }

    @Test(
        "each model is found to have what is wrong with it, and nothing else",
        arguments: [
            (CurvedModel.Fault.none, CurvedWorld.Pairing.independent, []),
            (.collapsed, .independent, [.collapse]), (.timid, .independent, [.overRegularised]),
            // Codes far outside the prior also leave its middle nearly empty.
            (.spread, .independent, [.underRegularised, .holes]), (.holes, .diagonal, [.holes]),
        ] as [(CurvedModel.Fault, CurvedWorld.Pairing, [DiagnosisRule])])
    func exactly(
        _ fault: CurvedModel.Fault, _ pairing: CurvedWorld.Pairing, _ rules: [DiagnosisRule]
    ) throws {
        let found = try diagnoses(fault, pairing).found
        #expect(found.map(\.rule) == rules, "\(found.map(\.sentence))")
    }

    @Test("the bound of half the draws lies between those of fewer and of all")
    func half() throws {
        let result = try Evaluation(
            images: CurvedWorld.images(200, seed: 5), training: nil,
            options: EvaluationOptions(
                dataTitle: "Curves", importanceSamples: [1, 16], includesBaselines: false, seed: 1)
        ).run(CurvedModel(.none))
        let half = try #require(result.halfBound)
        #expect(result.importanceCurve.map(\.samples) == [1, 16])
        #expect(result.importanceCurve[0].bound < half && half < result.importanceCurve[1].bound)
        let single = try Evaluation(
            images: CurvedWorld.images(10, seed: 5), training: nil,
            options: EvaluationOptions(
                dataTitle: "Curves", importanceSamples: [1], includesBaselines: false, seed: 1)
        ).run(CurvedModel(.none))
        #expect(single.halfBound == nil)
    }
}
