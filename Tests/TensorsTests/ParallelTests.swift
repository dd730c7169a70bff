import CKernels
import Files
import Tensors
import Testing

/// The pool of threads behind the kernels.
@Suite(.serialized) struct ParallelTests {
    @Test("every item is visited once, in chunks with the same borders", arguments: 1...4)
    func borders(threads: Int) {
        withThreads(threads) {
            for (count, size) in [(0, 3), (1, 3), (3, 3), (4, 3), (1000, 7), (64, 64), (65, 64)] {
                let visits = Visits(count: count)
                visits.run(chunkSize: size)
                let expected = stride(from: 0, to: count, by: size).enumerated().map {
                    Visits.Chunk(index: $0, range: $1..<min($1 + size, count))
                }
                #expect(visits.chunks == expected, "\(count) items in chunks of \(size)")
            }
        }
    }

    @Test("thousands of short calls with changing numbers of threads all finish")
    func manyCalls() {
        let counter = Counter()
        let before = Kernels.threadCount
        defer { Kernels.threadCount = before }
        for call in 0..<4000 {
            if call % 100 == 0 { Kernels.threadCount = 1 + call / 100 % 4 }
            counter.run(count: 1 + call % 9)
        }
        #expect(counter.sum == (0..<4000).reduce(0) { $0 + 1 + $1 % 9 })
    }

    @Test("callers on several threads wait for each other")
    func manyCallers() async {
        let sum = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let counter = Counter()
                    for call in 0..<200 { counter.run(count: 1 + call % 9) }
                    return counter.sum
                }
            }
            return await group.reduce(0, +)
        }
        #expect(sum == 8 * (0..<200).reduce(0) { $0 + 1 + $1 % 9 })
    }

    @Test("kernels give the same bits on any number of threads")
    func sameSums() {
        let source = RandomSource(seed: 0)
        let logits = source.normal(300 * 77, for: .selection)
        let targets = source.uniform(300 * 77, for: .selection, step: 1)
        let results = (1...4).map { threads in
            withThreads(threads) {
                Kernels.bernoulliNats(logits: logits, targets: targets, size: 77)
                    + Kernels.sigmoid(logits)
                    + Kernels.binarized(targets, source: source, purpose: .binarization, step: 2)
            }
        }
        #expect(Set(results).count == 1)
    }

    @Test(
        "the number of threads is kept between 1 and 64",
        arguments: [(-3, 1), (0, 1), (3, 3), (900, 64)])
    func limits(asked: Int, given: Int) {
        withThreads(asked) { #expect(Kernels.threadCount == given) }
    }

    /// Runs `body` with that many threads and puts the machine's number back.
    private func withThreads<Result>(_ count: Int, _ body: () -> Result) -> Result {
        let before = Kernels.threadCount
        Kernels.threadCount = count
        defer { Kernels.threadCount = before }
        return body()
    }
}

/// Remembers which chunks a parallel call handed out.
private final class Visits: Sendable {
    struct Chunk: Equatable {
        let index: Int
        let range: Range<Int>
    }
    private let seen = Guarded<[Chunk]>([])
    private let count: Int

    init(count: Int) { self.count = count }

    var chunks: [Chunk] { seen.withLock { $0.sorted { $0.index < $1.index } } }

    func run(chunkSize: Int) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        vk_parallel(count, chunkSize, context) { context, chunk, begin, end in
            guard let context else { return }
            let visits = Unmanaged<Visits>.fromOpaque(context).takeUnretainedValue()
            visits.seen.withLock { $0.append(Chunk(index: chunk, range: begin..<end)) }
        }
    }
}

/// Counts items over many parallel calls.
private final class Counter: Sendable {
    private let total = Guarded(0)

    var sum: Int { total.withLock { $0 } }

    func run(count: Int) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        vk_parallel(count, 1, context) { context, _, begin, end in
            guard let context else { return }
            let counter = Unmanaged<Counter>.fromOpaque(context).takeUnretainedValue()
            counter.total.withLock { $0 += end - begin }
        }
    }
}
