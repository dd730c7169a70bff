import Files
import TestSupport
import Testing

@Suite("AppendingFile")
struct AppendingFileTests {
    @Test("writes its header once, and goes on where it stopped")
    func appends() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("logs/history.csv")
        try AppendingFile(at: path, header: "epoch,elbo").append(line: "1,-120")
        try AppendingFile(at: path, header: "epoch,elbo").append(line: "2,-110")
        #expect(try WholeFile.text(at: path).text == "epoch,elbo\n1,-120\n2,-110\n")
        _ = try AppendingFile(at: path, header: "epoch,elbo", fresh: true)
        #expect(try WholeFile.text(at: path).text == "epoch,elbo\n")
    }

    @Test("can be read while it grows")
    func growing() throws {
        let folder = try TemporaryFolder()
        let log = try AppendingFile(at: folder.path("train.log"))
        try log.append(line: "epoch 1")
        #expect(try WholeFile.text(at: log.path).text == "epoch 1\n")
        try log.flush()
    }

    @Test("names the log that cannot be opened")
    func refuses() throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: FileError.self) { _ = try AppendingFile(at: folder.path) }
        #expect(error?.path == folder.path)
    }
}
