import Datasets
import Testing

@Suite("Drawn digits")
struct DrawnDigitsTests {
    private func draw(seed: UInt64 = 0, train: Int = 1000, test: Int = 200) throws -> ImageDataset {
        try DrawnDigits.generate(seed: seed, trainCount: train, testCount: test)
    }

    @Test("have MNIST's shape and ten classes equally often")
    func shapeAndBalance() throws {
        let data = try draw(train: 2000)
        #expect(data.train.shape == ImageShape(channels: 1, height: 28, width: 28))
        #expect(data.train.count == 2000 && data.test.count == 200)
        for digit in 0..<10 {
            #expect(data.train.labels.filter { $0 == UInt8(digit) }.count == 200)
        }
        #expect(Set(data.train.labels.prefix(40)).count > 5, "classes come in shuffled order")
    }

    @Test("the same seed gives the same images, another seed others")
    func seedDecides() throws {
        let first = try draw()
        #expect(try draw().train == first.train)
        #expect(try draw().provenance == first.provenance)
        let other = try draw(seed: 1)
        #expect(other.train != first.train)
        #expect(other.provenance.digest != first.provenance.digest)
        #expect(first.provenance.digest.count == 64)
    }

    @Test("a smaller set is the beginning of a larger one")
    func prefixIsStable() throws {
        let large = try draw(train: 1500)
        let small = try draw(train: 300)
        #expect(large.train.slice(0..<300) == small.train)
        #expect(large.train.slice(0..<200).pixels != large.test.pixels)
    }

    @Test("every image is white ink near its middle on a black rim")
    func inkIsCentred() throws {
        let images = try draw().train
        for index in 0..<images.count {
            let pixels = images.slice(index..<index + 1).pixels
            var (mass, x, y, rim) = (0.0, 0.0, 0.0, 0)
            for row in 0..<28 {
                for column in 0..<28 {
                    let value = Int(pixels[row * 28 + column])
                    mass += Double(value)
                    x += Double(value) * (Double(column) + 0.5)
                    y += Double(value) * (Double(row) + 0.5)
                    if row == 0 || row == 27 || column == 0 || column == 27 { rim += value }
                }
            }
            #expect(abs(x / mass - 14) < 1.8 && abs(y / mass - 14) < 1.8, "image \(index)")
            #expect(rim < 2000, "image \(index) has ink \(rim) on its rim")
            #expect(mass / 255 > 15 && mass / 255 < 260, "image \(index) has ink \(mass / 255)")
        }
    }

    @Test("the factors belong to the images: a digit's factor is its label")
    func factorsMatchLabels() throws {
        let data = try draw()
        let factors = DrawnDigits.factors(seed: 0, split: .train, range: 0..<1000)
        #expect(factors.map { UInt8($0.digit) } == data.train.labels)
        let test = DrawnDigits.factors(seed: 0, split: .test, range: 50..<200)
        #expect(test.map { UInt8($0.digit) } == Array(data.test.labels[50...]))
        #expect(Set(factors.filter { $0.digit == 7 }.map(\.form)) == [0, 1, 2])
        #expect(factors.allSatisfy { $0.scale <= 20 && $0.thickness > 1 })
    }
}
