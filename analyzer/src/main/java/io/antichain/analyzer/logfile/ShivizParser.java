package io.antichain.analyzer.logfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads the text logs of ShiViz: a regular expression with the named groups {@code host}, {@code clock} (JSON: process to
 * counter) and {@code event} describes one entry, which may span lines; an optional delimiter expression, whose group
 * {@code trace} is a label, divides a file into executions.
 *
 * <p>Expressions are applied with the flag m, as ShiViz does. A line that no entry covers is skipped and counted. Source:
 * ShiViz's documentation of its input format. Takes time linear in the file's length.
 */
public final class ShivizParser {
    /** ShiViz's own default: the event's text, then host and clock on the next line. */
    public static final String DEFAULT_EXPRESSION = "(?<event>.*)\\n(?<host>\\S*) (?<clock>\\{.*\\})";

    private static final List<String> NEEDED = List.of("host", "clock", "event");
    private static final Pattern TRACE_GROUP = Pattern.compile("\\(\\?<trace>");
    private static final ObjectReader CLOCK = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .readerFor(new TypeReference<Map<String, Long>>() {});

    private final Pattern entry;
    private final Optional<Pattern> delimiter;
    private final boolean labelled;

    /**
     * @throws IllegalArgumentException if an expression is none, or the entry's lacks one of the needed groups
     */
    public ShivizParser(String entryExpression, Optional<String> delimiterExpression) {
        for (String group : NEEDED) {
            if (!entryExpression.contains("(?<" + group + ">")) {
                throw new IllegalArgumentException("A parser expression has the named groups host, clock and event:"
                        + " missing=" + group + "; write it as in " + DEFAULT_EXPRESSION);
            }
        }
        entry = compiled(entryExpression, "--parser");
        delimiter = delimiterExpression.map(expression -> compiled(expression, "--delimiter"));
        labelled =
                delimiterExpression.map(TRACE_GROUP::matcher).map(Matcher::find).orElse(false);
    }

    /**
     * Reads the executions of one file.
     *
     * @param name what to call an execution that has no label
     */
    public List<LoggedExecution> parse(String name, String text) {
        String unixText = text.replace("\r\n", "\n");
        Lines lines = new Lines(unixText);
        List<LoggedExecution> executions = new ArrayList<>();
        String label = name;
        int from = 0;
        if (delimiter.isPresent()) {
            Matcher matcher = delimiter.get().matcher(unixText);
            while (matcher.find()) {
                addUnlessBlank(executions, label, unixText, from, matcher.start(), lines);
                label = labelled ? matcher.group("trace") : name + "#" + (executions.size() + 1);
                from = matcher.end();
            }
        }
        addUnlessBlank(executions, label, unixText, from, unixText.length(), lines);
        return executions;
    }

    private void addUnlessBlank(
            List<LoggedExecution> executions, String label, String text, int from, int to, Lines lines) {
        if (!text.substring(from, to).isBlank()) {
            executions.add(execution(label, text, from, to, lines));
        }
    }

    private LoggedExecution execution(String label, String text, int from, int to, Lines lines) {
        List<LoggedEvent> events = new ArrayList<>();
        List<Integer> skipped = new ArrayList<>();
        Map<String, ProcessId> processes = new HashMap<>();
        Matcher matcher = entry.matcher(text).region(from, to);
        int covered = from;
        while (matcher.find()) {
            Optional<LoggedEvent> event = event(matcher, lines.number(matcher.start()), processes);
            if (event.isPresent()) {
                lines.addNotBlank(skipped, covered, matcher.start());
                events.add(event.get());
                covered = matcher.end();
            }
        }
        lines.addNotBlank(skipped, covered, to);
        return new LoggedExecution(label, events, skipped);
    }

    /** Empty if what the expression found is no event: no clock, a name or number that cannot be, no own entry. */
    private static Optional<LoggedEvent> event(Matcher matcher, int line, Map<String, ProcessId> processes) {
        try {
            ProcessId process = processes.computeIfAbsent(matcher.group("host"), ProcessId::of);
            Map<ProcessId, Long> entries = new HashMap<>();
            Map<String, Long> clock = CLOCK.readValue(matcher.group("clock"));
            clock.forEach((host, counter) -> entries.put(processes.computeIfAbsent(host, ProcessId::of), counter));
            VectorClock vectorClock = VectorClock.of(entries);
            String text = matcher.group("event");
            return vectorClock.get(process) == 0
                    ? Optional.empty()
                    : Optional.of(new LoggedEvent(process, vectorClock, text == null ? "" : text, line));
        } catch (JsonProcessingException | IllegalArgumentException | NullPointerException notAnEvent) {
            return Optional.empty();
        }
    }

    private static Pattern compiled(String expression, String flag) {
        try {
            return Pattern.compile(JavaScriptExpression.toJava(expression), Pattern.MULTILINE);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "An expression must be a regular expression: " + flag + "=" + expression + ", fault="
                            + e.getDescription() + " at index " + e.getIndex() + "; mend it",
                    e);
        }
    }
}
