package io.antichain.analyzer.logfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.antichain.clocks.ProcessId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text logs of ShiViz: a regular expression with the named groups {@code host}, {@code clock} ({@link ClockText})
 * and {@code event} describes one entry, which may span lines; its other named groups are fields of the event. Instead of
 * {@code clock} it may have {@code id} and {@code causes}, or {@code parents} if these are all: names with white
 * space or commas between them, and the word {@code parent} before each if need be. An optional delimiter expression, whose group {@code trace} is a label, divides a file into executions.
 *
 * <p>Expressions are applied with the flag m, as ShiViz does. A line that no entry covers is skipped and counted. Source:
 * ShiViz's documentation of its input format.
 */
public final class ShivizParser extends LogParser {
    /** ShiViz's own default: the event's text, then host and clock on the next line. */
    public static final String DEFAULT_EXPRESSION = "(?<event>.*)\\n(?<host>\\S*) (?<clock>\\{.*\\})";

    private static final List<String> NEEDED = List.of("host", "event");
    private static final List<String> ORDER = List.of("clock", "id", "causes", "parents");
    private static final Pattern ID = Pattern.compile("(?<![^\\s,])(?!parent\\s)[^\\s,]+");
    private static final String LABEL = "trace";

    private final JavaScriptExpression entry;
    private final List<String> fieldNames;
    private final Optional<JavaScriptExpression> delimiter;
    private final Optional<Pattern> ignored;
    private final int begin;
    private final ProcessNames names;
    private final ClockText clocks;

    /**
     * @throws IllegalArgumentException if an expression is none, or the entry's lacks one of the needed groups
     */
    public ShivizParser(String entryExpression, Optional<String> delimiterExpression) {
        this(entryExpression, delimiterExpression, Optional.empty(), 0, new ProcessNames(), List.of());
    }

    /**
     * @param ignored finds lines between entries that are known to be none
     * @param begin the position in the text at which the log begins
     * @param positions the processes of a clock that is an array
     */
    ShivizParser(
            String entryExpression,
            Optional<String> delimiterExpression,
            Optional<String> ignored,
            int begin,
            ProcessNames names,
            List<String> positions) {
        this.entry = JavaScriptExpression.of(entryExpression, "--parser");
        this.ignored = ignored.map(
                expression -> JavaScriptExpression.of(expression, "--parser").pattern());
        this.begin = begin;
        this.names = names;
        this.clocks = new ClockText(names, positions);
        List<String> missing = new ArrayList<>(NEEDED);
        if (!entry.groups().contains("id")) {
            missing.add("clock");
        }
        missing.removeAll(entry.groups());
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "A parser expression lacks a named group: missing=" + String.join(",", missing) + ", parser="
                            + entryExpression + "; write it as in " + DEFAULT_EXPRESSION);
        }
        fieldNames = entry.groups().stream()
                .filter(group -> !NEEDED.contains(group) && !ORDER.contains(group))
                .toList();
        delimiter = delimiterExpression.map(expression -> JavaScriptExpression.of(expression, "--delimiter"));
    }

    @Override
    List<LogEntries> entries(String name, String file, String text) {
        Reading reading = new Reading(name, file, text);
        try {
            reading.run();
        } catch (BoundedText.ExhaustedException e) {
            throw new UnreadableLogException(
                    "An expression tries the same text in too many ways: file=" + file
                            + ", last entry read=" + reading.lastEntry() + ", parser=" + entry.pattern()
                            + "; give one that cannot match the same text in several ways, or break up lines of a"
                            + " million characters",
                    e);
        } catch (StackOverflowError e) {
            throw new UnreadableLogException(
                    "An expression repeats a group too often: file=" + file + ", last entry read="
                            + reading.lastEntry() + ", parser=" + entry.pattern()
                            + "; write [ab]* for (a|b)*, and .* for (.|x)*",
                    e);
        }
        return reading.executions;
    }

    /** The reading of one file. */
    private final class Reading {
        private final List<LogEntries> executions = new ArrayList<>();
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
            int from = begin;
            if (delimiter.isPresent()) {
                Matcher matcher = delimiter.get().pattern().matcher(bounded).region(begin, text.length());
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

        private LogEntries execution(String label, int from, int to) {
            List<LogEntry> events = new ArrayList<>();
            SkippedLines.Collector skipped = new SkippedLines.Collector();
            Matcher matcher = entry.pattern().matcher(bounded).region(from, to);
            int covered = from;
            while (matcher.find()) {
                skip(skipped, covered, matcher.start());
                lastLine = lines.number(matcher.start());
                covered = matcher.end();
                try {
                    events.add(event(matcher));
                } catch (NotAnEventException e) {
                    lines.addNotBlank(skipped, matcher.start(), matcher.end(), e.reason());
                }
            }
            skip(skipped, covered, to);
            return new LogEntries(label, events, skipped.collected());
        }

        /** Counts the lines between two entries, but for those that are known to be none. */
        private void skip(SkippedLines.Collector skipped, int from, int to) {
            int next = from;
            if (ignored.isPresent()) {
                Matcher matcher = ignored.get().matcher(bounded).region(from, to);
                while (matcher.find()) {
                    lines.addNotBlank(skipped, next, matcher.start(), SkipReason.NO_ENTRY);
                    next = matcher.end();
                }
            }
            lines.addNotBlank(skipped, next, to, SkipReason.NO_ENTRY);
        }

        private LogEntry event(Matcher matcher) throws NotAnEventException {
            ProcessId process = names.process(JavaScriptExpression.group(matcher, "host"));
            EntryClock clock = clock(matcher);
            String text = JavaScriptExpression.group(matcher, "event");
            if (JoinedEntry.isIn(text, names)) {
                throw new NotAnEventException(SkipReason.TWO_ENTRIES);
            }
            LogEntry read = new LogEntry(process, clock, LogEntry.NOT_GIVEN, text, fields(matcher), file, lastLine);
            if (clock instanceof EntryClock.Named named) {
                read.with(named.clock());
            }
            return read;
        }

        private EntryClock clock(Matcher matcher) throws NotAnEventException {
            if (entry.groups().contains("clock")) {
                return clocks.read(JavaScriptExpression.group(matcher, "clock"));
            }
            boolean all = entry.groups().contains("parents");
            String causes = !all && !entry.groups().contains("causes")
                    ? ""
                    : JavaScriptExpression.group(matcher, all ? "parents" : "causes");
            return new EntryClock.Caused(
                    JavaScriptExpression.group(matcher, "id"),
                    ID.matcher(causes).results().map(MatchResult::group).toList(),
                    all);
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
