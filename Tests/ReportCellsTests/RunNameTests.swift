import ReportCells
import Testing

@Suite("Names of runs")
struct RunNameTests {
    @Test("points of one matrix go by their settings, and a seed is the curve's")
    func oneMatrix() {
        let names = RunNames(["main@beta=1,seed=0", "main@beta=4,seed=0"])
        #expect(names.labels.map(names.name) == ["beta=1", "beta=4"])
        #expect(names.labels.map(names.curve) == ["seed=0", "seed=0"])
    }

    @Test("the order of the settings is kept, wherever the seed stands")
    func severalSettings() {
        let names = RunNames(["main@seed=0,beta=1,size=8", "main@seed=1,beta=1,size=8"])
        #expect(names.labels.map(names.name) == ["beta=1, size=8", "beta=1, size=8"])
        #expect(names.labels.map(names.curve) == ["seed=0", "seed=1"])
    }

    @Test("runs that differ in their seed alone are points of one curve")
    func seedAlone() {
        let names = RunNames(["main@seed=0", "main@seed=1"])
        #expect(names.labels.map(names.name) == ["seed=0", "seed=1"])
        #expect(names.labels.map(names.curve) == ["", ""])
    }

    @Test("several matrices are curves with their own names")
    func severalMatrices() {
        let names = RunNames(["a@beta=1,seed=0", "b@beta=1"])
        #expect(names.labels.map(names.name) == ["beta=1", "beta=1"])
        #expect(names.labels.map(names.curve) == ["a, seed=0", "b"])
    }

    @Test("runs of no matrix keep their labels, also beside a matrix")
    func noMatrix() {
        let names = RunNames(["main", "other"])
        #expect(names.labels.map(names.name) == ["main", "other"])
        #expect(names.labels.map(names.curve) == ["", ""])
        let mixed = RunNames(["main@beta=1", "other"])
        #expect(mixed.labels.map(mixed.name) == ["beta=1", "other"])
        #expect(mixed.labels.map(mixed.curve) == ["main", ""])
    }

    @Test(
        "are steps where the number of one setting tells them apart",
        arguments: [
            (["main@beta=1", "main@beta=4"], true),
            (["main@beta=1,seed=0", "main@beta=4,seed=0", "main@beta=4,seed=1"], true),
            (["main@beta=1,size=8", "main@beta=4,size=8"], true),
            (["main@beta=1,size=8", "main@beta=4,size=16"], false),
            (["main@model=conv", "main@model=mlp"], false),
            (["main@seed=0", "main@seed=1"], false), (["main@beta=1", "other"], false),
            (["main@beta=1"], false), (["conv", "mlp"], false),
        ])
    func steps(labels: [String], expected: Bool) {
        #expect(RunNames(labels).areSteps == expected)
    }
}
