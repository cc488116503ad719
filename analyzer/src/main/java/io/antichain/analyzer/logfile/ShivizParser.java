package io.antichain.analyzer.logfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * Reads the text logs of ShiViz: a regular expression with the named groups {@code host}, {@code clock} (JSON: process to
 * counter) and {@code event} describes one entry, which may span lines; its other named groups are fields of the event. An
 * optional delimiter expression, whose group {@code trace} is a label, divides a file into executions.
 *
 * <p>Expressions are applied with the flag m, as ShiViz does. A line that no entry covers is skipped and counted. Source:
 * ShiViz's documentation of its input format.
 */
public final class ShivizParser implements LogParser {
    /** ShiViz's own default: the event's text, then host and clock on the next line. */
    public static final String DEFAULT_EXPRESSION = "(?<event>.*)\\n(?<host>\\S*) (?<clock>\\{.*\\})";

    private static final List<String> NEEDED = List.of("host", "clock", "event");
    private static final String LABEL = "trace";

    private final JavaScriptExpression entry;
    private final List<String> fieldNames;
    private final Optional<JavaScriptExpression> delimiter;
    private final ProcessNames names = new ProcessNames();
    private final ClockText clocks = new ClockText(names);

    /**
     * @throws IllegalArgumentException if an expression is none, or the entry's lacks one of the needed groups
     */
    public ShivizParser(String entryExpression, Optional<String> delimiterExpression) {
        entry = JavaScriptExpression.of(entryExpression, "--parser");
        for (String group : NEEDED) {
            if (!entry.groups().contains(group)) {
                throw new IllegalArgumentException("A parser expression has the named groups host, clock and event:"
                        + " missing=" + group + "; write it as in " + DEFAULT_EXPRESSION);
            }
        }
        fieldNames =
                entry.groups().stream().filter(group -> !NEEDED.contains(group)).toList();
        delimiter = delimiterExpression.map(expression -> JavaScriptExpression.of(expression, "--delimiter"));
    }

    @Override
    public List<LoggedExecution> parse(String name, String file, String text) {
        Reading reading = new Reading(name, file, text);
        try {
            reading.run();
        } catch (BoundedText.ExhaustedException e) {
            throw new UnreadableLogException(
                    "An expression finds its entries without trying each text in too many ways: file=" + file
                            + ", last entry read=" + reading.lastEntry() + ", parser=" + entry.pattern()
                            + "; give one that cannot match the same text in several ways, or break up lines of a"
                            + " million characters",
                    e);
        } catch (StackOverflowError e) {
            throw new UnreadableLogException(
                    "An expression must not repeat a group too often: file=" + file + ", last entry read="
                            + reading.lastEntry() + ", parser=" + entry.pattern()
                            + "; write [ab]* for (a|b)*, and .* for (.|x)*",
                    e);
        }
        return reading.executions;
    }

    /** The reading of one file. */
    private final class Reading {
        private final List<LoggedExecution> executions = new ArrayList<>();
        private final String name;
        private final String file;
        private final String text;
        private final BoundedText bounded;
        private final LineCursor lines;
        private int lastLine;

        Reading(String name, String file, String text) {
            this.name = name;
            this.file = file;
            this.text = text;
            this.bounded = new BoundedText(text);
            this.lines = new LineCursor(text, file);
        }

        String lastEntry() {
            return lastLine == 0 ? "none" : "line " + lastLine;
        }

        void run() {
            String label = name;
            int from = 0;
            if (delimiter.isPresent()) {
                Matcher matcher = delimiter.get().pattern().matcher(bounded);
                while (matcher.find()) {
                    addUnlessBlank(label, from, matcher.start());
                    label = delimiter.get().groups().contains(LABEL)
                            ? JavaScriptExpression.group(matcher, LABEL)
                            : name + "#" + (executions.size() + 1);
                    from = matcher.end();
                }
            }
            addUnlessBlank(label, from, text.length());
        }

        private void addUnlessBlank(String label, int from, int to) {
            if (!text.substring(from, to).isBlank()) {
                executions.add(execution(label, from, to));
            }
        }

        private LoggedExecution execution(String label, int from, int to) {
            List<LoggedEvent> events = new ArrayList<>();
            SkippedLines.Collector skipped = new SkippedLines.Collector();
            Matcher matcher = entry.pattern().matcher(bounded).region(from, to);
            int covered = from;
            while (matcher.find()) {
                lines.addNotBlank(skipped, covered, matcher.start(), SkipReason.NO_ENTRY);
                lastLine = lines.number(matcher.start());
                covered = matcher.end();
                try {
                    events.add(event(matcher));
                } catch (NotAnEventException e) {
                    lines.addNotBlank(skipped, matcher.start(), matcher.end(), e.reason());
                }
            }
            lines.addNotBlank(skipped, covered, to, SkipReason.NO_ENTRY);
            return new LoggedExecution(label, events, skipped.collected());
        }

        private LoggedEvent event(Matcher matcher) throws NotAnEventException {
            ProcessId process = names.process(JavaScriptExpression.group(matcher, "host"));
            VectorClock clock = clocks.read(JavaScriptExpression.group(matcher, "clock"));
            if (clock.get(process) == 0) {
                throw new NotAnEventException(SkipReason.NO_OWN_ENTRY);
            }
            return new LoggedEvent(
                    process, clock, JavaScriptExpression.group(matcher, "event"), fields(matcher), file, lastLine);
        }

        private Map<String, JsonNode> fields(Matcher matcher) {
            if (fieldNames.isEmpty()) {
                return Map.of();
            }
            Map<String, JsonNode> fields = new LinkedHashMap<>();
            fieldNames.forEach(
                    field -> fields.put(field, TextNode.valueOf(JavaScriptExpression.group(matcher, field))));
            return fields;
        }
    }
}
