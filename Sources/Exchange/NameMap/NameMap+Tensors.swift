import Files
import Tensors

extension NameMap {
    /// The tensors of a file under our names, in our order, and nothing else.
    ///
    /// Shapes may differ in axes of size 1. Throws a ``NameMismatch`` that lists what is left over on
    /// both sides, or a ``Files/SourceError`` at a line of the map.
    package func tensors(
        _ theirs: NamedTensors, for expected: [ExpectedTensor], file: String
    ) throws -> NamedTensors {
        let named = try renamed(theirs, for: expected, file: file)
        var (result, mismatch) = (
            NamedTensors(), NameMismatch(file: file, isMapped: !lines.isEmpty)
        )
        for wanted in expected {
            if let tensor = named.tensors[wanted.name] {
                if let fitting = tensor.shaped(as: wanted.shape) {
                    result[wanted.name] = fitting
                } else {
                    mismatch.misshapen.append((wanted, tensor.shape))
                }
            } else {
                mismatch.absent.append(wanted)
                result[wanted.name] = wanted.standIn
            }
        }
        let ours = Set(expected.map(\.name))
        mismatch.unused = named.sources.filter {
            !ours.contains($0.name) && !$0.name.isBatchCounter
        }.map {
            (name: $0.source, shape: named.tensors[$0.name]?.shape ?? [])
        }
        // Without a map nobody said that all of the file belongs here: a checkpoint may hold an
        // optimiser's moments too.
        let isRefused = mismatch.isFatal || (!lines.isEmpty && !mismatch.unused.isEmpty)
        guard !isRefused else { throw mismatch }
        return result
    }

    /// Tensors under the names that the map gives them, and where each came from.
    private struct Renamed {
        var tensors = NamedTensors()
        var sources: [(name: String, source: String)] = []
    }

    private func renamed(
        _ theirs: NamedTensors, for expected: [ExpectedTensor], file: String
    ) throws -> Renamed {
        let rows = Dictionary(expected.map { ($0.name, $0.shape) }) { first, _ in first }
        var (result, origins, usedLines) = (Renamed(), [String: String](), Set<Int>())
        for (name, tensor) in theirs.entries {
            let found = targets(of: name)
            if let line = found?.line { usedLines.insert(line.location.line) }
            let names = found?.names ?? [name]
            let parts = try names.count > 1 ? tensor.cut(names, rows, name, file) : [tensor]
            for (target, part) in zip(names, parts) {
                if let other = origins.updateValue(name, forKey: target) {
                    throw TensorFileError(
                        file: file,
                        reason: "'\(other)' and '\(name)' both become '\(target)'; "
                            + "change the map of names so that one does")
                }
                result.tensors[target] = part
                result.sources.append((target, name))
            }
        }
        for line in lines where !usedLines.contains(line.location.line) {
            let near = theirs.names.nearest(to: line.pattern.text)
            throw SourceError(
                "'\(line.pattern.text)' matches none of the \(theirs.names.count) names in \(file) "
                    + "that no line before it matches", at: line.location,
                suggestion: near.map { "did you mean '\($0)'?" }
                    ?? "'vae-report export --names' with --checkpoint lists them")
        }
        return result
    }
}

extension Tensor {
    /// The same numbers in `shape`, if it differs in axes of size 1 alone.
    fileprivate func shaped(as shape: Shape) -> Tensor? {
        guard shape != self.shape else { return self }
        func plain(_ shape: Shape) -> [Int] { shape.sizes.filter { $0 != 1 } }
        return plain(shape) == plain(self.shape) ? Tensor(shape, values) : nil
    }

    /// Cuts along the first axis into tensors that are as long as `shapes` says.
    fileprivate func cut(
        _ names: [String], _ shapes: [String: Shape], _ name: String, _ file: String
    ) throws -> [Tensor] {
        let rows = try names.map { part in
            guard let rows = shapes[part]?.sizes.first else {
                throw TensorFileError(
                    file: file, reason: "'\(name)' is to be cut into '\(part)', which is not ours")
            }
            return rows
        }
        let (whole, inner) = (shape.sizes.first ?? 0, shape.sizes.dropFirst())
        guard rows.reduce(0, +) == whole else {
            throw TensorFileError(
                file: file,
                reason: "'\(name)' of shape \(shape) cannot be cut into \(rows) rows for "
                    + names.joined(separator: ", "))
        }
        let width = inner.reduce(1, *)
        var start = 0
        return rows.map { count in
            defer { start += count * width }
            return Tensor(
                Shape([count] + inner), Array(values[start..<start + count * width]))
        }
    }
}
