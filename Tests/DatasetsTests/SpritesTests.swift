import Datasets
import Testing

@Suite("Sprites")
struct SpritesTests {
    private func grid(_ change: (inout SpriteGrid) -> Void = { _ in }) -> SpriteGrid {
        var grid = SpriteGrid()
        (grid.side, grid.scales, grid.orientations, grid.columns, grid.rows) = (32, 2, 4, 6, 5)
        change(&grid)
        return grid
    }

    private func load(_ grid: SpriteGrid, limits: SplitLimits = SplitLimits()) throws
        -> ImageDataset
    {
        try DatasetLoader(environment: [:], downloader: nil)
            .load(DatasetRequest(name: "sprites", limits: limits, grid: grid))
    }

    /// Sum, centre and spread of the white of one image.
    private func moments(_ pixels: ArraySlice<UInt8>, side: Int) -> (
        mass: Double, x: Double, y: Double
    ) {
        var (mass, x, y) = (0.0, 0.0, 0.0)
        for (place, byte) in pixels.enumerated() {
            let white = Double(byte) / 255
            mass += white
            x += white * (Double(place % side) + 0.5)
            y += white * (Double(place / side) + 0.5)
        }
        return (mass, x / mass, y / mass)
    }

    @Test("every combination is there once, in one split, and no two images are alike")
    func isWhole() throws {
        let grid = grid()
        let data = try load(grid)
        #expect(grid.count == 3 * 2 * 4 * 6 * 5)
        #expect(data.train.count == 576 && data.test.count == 144)
        #expect(data.factors.map(\.name) == ["shape", "scale", "orientation", "x", "y"])
        #expect(data.factors.map(\.valueCount) == [3, 2, 4, 6, 5])
        let values = data.train.factorValues + data.test.factorValues
        let combinations = (0..<720).map { Array(values[$0 * 5..<$0 * 5 + 5]) }
        #expect(Set(combinations).count == 720)
        let pixels = data.train.pixels + data.test.pixels
        let images = (0..<720).map { Array(pixels[$0 * 1024..<($0 + 1) * 1024]) }
        #expect(Set(images).count == 720)
    }

    @Test("a full turn repeats squares and ellipses, and no heart")
    func fullTurn() throws {
        let data = try load(grid { $0.turn = 360 })
        let images = (0..<data.train.count).map {
            Array(data.train.pixels[$0 * 1024..<($0 + 1) * 1024])
        }
        for (shape, isRepeated) in [(0, true), (1, true), (2, false)] {
            let own = images.indices.filter { data.train.labels[$0] == UInt8(shape) }
            // Angles that show the same outline differ in the last bit of a coordinate at most.
            let rounded = own.map { images[$0].map { $0 / 16 } }
            #expect((Set(rounded).count < own.count * 7 / 8) == isRepeated, "shape \(shape)")
        }
    }

    @Test("the factors say where the white is and how much of it", arguments: [32, 64])
    func factorsAreTrue(side: Int) throws {
        let data = try load(grid { $0.side = side })
        #expect(data.train.shape == ImageShape(channels: 1, height: side, width: side))
        let scale = Double(side) / 32
        for index in 0..<data.train.count {
            let pixels = data.train.pixels[index * side * side..<(index + 1) * side * side]
            let found = moments(pixels, side: side)
            let values = data.train.factorValues[index * 5..<index * 5 + 5].map(Double.init)
            let (x, y) = (8 + 16 * values[3] / 5, 8 + 16 * values[4] / 4)
            // A heart's centre of mass is a little off its middle.
            #expect(abs(found.x / scale - x) < 1 && abs(found.y / scale - y) < 1, "\(index)")
            #expect(data.train.labels[index] == UInt8(values[0]))
            let rim = (0..<side).reduce(0) {
                $0 + Int(pixels[pixels.startIndex + $1])
                    + Int(pixels[pixels.startIndex + side * $1])
            }
            #expect(rim == 0, "\(index) touches the edge")
            if values[0] == 0 {
                let half = 0.2 * Double(side) * (values[1] == 0 ? 0.5 : 1)
                #expect(abs(found.mass - 2 * half * half) < 0.02 * half * half, "\(index)")
            }
        }
    }

    @Test("the same grid gives the same bytes; limits keep the first images under the same digest")
    func isDeterministic() throws {
        let all = try load(grid())
        let some = try load(grid(), limits: SplitLimits(train: 50, test: 7))
        #expect(some.train == all.train.slice(0..<50))
        #expect(some.test == all.test.slice(0..<7))
        #expect(some.provenance == all.provenance)
        #expect(try load(grid { $0.columns = 7 }).provenance.digest != all.provenance.digest)
        let request = DatasetRequest(name: "sprites", grid: grid())
        let loader = DatasetLoader(environment: [:], downloader: nil)
        #expect(try loader.provenance(request) == all.provenance)
        #expect(try loader.verify(request).isEmpty && loader.fetch(request).isEmpty)
    }

    @Test("a factor of one value is no factor; slices and binarised images keep their values")
    func singleValues() throws {
        let data = try load(
            grid {
                $0.shapes = 1
                $0.orientations = 1
            })
        #expect(data.factors.map(\.name) == ["scale", "x", "y"])
        #expect(data.classNames == ["square"])
        #expect(data.train.factorCount == 3)
        let part = data.train.slice(5..<8)
        #expect(part.factorValues == Array(data.train.factorValues[15..<24]))
        let binary = data.train.binarized(.threshold, split: .train)
        #expect(binary.factorValues == data.train.factorValues)
        #expect(Set(binary.pixels) == [0, 255])
    }

    @Test("the drawn digits' factors fall into ten bins, each with about a tenth of the digits")
    func digitFactors() throws {
        let data = try DrawnDigits.generate(seed: 0, trainCount: 3000, testCount: 10)
        #expect(data.factors.count == 9 && data.factors[0].name == "digit")
        #expect(data.train.factorCount == 9)
        for factor in 0..<9 {
            let values = stride(from: factor, to: data.train.factorValues.count, by: 9).map {
                data.train.factorValues[$0]
            }
            #expect(factor > 0 || values == data.train.labels)
            for value in 0..<10 {
                let share = Double(values.filter { $0 == UInt8(value) }.count) / 3000
                #expect(abs(share - 0.1) < 0.03, "\(data.factors[factor].name), bin \(value)")
            }
        }
    }
}
