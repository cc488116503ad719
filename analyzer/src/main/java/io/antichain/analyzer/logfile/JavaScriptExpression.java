package io.antichain.analyzer.logfile;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A JavaScript regular expression with the flag m, as ShiViz takes it, in Java's dialect. In JavaScript
 *
 * <ul>
 *   <li>a line ends at {@code \n}, {@code \r}, U+2028 and U+2029, and U+0085 is a character like others;
 *   <li>{@code \s} is Unicode's white space, {@code \b} is ASCII's word boundary, and a letter behind a backslash that
 *       means nothing is itself;
 *   <li>a brace that begins no quantifier is itself, and so are {@code [} and {@code &&} in a character class;
 *   <li>{@code []} matches nothing, {@code [^]} anything, and a group's name may hold {@code _} and {@code $}.
 * </ul>
 *
 * @param pattern the expression with the flag m
 * @param groups the names of its groups as written, in order
 */
record JavaScriptExpression(Pattern pattern, List<String> groups) {
    private static final String LINE_END = "\\n\\r\\u2028\\u2029";
    private static final String SPACE =
            "\\t\\n\\x0B\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";
    private static final String MEANING_IN_BOTH = "dDwWnrtfcxuk";
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
            return new JavaScriptExpression(Pattern.compile(toJava(expression, groups)), groups);
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
                java.append(escape(expression.charAt(++at), inClass));
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
                java.append(outsideClass(c));
            }
        }
        return java.toString();
    }

    private static String outsideClass(char c) {
        return switch (c) {
            case '{', '}' -> "\\" + c;
            case '.' -> "[^" + LINE_END + "]";
            case '^' -> "(?<![^" + LINE_END + "])";
            case '$' -> "(?![^" + LINE_END + "])";
            default -> String.valueOf(c);
        };
    }

    /** The character behind a backslash, with it. */
    private static String escape(char c, boolean inClass) {
        return switch (c) {
            case 's' -> inClass ? SPACE : "[" + SPACE + "]";
            case 'S' -> "[^" + SPACE + "]";
            case 'b' -> inClass ? "\\x08" : "(?:(?<=\\w)(?!\\w)|(?<!\\w)(?=\\w))";
            case 'B' -> "(?:(?<=\\w)(?=\\w)|(?<!\\w)(?!\\w))";
            case 'v' -> "\\x0B";
            case '0' -> "\\x00";
            default -> {
                boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
                yield letter && MEANING_IN_BOTH.indexOf(c) < 0 ? String.valueOf(c) : "\\" + c;
            }
        };
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
