import Rendering
import Testing

@Suite("The page's scripts")
struct ScriptTests {
    private static let scripts = EmbeddedFiles.names.filter {
        $0.hasPrefix("templates/") && $0.hasSuffix(".js")
    }

    @Test("run no text, write no markup from text and ask nobody", arguments: scripts)
    func closed(name: String) throws {
        let script = try #require(EmbeddedFiles.text(named: name))
        for word in [
            "eval(", "Function(", "import(", "importScripts", "WebAssembly", "javascript:",
            "document.write", "innerHTML", "outerHTML", "insertAdjacentHTML", "DOMParser", "srcdoc",
            "fetch(", "XMLHttpRequest", "WebSocket", "EventSource", "sendBeacon", "Worker(",
            "window.open", "postMessage",
        ] {
            #expect(!script.contains(word), "\(name) has \(word)")
        }
        // A text in the place of a function would be run as a script.
        #expect(!script.contains(/set(Timeout|Interval)\(\s*["'`]/), "\(name)")
        let addresses = script.matches(of: /[a-z]+:\/\/[^"'` ]*/).map { String($0.output) }
        #expect(addresses.allSatisfy { $0 == "http://www.w3.org/2000/svg" }, "\(addresses)")
    }

    @Test("are all there")
    func names() { #expect(Self.scripts.count == 5) }
}
