package io.antichain.analyzer.logfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Under which names the parts of an event stand in a JSON object. Where none are given, the usual spellings count: the first
 * of two groups, and only if there is none of these the second.
 */
final class JsonFields {
    /** The parts of an event. */
    enum Part {
        PROCESS(List.of("process", "host"), List.of("node", "agent", "pid")),
        CLOCK(List.of("clock"), List.of("vc", "vclock", "vectorClock", "vector_clock", "vectorclock")),
        TEXT(List.of("text", "event"), List.of("msg", "message")),
        COUNTER(List.of("counter"), List.of()),
        EXECUTION(List.of("execution"), List.of()),
        ID(List.of("id"), List.of()),
        CAUSES(List.of("causes"), List.of()),
        PARENTS(List.of("parents"), List.of());

        private final List<List<String>> spellings;

        Part(List<String> first, List<String> second) {
            spellings = List.of(first, second);
        }
    }

    /** The usual spellings. */
    static final JsonFields USUAL = new JsonFields(Map.of());

    private final Map<Part, List<List<String>>> spellings = new EnumMap<>(Part.class);

    private JsonFields(Map<Part, String> given) {
        for (Part part : Part.values()) {
            spellings.put(part, part.spellings);
        }
        given.forEach((part, path) -> spellings.put(part, List.of(List.of(path))));
    }

    /**
     * @param written as in {@code process=node,clock=pkt.vc}: a name, or several with dots between them; parts that are not
     *     given have the usual spellings
     * @throws IllegalArgumentException if it is of another form
     */
    static JsonFields of(String written) {
        Map<Part, String> given = new EnumMap<>(Part.class);
        for (String pair : written.split(",", -1)) {
            int equals = pair.indexOf('=');
            Part part = equals < 1 ? null : part(pair.substring(0, equals).strip());
            if (part == null || pair.substring(equals + 1).isBlank() || given.containsKey(part)) {
                throw new IllegalArgumentException("The fields are not of the form PART=FIELD,…: fields=" + written
                        + ", fault at=" + pair + "; write them as in process=node,clock=pkt.vc,text=event, with the"
                        + " parts process, clock, text, counter, execution, id, causes and parents");
            }
            given.put(part, pair.substring(equals + 1).strip());
        }
        return new JsonFields(given);
    }

    private static Part part(String name) {
        return Arrays.stream(Part.values())
                .filter(part -> part.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Whether the user said where the part stands. */
    boolean isGiven(Part part) {
        return !spellings.get(part).equals(part.spellings);
    }

    boolean has(ObjectNode object, Part part) {
        return spellings.get(part).stream().flatMap(List::stream).anyMatch(path -> find(object, path, false) != null);
    }

    /** Takes the part out of the object, under every spelling that the first group with any has; empty if there is none. */
    List<JsonNode> takeAll(ObjectNode object, Part part) {
        List<JsonNode> found = new ArrayList<>();
        for (List<String> group : spellings.get(part)) {
            for (String path : group) {
                JsonNode node = found.isEmpty() || part != Part.TEXT ? find(object, path, true) : null;
                if (node != null) {
                    found.add(node);
                }
            }
            if (!found.isEmpty()) {
                return found;
            }
        }
        return found;
    }

    private static JsonNode find(ObjectNode object, String path, boolean remove) {
        if (object.has(path)) {
            return remove ? object.remove(path) : object.get(path);
        }
        int dot = path.indexOf('.');
        if (dot > 0 && object.get(path.substring(0, dot)) instanceof ObjectNode inner) {
            JsonNode found = find(inner, path.substring(dot + 1), remove);
            if (remove && inner.isEmpty()) {
                object.remove(path.substring(0, dot));
            }
            return found;
        }
        return null;
    }
}
