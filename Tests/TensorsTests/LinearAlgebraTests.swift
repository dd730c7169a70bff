import Tensors
import Testing

@Suite("Linear algebra")
struct LinearAlgebraTests {
    private typealias Matrix = LinearAlgebra.Matrix

    private func random(_ rows: Int, _ columns: Int, step: UInt64 = 0) -> LinearAlgebra.Matrix {
        Matrix(
            rows: rows, columns: columns,
            values: RandomSource(seed: 3).normal(rows * columns, for: .selection, step: step)
                .map(Double.init))
    }

    private func largestDifference(_ first: [Double], _ second: [Double]) -> Double {
        guard first.count == second.count else { return .infinity }
        return zip(first, second).map { abs($0 - $1) }.max() ?? 0
    }

    @Test("the three products agree with the sum that defines them")
    func products() {
        let left = random(3, 5)
        let right = random(5, 4, step: 1)
        var expected = Matrix(rows: 3, columns: 4)
        var leftTransposed = Matrix(rows: 5, columns: 3)
        var rightTransposed = Matrix(rows: 4, columns: 5)
        for inner in 0..<5 {
            for row in 0..<3 {
                leftTransposed[inner, row] = left[row, inner]
                for column in 0..<4 {
                    rightTransposed[column, inner] = right[inner, column]
                    expected[row, column] += left[row, inner] * right[inner, column]
                }
            }
        }
        for product in [
            LinearAlgebra.product(left, right),
            LinearAlgebra.product(left, transposed: rightTransposed),
            LinearAlgebra.product(transposed: leftTransposed, right),
        ] {
            #expect(product.rows == 3 && product.columns == 4)
            #expect(largestDifference(product.values, expected.values) < 1e-12)
        }
    }

    @Test(
        "eigenvectors rebuild the matrix, in descending order, largest number positive",
        arguments: [1, 2, 7, 40])
    func eigensystem(size: Int) throws {
        let root = random(size, size)
        let matrix = LinearAlgebra.product(root, transposed: root)
        let system = try LinearAlgebra.symmetricEigensystem(matrix)
        #expect(system.values == system.values.sorted(by: >))
        var scaled = system.vectors
        for row in 0..<size {
            for column in 0..<size { scaled[row, column] *= system.values[row] }
            let largest = system.vectors.row(row).max { abs($0) < abs($1) } ?? 0
            #expect(largest > 0)
        }
        let rebuilt = LinearAlgebra.product(transposed: system.vectors, scaled)
        #expect(largestDifference(rebuilt.values, matrix.values) < 1e-10)
        let identity = LinearAlgebra.product(system.vectors, transposed: system.vectors)
        for row in 0..<size { #expect(abs(identity[row, row] - 1) < 1e-12) }
    }

    @Test("the leading part of an eigensystem is the front of the whole")
    func leading() throws {
        let root = random(9, 9)
        let matrix = LinearAlgebra.product(root, transposed: root)
        let whole = try LinearAlgebra.symmetricEigensystem(matrix)
        let part = try LinearAlgebra.symmetricEigensystem(matrix, leading: 2)
        #expect(largestDifference(part.values, Array(whole.values.prefix(2))) < 1e-10)
        #expect(part.vectors.rows == 2)
        #expect(
            largestDifference(part.vectors.values, Array(whole.vectors.values.prefix(18))) < 1e-9)
    }

    @Test("a known eigensystem")
    func known() throws {
        let matrix = Matrix(rows: 2, columns: 2, values: [2, 1, 1, 2])
        let system = try LinearAlgebra.symmetricEigensystem(matrix)
        #expect(largestDifference(system.values, [3, 1]) < 1e-14)
        #expect(
            largestDifference(
                system.vectors.values.map(abs), Array(repeating: 0.5.squareRoot(), count: 4))
                < 1e-14)
    }

    @Test("a matrix with a NaN is refused")
    func notFinite() {
        let matrix = Matrix(rows: 2, columns: 2, values: [1, .nan, .nan, 1])
        #expect(throws: LinearAlgebraError.notFinite(routine: "dsyevr")) {
            try LinearAlgebra.symmetricEigensystem(matrix)
        }
    }

    @Test(
        "covariance in pieces agrees with its definition, far from zero too",
        arguments: [1, 700, 5_000])
    func covariance(rowsAtOnce: Int) {
        let count = 3_000
        let rows = RandomSource(seed: 1).normal(count * 3, for: .selection).enumerated()
            .map { $0.element * Float($0.offset % 3 + 1) + 1_000 }
        var sum = LinearAlgebra.CovarianceSum(size: 3)
        for start in stride(from: 0, to: count, by: rowsAtOnce) {
            sum.add(Array(rows[start * 3..<min(count, start + rowsAtOnce) * 3]))
        }
        let means = (0..<3).map { column in
            (0..<count).reduce(0.0) { $0 + Double(rows[$1 * 3 + column]) } / Double(count)
        }
        #expect(largestDifference(sum.mean, means) < 1e-9)
        let covariance = sum.covariance()
        for row in 0..<3 {
            for column in 0..<3 {
                let expected =
                    (0..<count).reduce(0.0) {
                        $0 + (Double(rows[$1 * 3 + row]) - means[row])
                            * (Double(rows[$1 * 3 + column]) - means[column])
                    } / Double(count - 1)
                #expect(abs(covariance[row, column] - expected) < 1e-4)
            }
        }
    }

    @Test("a Cholesky factor is a lower triangle whose square is the matrix, and inverts")
    func cholesky() throws {
        let rows = random(9, 4)
        let matrix = LinearAlgebra.product(transposed: rows, rows)
        let factor = try #require(LinearAlgebra.choleskyFactor(matrix))
        for row in 0..<4 {
            for column in row + 1..<4 { #expect(factor[row, column] == 0) }
        }
        let square = LinearAlgebra.product(factor, transposed: factor)
        #expect(largestDifference(square.values, matrix.values) < 1e-12)
        let product = LinearAlgebra.product(factor, try LinearAlgebra.lowerInverse(factor))
        let identity = (0..<16).map { $0 % 5 == 0 ? 1.0 : 0 }
        #expect(largestDifference(product.values, identity) < 1e-12)
    }

    @Test("a matrix that is not positive definite has no factor")
    func notDefinite() {
        #expect(
            LinearAlgebra.choleskyFactor(Matrix(rows: 2, columns: 2, values: [1, 2, 2, 1])) == nil)
        #expect(
            LinearAlgebra.choleskyFactor(Matrix(rows: 1, columns: 1, values: [.nan])) == nil)
    }
}
