package io.antichain.analyzer.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The page as one file that needs no server: style, modules and data stand in it. Its content security policy names the
 * hashes of its style and its script, so nothing else in it can run.
 */
public final class OneFile {
    private static final String STYLE = "<link rel=\"stylesheet\" href=\"page/style.css\">";
    private static final String SCRIPT = "<script type=\"module\" src=\"page/page.js\"></script>";
    private static final String ICON = "page/icon.svg";

    private OneFile() {}

    /**
     * The page with executions in it.
     *
     * @param executions JSON of the form that {@code page.js} reads
     */
    public static String with(String executions) {
        String style = "\n" + PageFiles.get("style.css");
        String script = "\n" + LinkedModules.script();
        String policy = "default-src 'none'; script-src '" + hash(script) + "'; style-src '" + hash(style)
                + "'; img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";
        String icon =
                "data:image/svg+xml;base64," + base64(PageFiles.get("icon.svg").getBytes(StandardCharsets.UTF_8));
        return replaced(
                PageFiles.get(PageFiles.INDEX),
                Map.of(
                        "<meta charset=\"utf-8\">",
                        "<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy
                                + "\">",
                        ICON,
                        icon,
                        STYLE,
                        "<style>" + style + "</style>",
                        SCRIPT,
                        "",
                        "</body>",
                        "<script type=\"application/json\" id=\"executions\">" + inMarkup(executions)
                                + "</script>\n<script type=\"module\">" + script + "</script>\n</body>"));
    }

    private static String replaced(String page, Map<String, String> parts) {
        for (Map.Entry<String, String> part : parts.entrySet()) {
            if (!page.contains(part.getKey())) {
                throw new IllegalStateException("The page has the part that is replaced: part=" + part.getKey()
                        + "; write it in index.html as it stands here");
            }
        }
        // In one go, so that no part is looked for within another.
        String any = parts.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
        return Pattern.compile(any)
                .matcher(page)
                .replaceAll(match -> Matcher.quoteReplacement(parts.get(match.group())));
    }

    /** JSON that ends no script element, and begins no comment: it has {@code <} only within strings. */
    private static String inMarkup(String json) {
        return json.replace("<", "\\u003c");
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + base64(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
