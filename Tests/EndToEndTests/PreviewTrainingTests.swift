import Files
import Foundation
import Testing

extension EndToEnd {
    @Suite("Preview of a training")
    struct PreviewTrainingTests {
        private static let report = """
            ---
            title: "Small"
            config: configs/small.yaml
            ---
            First words.

            ```{train}
            #| label: main
            ```

            """

        private static let header =
            "epoch,train.elbo,train.reconstruction,train.kl,validation.elbo,validation.reconstruction,"
            + "validation.kl,beta,learning_rate\n"

        @Test("a training of another process is followed epoch by epoch, its words escaped")
        func follows() async throws {
            let preview = try await RunningPreview(Self.report)
            let folder = preview.workplace.folder
            let logs = "outputs/small/runs/main/logs"
            #expect(!(try preview.trainings()).contains("Training"))
            let lock = try FolderLock(folder.path("outputs/small"))
            try folder.write("training on <b>X</b>: 3 epochs of 8 steps\n", to: "\(logs)/train.log")
            let begun = try preview.trainings()
            #expect(
                Words(of: begun).lacking(
                    "200 OK", "Training main: epoch 1 of 3", "value=\"0.000\"",
                    "&lt;b&gt;X&lt;/b&gt;") == [])
            #expect(Words(of: begun).holding("<svg", "<b>X") == [])
            try folder.write(
                Self.header + "1,-200.5,190,10.5,-199,189,10,1,0.001\n"
                    + "2,-150.5,140,10.5,-149,139,10,1,0.001\n", to: "\(logs)/history.csv")
            try folder.write(
                "training on X: 3 epochs of 8 steps\nepoch 1: train -ELBO 200.500; 1.0 s\n"
                    + "epoch 2: train -ELBO 150.500; 1.0 s\n", to: "\(logs)/train.log")
            let later = try preview.trainings()
            #expect(
                Words(of: later).lacking(
                    "Training main: epoch 3 of 3", "value=\"0.667\"", "<svg", "role=\"img\"",
                    "epoch 2: train -ELBO 150.500; 1.0 s") == [])
            lock.release()
            #expect(!(try preview.trainings()).contains("Training"))
        }

        @Test("a history that is cut short or of another model shows no curves, and nothing breaks")
        func oddHistory() async throws {
            let preview = try await RunningPreview(Self.report)
            let folder = preview.workplace.folder
            let logs = "outputs/small/runs/main/logs"
            let lock = try FolderLock(folder.path("outputs/small"))
            defer { lock.release() }
            let log = "training on X: 2 epochs of 8 steps\nepoch 1: train a; 1.0 s\n"
            try folder.write(log, to: "\(logs)/train.log")
            for history in [
                "", Self.header, "epoch,loss\n1,2\n", Self.header + "1\n", Self.header + ",,,x\n",
                "\u{FFFD}\n\n\n,,,,\n",
            ] {
                try folder.write(history, to: "\(logs)/history.csv")
                try folder.write("not events", to: "\(logs)/events.out.tfevents.1")
                #expect(try preview.trainings().contains("epoch 2 of 2"), "\(history)")
            }
        }

        @Test("who means another server is told nothing of a training")
        func otherHost() async throws {
            let preview = try await RunningPreview(Self.report)
            let answer = try preview.say("GET /training HTTP/1.1\r\nHost: example.com\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 403"))
        }

        @Test("pictures and curves of a build come while it trains, and the page when it is done")
        func build() async throws {
            let config = Workplace.config.replacing("epochs: 2", with: "epochs: 60")
            let preview = try await RunningPreview(Self.report, config: config)
            let build = try preview.workplace.start(["build", "small"])
            let hasCome = try await build.wait {
                let text = (try? preview.trainings()) ?? ""
                return text.contains("<svg") && text.contains("Prior samples after ")
                    && text.contains("src=\"data:image/png;base64,iVBOR")
            }
            #expect(hasCome)
            #expect(try await build.outcome().status == 0)
            #expect(try await preview.program.wait { !preview.saysNotRun })
            #expect(!(try preview.trainings()).contains("Training"))
            let page = try preview.workplace.text("outputs/small/report.html")
            #expect(Words(of: page).holding("training-now", "/training") == [])
        }
    }
}
