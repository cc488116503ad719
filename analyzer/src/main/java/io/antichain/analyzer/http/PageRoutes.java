package io.antichain.analyzer.http;

import io.antichain.analyzer.page.LinkedModules;
import io.antichain.analyzer.page.PageFiles;
import io.antichain.http.Problem;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;

/**
 * Serves the page at {@code /}, and its files under {@code /page/}. The modules go as one: a browser that finds imports of
 * imports one after another takes longer to fetch them than for all else. It is told to run, draw and fetch nothing that is
 * not a file or an answer of this server, and to treat no text as markup.
 */
final class PageRoutes {
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'",
            "Cache-Control",
            "no-cache");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private static final String SCRIPT = LinkedModules.script();

    private PageRoutes() {}

    static void addTo(RoutesConfig routes) {
        routes.get("/", context -> serve(context, PageFiles.INDEX));
        routes.get("/page/" + LinkedModules.ENTRY, context -> send(context, LinkedModules.ENTRY, SCRIPT));
        routes.get("/page/{file}", context -> serve(context, context.pathParam("file")));
    }

    private static void serve(Context context, String name) {
        String text = PageFiles.find(name)
                .orElseThrow(() -> Problem.notFound(
                        "Not found", "A file of the page is asked for: file=" + name + "; the page is at /"));
        send(context, name, text);
    }

    private static void send(Context context, String name, String text) {
        HEADERS.forEach(context::header);
        context.contentType(TYPES.get(name.substring(name.lastIndexOf('.') + 1)))
                .result(text);
    }
}
