package io.antichain.analyzer.logfile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads logs with one JSON object a line: {@code {"process": "a", "counter": 2, "clock": {"a": 2, "b": 1}, "text": "…"}}.
 *
 * <ol>
 *   <li>{@code host} may stand for {@code process}, and {@code event} for {@code text}, which may be missing.
 *   <li>{@code counter} may be missing. Where it is given it must be the clock's own entry.
 *   <li>{@code execution}, a string, divides a file into executions; lines without it belong to the one with the file's name.
 *   <li>What else the object has are fields of the event.
 * </ol>
 */
public final class NdjsonParser implements LogParser {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final ProcessNames names = new ProcessNames();
    private final ClockText clocks = new ClockText(names);

    /** Whether the text's first line that is not blank is a JSON object with a clock. */
    static boolean begins(String text) {
        String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        try {
            return first.stripLeading().startsWith("{") && JSON.readTree(first).has("clock");
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    @Override
    public List<LoggedExecution> parse(String name, String file, String text) {
        Map<String, List<LoggedEvent>> events = new LinkedHashMap<>();
        SkippedLines.Collector skipped = new SkippedLines.Collector();
        int number = 0;
        for (int from = 0; from < text.length(); ) {
            int end = text.indexOf('\n', from);
            String line = text.substring(from, end < 0 ? text.length() : end);
            from = end < 0 ? text.length() : end + 1;
            number++;
            if (!line.isBlank()) {
                try {
                    Line read = line(line);
                    String execution = read.execution == null ? name : read.execution;
                    events.computeIfAbsent(execution, label -> new ArrayList<>())
                            .add(read.event(file, number));
                } catch (NotAnEventException e) {
                    skipped.add(file, number, e.reason());
                }
            }
        }
        return executions(name, events, skipped.collected());
    }

    /** The skipped lines cannot be told apart by execution: they are the first one's. */
    private static List<LoggedExecution> executions(
            String name, Map<String, List<LoggedEvent>> events, SkippedLines skipped) {
        List<LoggedExecution> executions = new ArrayList<>();
        events.forEach((label, ofLabel) -> executions.add(
                new LoggedExecution(label, ofLabel, executions.isEmpty() ? skipped : SkippedLines.NONE)));
        if (executions.isEmpty() && skipped.count() > 0) {
            executions.add(new LoggedExecution(name, List.of(), skipped));
        }
        return executions;
    }

    private Line line(String text) throws NotAnEventException {
        Line line = new Line();
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new NotAnEventException(SkipReason.NO_JSON);
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                take(line, field, json);
            }
            if (json.nextToken() != null) {
                throw new NotAnEventException(SkipReason.NO_JSON);
            }
        } catch (IOException e) {
            boolean twice = String.valueOf(e.getMessage()).startsWith("Duplicate field");
            throw new NotAnEventException(twice ? SkipReason.NAMED_TWICE : SkipReason.NO_JSON);
        }
        return line;
    }

    private void take(Line line, String field, JsonParser json) throws IOException, NotAnEventException {
        switch (field) {
            case "process", "host" -> line.named(process(json));
            case "clock" -> {
                if (json.currentToken() != JsonToken.START_OBJECT) {
                    throw new NotAnEventException(SkipReason.BAD_CLOCK);
                }
                line.clock = clocks.read(json);
            }
            case "counter" -> line.counter = ClockText.counter(json);
            case "execution" -> line.execution = JSON.<JsonNode>readTree(json).asText();
            default -> line.fields.put(field, JSON.readTree(json));
        }
    }

    private ProcessId process(JsonParser json) throws IOException, NotAnEventException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new NotAnEventException(SkipReason.NO_PROCESS);
        }
        return names.process(json.getText());
    }

    /** What a line has said so far. */
    private static final class Line {
        private static final long NOT_GIVEN = -1;

        private final Map<String, JsonNode> fields = new LinkedHashMap<>();
        private ProcessId process;
        private VectorClock clock;
        private long counter = NOT_GIVEN;
        private String execution;

        void named(ProcessId named) throws NotAnEventException {
            if (process != null && !process.equals(named)) {
                throw new NotAnEventException(SkipReason.TWO_PROCESSES);
            }
            process = named;
        }

        LoggedEvent event(String file, int number) throws NotAnEventException {
            if (process == null) {
                throw new NotAnEventException(SkipReason.NO_PROCESS);
            }
            if (clock == null) {
                throw new NotAnEventException(SkipReason.NO_CLOCK);
            }
            if (clock.get(process) == 0) {
                throw new NotAnEventException(SkipReason.NO_OWN_ENTRY);
            }
            if (counter != NOT_GIVEN && counter != clock.get(process)) {
                throw new NotAnEventException(SkipReason.COUNTER_MISMATCH);
            }
            JsonNode text = fields.remove(fields.containsKey("text") ? "text" : "event");
            return new LoggedEvent(process, clock, written(text), fields.isEmpty() ? Map.of() : fields, file, number);
        }

        private static String written(JsonNode text) {
            if (text == null || text.isNull()) {
                return "";
            }
            return text.isTextual() ? text.textValue() : text.toString();
        }
    }
}
