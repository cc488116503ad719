package io.antichain.analyzer.logfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.analyzer.logfile.JsonFields.Part;
import io.antichain.clocks.ProcessId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes one event out of a JSON object. */
final class JsonEntry {
    private final JsonFields names;
    private final ClockText clocks;

    JsonEntry(JsonFields names, ClockText clocks) {
        this.names = names;
        this.clocks = clocks;
    }

    /** The execution that an object says it belongs to; else {@code otherwise}. */
    String execution(ObjectNode object, String otherwise) {
        List<JsonNode> found = names.takeAll(object, Part.EXECUTION);
        return found.isEmpty() ? otherwise : found.get(0).asText();
    }

    /** The entry; {@code object} loses what is taken, and what is left are the event's fields. */
    LogEntry entry(ObjectNode object, String file, int line) throws NotAnEventException {
        EntryClock clock = clock(object);
        ProcessId process = null;
        for (JsonNode name : names.takeAll(object, Part.PROCESS)) {
            ProcessId named = clocks.process(name);
            if (process != null && !process.equals(named)) {
                throw new NotAnEventException(SkipReason.TWO_PROCESSES);
            }
            process = named;
        }
        if (process == null) {
            throw new NotAnEventException(SkipReason.NO_PROCESS);
        }
        List<JsonNode> counter = names.takeAll(object, Part.COUNTER);
        long number = counter.isEmpty() ? LogEntry.NOT_GIVEN : ClockText.counter(counter.get(0));
        List<JsonNode> text = names.takeAll(object, Part.TEXT);
        LogEntry entry = new LogEntry(
                process, clock, number, text.isEmpty() ? "" : written(text.get(0)), rest(object), file, line);
        if (clock instanceof EntryClock.Named named) {
            entry.with(named.clock());
        }
        return entry;
    }

    private EntryClock clock(ObjectNode object) throws NotAnEventException {
        List<JsonNode> clock = names.takeAll(object, Part.CLOCK);
        if (clock.size() > 1) {
            throw new NotAnEventException(SkipReason.TWO_CLOCKS);
        }
        if (!clock.isEmpty()) {
            return clocks.read(clock.get(0));
        }
        boolean all = names.has(object, Part.PARENTS) || names.isGiven(Part.PARENTS);
        if (!all && !names.has(object, Part.CAUSES) && !names.isGiven(Part.CAUSES)) {
            throw new NotAnEventException(names.has(object, Part.ID) ? SkipReason.NO_CAUSES : SkipReason.NO_CLOCK);
        }
        List<JsonNode> id = names.takeAll(object, Part.ID);
        List<String> causes = new ArrayList<>();
        for (JsonNode found : names.takeAll(object, all ? Part.PARENTS : Part.CAUSES)) {
            for (JsonNode cause : found.isArray() ? found : List.of(found)) {
                if (!cause.isNull() && !cause.asText("x").isEmpty()) {
                    causes.add(id(cause));
                }
            }
        }
        return new EntryClock.Caused(id.isEmpty() ? "" : id(id.get(0)), causes, all);
    }

    private static String id(JsonNode node) throws NotAnEventException {
        if (!node.isTextual() && !node.isIntegralNumber() || node.asText().isEmpty()) {
            throw new NotAnEventException(SkipReason.BAD_CAUSE);
        }
        return node.asText();
    }

    private static String written(JsonNode text) {
        if (text.isNull()) {
            return "";
        }
        return text.isTextual() ? text.textValue() : text.toString();
    }

    private static Map<String, JsonNode> rest(ObjectNode object) {
        if (object.isEmpty()) {
            return Map.of();
        }
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        object.fields().forEachRemaining(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }
}
