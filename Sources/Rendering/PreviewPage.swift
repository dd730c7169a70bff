import Files

/// Pages of the preview server: a built page that watches for its successor, and a page for mistakes.
public enum PreviewPage {
    /// A page as built, with a script that reloads it when the server has another version and shows above
    /// it what the server tells of a training; `figureStyle` is the style sheet of the drawings' colours.
    ///
    /// Its policy allows that script, the panel's style and requests to the server itself; the file on disk
    /// stays as it is.
    public static func live(_ page: String, version: Int, figureStyle: String) throws -> String {
        let script = reload(version)
        let style = TrainingPanel.style + "\n" + figureStyle
        var result = page
        for (directive, text, more) in [
            ("script-src ", script, "connect-src 'self'; "), ("style-src ", style, ""),
        ] {
            guard let place = result.firstRange(of: directive) else { continue }
            let source = try ContentSecurityPolicy.source(text)
            result.replaceSubrange(place, with: "\(more)\(directive)'\(source)' ")
        }
        if let end = result.ranges(of: "</body>").last {
            result.insert(
                contentsOf: "<style>\(style)</style><script>\(script)</script>\n",
                at: end.lowerBound)
        }
        return result
    }

    /// A page for the time until there is one.
    public static func waiting(version: Int, figureStyle: String) throws -> String {
        try page(
            title: "The report is being made", alert: false,
            body: "<p>Training and scoring what is not in the cache; this page follows.</p>",
            version: version, figureStyle: figureStyle)
    }

    /// A page that shows why there is none, as the terminal would, and waits for the next version.
    public static func mistake(
        _ message: String, version: Int, figureStyle: String
    ) throws -> String {
        try page(
            title: "The report cannot be shown yet", alert: true,
            body: """
                <pre>\(Escape.text(message))</pre>
                <p>Save the file again when it is mended: this page follows.</p>
                """, version: version, figureStyle: figureStyle)
    }

    private static func page(
        title: String, alert: Bool, body: String, version: Int, figureStyle: String
    ) throws -> String {
        let policy = try ContentSecurityPolicy.text(styles: [style], scripts: [])
        let page = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <link rel="icon" href="data:,"><title>\(title)</title>
            <style>\(style)</style></head>
            <body><main\(alert ? " role=\"alert\"" : "")><h1>\(title)</h1>
            \(body)
            </main></body></html>

            """
        return try live(page, version: version, figureStyle: figureStyle)
    }

    /// Looks for another version four times a second and for a training once a second.
    private static func reload(_ version: Int) -> String {
        """
        (function(){const shown="\(version)";let turn=0,panel=null,told="";\
        async function ask(path){const answer=await fetch(path,{cache:"no-store"});\
        if(!answer.ok)throw answer.status;return answer.text()}\
        async function look(){try{if(await ask("/version")!==shown){location.reload();return}\
        if(turn++%4===0){const text=await ask("/training");if(text!==told){told=text;\
        if(!panel){panel=document.createElement("div");document.body.prepend(panel)}\
        panel.innerHTML=text}}}catch(e){}setTimeout(look,250)}setTimeout(look,250)})()
        """
    }

    private static let style = """
        :root{color-scheme:light dark}
        body{font:16px/1.55 system-ui,sans-serif;margin:0}
        main{max-width:60rem;margin:3rem auto;padding:0 1.25rem}
        h1{font-size:1.4rem}
        pre{font:14px/1.5 ui-monospace,monospace;overflow:auto;padding:1rem;border-left:4px solid #c0392f;background:#8881}
        """
}
