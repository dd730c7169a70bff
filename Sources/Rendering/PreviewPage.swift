import Files

/// Pages of the preview server: a built page that watches for its successor, and a page for mistakes.
public enum PreviewPage {
    /// A page as built, with a script that reloads it when the server has another version.
    ///
    /// Its policy allows that script and requests to the server itself; the file on disk stays as it is.
    public static func live(_ page: String, version: Int) throws -> String {
        let script = try reload(version)
        let policy = "connect-src 'self'; script-src '\(try ContentSecurityPolicy.source(script))' "
        var result = page
        if let place = result.firstRange(of: "script-src ") {
            result.replaceSubrange(place, with: policy)
        }
        if let end = result.ranges(of: "</body>").last {
            result.insert(contentsOf: "<script>\(script)</script>\n", at: end.lowerBound)
        }
        return result
    }

    /// A page that shows why there is none, as the terminal would, and waits for the next version.
    public static func mistake(_ message: String, version: Int) throws -> String {
        let policy = try ContentSecurityPolicy.text(styles: [style], scripts: [])
        let page = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <link rel="icon" href="data:,"><title>Mistake in the report</title>
            <style>\(style)</style></head>
            <body><main role="alert"><h1>The report cannot be shown yet</h1>
            <pre>\(Escape.text(message))</pre>
            <p>Save the file again when it is mended: this page follows.</p></main>
            </body></html>

            """
        return try live(page, version: version)
    }

    private static func reload(_ version: Int) throws -> String {
        """
        (function(){const shown="\(version)";async function look(){try{const answer=await \
        fetch("/version",{cache:"no-store"});if(answer.ok&&await answer.text()!==shown)\
        {location.reload();return}}catch(e){}setTimeout(look,250)}setTimeout(look,250)})()
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
