#if arch(x86_64)
    import CKernels

    /// The terms of every position's sum, for kernels to read.
    final class TermTable {
        private let starts: Table<UInt32>
        private let terms: Table<vk_term>

        init(_ groups: [[vk_term]]) {
            starts = .starts(ofGroups: groups.map(\.count))
            terms = Table(groups.flatMap { $0 })
        }

        var table: vk_term_table { vk_term_table(starts: starts.pointer, terms: terms.pointer) }
    }
#endif
