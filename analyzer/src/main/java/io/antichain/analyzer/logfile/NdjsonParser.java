package io.antichain.analyzer.logfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads logs with one JSON object a line: {@code {"process": "a", "counter": 2, "clock": {"a": 2, "b": 1}, "text": "…"}}.
 *
 * <ol>
 *   <li>The parts stand under the names that {@link JsonFields} knows or was given.
 *   <li>{@code counter} may be missing. Where it is given it must be the clock's own entry.
 *   <li>An object without a clock names its causes: {@code id} and {@code causes}, or {@code parents} if these are all.
 *   <li>{@code execution}, a string, divides a file into executions; lines without it belong to the one with the file's name.
 *   <li>What else the object has are fields of the event.
 * </ol>
 */
public final class NdjsonParser extends LogParser {
    private final JsonEntry objects;
    private final Optional<String> head;

    /** Reads the usual spellings. */
    public NdjsonParser() {
        this(new JsonEntry(JsonFields.USUAL, new ClockText(new ProcessNames(), List.of())));
    }

    NdjsonParser(JsonEntry objects) {
        this(objects, Optional.empty());
    }

    /** @param head the only field of an object that may stand before the first event */
    NdjsonParser(JsonEntry objects, Optional<String> head) {
        this.objects = objects;
        this.head = head;
    }

    @Override
    List<LogEntries> entries(String name, String file, String text) {
        JsonEntries found = new JsonEntries(objects, name, file);
        int number = 0;
        for (int from = 0; from < text.length(); ) {
            int end = text.indexOf('\n', from);
            String line = text.substring(from, end < 0 ? text.length() : end);
            from = end < 0 ? text.length() : end + 1;
            number++;
            if (!line.isBlank() && !(number == 1 && isHead(line))) {
                found.add(line, number);
            }
        }
        return found.byExecution();
    }

    private boolean isHead(String line) {
        try {
            JsonNode object = ClockText.JSON.readTree(line);
            return head.isPresent() && object.size() == 1 && object.has(head.get());
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** The entries of a file that holds JSON, as they are found. */
    static final class JsonEntries {
        private final JsonEntry objects;
        private final String name;
        private final String file;
        private final Map<String, List<LogEntry>> entries = new LinkedHashMap<>();
        private final SkippedLines.Collector skipped = new SkippedLines.Collector();

        JsonEntries(JsonEntry objects, String name, String file) {
            this.objects = objects;
            this.name = name;
            this.file = file;
        }

        private void add(String line, int number) {
            try {
                add(ClockText.JSON.readTree(line), number);
            } catch (JsonProcessingException e) {
                skipped.add(file, number, ClockText.isTwice(e) ? SkipReason.NAMED_TWICE : SkipReason.NO_JSON);
            }
        }

        void add(JsonNode node, int number) {
            try {
                if (!(node instanceof ObjectNode object)) {
                    throw new NotAnEventException(SkipReason.NO_JSON);
                }
                String execution = objects.execution(object, name);
                entries.computeIfAbsent(execution, label -> new ArrayList<>()).add(objects.entry(object, file, number));
            } catch (NotAnEventException e) {
                skipped.add(file, number, e.reason());
            }
        }

        /** The skipped lines cannot be told apart by execution: they are the first one's. */
        List<LogEntries> byExecution() {
            List<LogEntries> executions = new ArrayList<>();
            entries.forEach((label, ofLabel) -> executions.add(
                    new LogEntries(label, ofLabel, executions.isEmpty() ? skipped.collected() : SkippedLines.NONE)));
            if (executions.isEmpty()) {
                executions.add(new LogEntries(name, List.of(), skipped.collected()));
            }
            return executions;
        }
    }
}
