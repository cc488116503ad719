package io.antichain.analyzer.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The page as one file that needs no server: style, modules and data stand in it. Its content security policy names the
 * hashes of its style and its script, so nothing else in it can run.
 *
 * <p>The modules are put one after another, each after those that it imports, without their import and export words. That
 * works as they import by name, under the same name, and as no two of them have a name in common at their top level.
 */
public final class OneFile {
    private static final String STYLE = "<link rel=\"stylesheet\" href=\"page/style.css\">";
    private static final String SCRIPT = "<script type=\"module\" src=\"page/page.js\"></script>";
    private static final String ICON = "page/icon.svg";
    private static final Pattern IMPORT = Pattern.compile("(?m)^import \\{[^}]*} from '\\./([a-z-]+\\.js)';\\n");
    private static final Pattern EXPORT = Pattern.compile("(?m)^export ");
    private static final Pattern TOP_LEVEL = Pattern.compile("(?m)^(?:async )?(?:function\\*?|class|const|let) (\\w+)");

    private OneFile() {}

    /**
     * The page with executions in it.
     *
     * @param executions JSON of the form that {@code page.js} reads
     */
    public static String with(String executions) {
        String style = "\n" + PageFiles.get("style.css");
        String script = "\n" + linked("page.js");
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

    private static String linked(String entry) {
        Set<String> order = new LinkedHashSet<>();
        inOrder(entry, new LinkedHashSet<>(), order);
        Map<String, String> names = new LinkedHashMap<>();
        StringBuilder script = new StringBuilder();
        for (String module : order) {
            String body = EXPORT.matcher(IMPORT.matcher(PageFiles.get(module)).replaceAll(""))
                    .replaceAll("");
            for (MatchResult name : TOP_LEVEL.matcher(body).results().toList()) {
                String other = names.put(name.group(1), module);
                if (other != null) {
                    throw new IllegalStateException("Modules have no top-level name in common: name=" + name.group(1)
                            + ", modules=" + other + ", " + module + "; rename one");
                }
            }
            script.append(body);
        }
        return script.toString();
    }

    private static void inOrder(String module, Set<String> begun, Set<String> order) {
        if (begun.add(module)) {
            IMPORT.matcher(PageFiles.get(module)).results().forEach(found -> inOrder(found.group(1), begun, order));
            order.add(module);
        }
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
