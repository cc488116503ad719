package io.antichain.analyzer.logfile;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A JavaScript regular expression, as ShiViz takes it, in Java's dialect. They differ where: a brace that begins no
 * quantifier is itself; {@code [} and {@code &&} in a character class are themselves; {@code []} matches nothing and
 * {@code [^]} anything; a group's name may hold {@code _} and {@code $}.
 *
 * @param pattern the expression with the flag m
 * @param groups the names of its groups as written, in order
 */
record JavaScriptExpression(Pattern pattern, List<String> groups) {
    private static final Pattern QUANTIFIER = Pattern.compile("\\{\\d+(,\\d*)?}");
    private static final Pattern NAMED = Pattern.compile("\\(\\?<([A-Za-z_$][A-Za-z0-9_$]*)>|\\\\k<([^>]*)>");

    JavaScriptExpression {
        groups = List.copyOf(groups);
    }

    /**
     * @param flag where the user wrote it
     * @throws IllegalArgumentException if it is no expression
     */
    static JavaScriptExpression of(String expression, String flag) {
        try {
            List<String> groups = new ArrayList<>();
            return new JavaScriptExpression(Pattern.compile(toJava(expression, groups), Pattern.MULTILINE), groups);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "An expression must be a regular expression: " + flag + "=" + expression + ", fault="
                            + e.getDescription() + " at index " + e.getIndex() + "; mend it",
                    e);
        }
    }

    /** What the group of this name matched; empty if it took no part. */
    static String group(Matcher match, String name) {
        String found = match.group(javaName(name));
        return found == null ? "" : found;
    }

    /** The expression in Java's dialect; adds the names of its groups. */
    static String toJava(String expression, List<String> groups) {
        StringBuilder java = new StringBuilder();
        Matcher quantifier = QUANTIFIER.matcher(expression);
        Matcher named = NAMED.matcher(expression);
        boolean inClass = false;
        for (int at = 0; at < expression.length(); at++) {
            char c = expression.charAt(at);
            if (!inClass && named.region(at, expression.length()).lookingAt()) {
                java.append(renamed(named, groups));
                at = named.end() - 1;
            } else if (c == '\\' && at + 1 < expression.length()) {
                java.append(c).append(expression.charAt(++at));
            } else if (inClass) {
                inClass = c != ']';
                java.append(c == '[' || c == '&' ? "\\" : "").append(c);
            } else if (c == '[' && expression.startsWith("[]", at)) {
                java.append("(?!)");
                at++;
            } else if (c == '[' && expression.startsWith("[^]", at)) {
                java.append("[\\s\\S]");
                at += 2;
            } else if (c == '{' && quantifier.region(at, expression.length()).lookingAt()) {
                java.append(quantifier.group());
                at = quantifier.end() - 1;
            } else {
                inClass = c == '[';
                java.append(c == '{' || c == '}' ? "\\" : "").append(c);
            }
        }
        return java.toString();
    }

    private static String renamed(Matcher named, List<String> groups) {
        if (named.group(1) == null) {
            return "\\k<" + javaName(named.group(2)) + ">";
        }
        groups.add(named.group(1));
        return "(?<" + javaName(named.group(1)) + ">";
    }

    /** Names in Java begin with a letter, and have letters and digits only. */
    private static String javaName(String name) {
        return name.replace("_", "U005F").replace("$", "U0024");
    }
}
