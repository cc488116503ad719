package io.antichain.analyzer.page;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The page's modules as one script: one after another, each after those that it imports, without their import and export
 * words. That works as they import by name, under the same name, and as no two of them have a name in common at their top
 * level.
 */
public final class LinkedModules {
    /** The module that imports the others, directly or not. */
    public static final String ENTRY = "page.js";

    private static final Pattern IMPORT = Pattern.compile("(?m)^import \\{[^}]*} from '\\./([a-z-]+\\.js)';\\n");
    private static final Pattern EXPORT = Pattern.compile("(?m)^export ");
    private static final Pattern TOP_LEVEL = Pattern.compile("(?m)^(?:async )?(?:function\\*?|class|const|let) (\\w+)");

    private LinkedModules() {}

    /** The script of the whole page. */
    public static String script() {
        return linked(ENTRY);
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
}
