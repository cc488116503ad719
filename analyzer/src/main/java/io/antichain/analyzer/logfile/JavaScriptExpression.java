package io.antichain.analyzer.logfile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Translates a JavaScript regular expression, as ShiViz takes it, to Java's dialect where the two differ: a brace that
 * begins no quantifier is itself, {@code [} and {@code &&} in a character class are themselves, and a group's name may hold
 * {@code _} (which becomes {@code U005F}).
 */
final class JavaScriptExpression {
    private static final Pattern QUANTIFIER = Pattern.compile("\\{\\d+(,\\d*)?}");
    private static final Pattern GROUP_NAME = Pattern.compile("\\(\\?<([A-Za-z_][A-Za-z0-9_]*)>");

    private JavaScriptExpression() {}

    static String toJava(String expression) {
        StringBuilder java = new StringBuilder();
        Matcher quantifier = QUANTIFIER.matcher(expression);
        boolean inClass = false;
        for (int at = 0; at < expression.length(); at++) {
            char c = expression.charAt(at);
            if (c == '\\' && at + 1 < expression.length()) {
                java.append(c).append(expression.charAt(++at));
            } else if (inClass) {
                inClass = c != ']';
                java.append(c == '[' || c == '&' ? "\\" : "").append(c);
            } else if (c == '{' && quantifier.region(at, expression.length()).lookingAt()) {
                java.append(quantifier.group());
                at = quantifier.end() - 1;
            } else {
                inClass = c == '[';
                java.append(c == '{' || c == '}' ? "\\" : "").append(c);
            }
        }
        return GROUP_NAME
                .matcher(java)
                .replaceAll(
                        name -> Matcher.quoteReplacement("(?<" + name.group(1).replace("_", "U005F") + ">"));
    }
}
