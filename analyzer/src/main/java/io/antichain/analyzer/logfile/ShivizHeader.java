package io.antichain.analyzer.logfile;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The first two lines of a file in ShiViz's own form: the expression of an entry, and the delimiter of executions, which may
 * be blank. GoVector writes them.
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
        return Optional.of(
                new ShivizHeader(text.substring(0, end).strip(), delimiter, second < 0 ? text.length() : second + 1));
    }
}
