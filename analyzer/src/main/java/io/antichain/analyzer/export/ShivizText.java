package io.antichain.analyzer.export;

import io.antichain.analyzer.logfile.LoggedEvent;
import io.antichain.analyzer.logfile.LoggedExecution;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Text that ShiViz's default expression reads back to the same events: the event's text on one line, host and clock on the
 * next. Several executions are divided by lines that {@code ^=== (?<trace>.*) ===$} finds.
 *
 * <p>The format has no place for fields, nor for a text of several lines: a line break becomes a blank, and other
 * control characters are shown. A text that itself
 * holds what looks like a host and clock, or looks like a divider, gets two blanks before it.
 */
final class ShivizText implements ExecutionWriter {
    private static final Pattern LINE_BREAKS = Pattern.compile("[\\n\\r\\x{85}\\x{2028}\\x{2029}]+");
    private static final Pattern MISLEADING = Pattern.compile(".*\\S* \\{.*|=== .* ===");

    @Override
    public void write(List<LoggedExecution> executions, Appendable out) throws IOException {
        for (LoggedExecution execution : executions) {
            if (executions.size() > 1) {
                out.append("=== ").append(oneLine(execution.name())).append(" ===\n");
            }
            for (LoggedEvent event : execution.inCausalOrder()) {
                String text = oneLine(event.text());
                out.append(MISLEADING.matcher(text).matches() ? "  " : "")
                        .append(text)
                        .append('\n');
                out.append(event.process().toString())
                        .append(' ')
                        .append(ClockJson.of(event.clock()).toString())
                        .append('\n');
            }
        }
    }

    private static String oneLine(String text) {
        return ControlCharacters.shown(LINE_BREAKS.matcher(text).replaceAll(" "));
    }
}
