package io.antichain.analyzer.logfile;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * The first two lines of a file in ShiViz's own form: the expression of an entry, and the delimiter of executions, which may
 * be blank. GoVector writes them. Where the second line is missing, what stands there is an entry: that is no delimiter unless it
 * finds something behind.
 *
 * @param expression the first line
 * @param delimiter the second
 * @param length how many characters both lines have
 */
record ShivizHeader(String expression, Optional<String> delimiter, int length) {
    /** The header of a text; empty if its first line is no parser expression. */
    static Optional<ShivizHeader> of(String text) {
        int end = text.indexOf('\n');
        if (end < 0 || !Stream.of("(?<host>", "(?<event>", "(?<").allMatch(text.substring(0, end)::contains)) {
            return Optional.empty();
        }
        int second = text.indexOf('\n', end + 1);
        String line = text.substring(end + 1, second < 0 ? text.length() : second);
        Optional<String> delimiter = Optional.of(line.strip()).filter(expression -> !expression.isEmpty());
        String expression = text.substring(0, end).strip();
        int length = second < 0 ? text.length() : second + 1;
        return Optional.of(
                delimiter.isPresent() && isEntry(expression, text, end + 1) && !finds(delimiter.get(), text, length)
                        ? new ShivizHeader(expression, Optional.empty(), end + 1)
                        : new ShivizHeader(expression, delimiter, length));
    }

    private static boolean isEntry(String expression, String text, int from) {
        return matches(expression, text, from, Matcher::lookingAt);
    }

    private static boolean finds(String delimiter, String text, int from) {
        return matches(delimiter, text, from, Matcher::find);
    }

    private static boolean matches(String expression, String text, int from, Predicate<Matcher> how) {
        try {
            return how.test(JavaScriptExpression.of(expression, "--parser")
                    .pattern()
                    .matcher(new BoundedText(text))
                    .region(from, text.length()));
        } catch (IllegalArgumentException | BoundedText.ExhaustedException | StackOverflowError e) {
            return false; // whoever reads with it says what is wrong
        }
    }
}
