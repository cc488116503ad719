package io.antichain.analyzer.logfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads a clock in JSON, taking nothing for a counter that is none. A clock is an object of process to counter, an array of
 * pairs of both, an array of counters, or a string that holds one of these. A counter is a whole number, which may be
 * written as a string or with a point (1.0).
 */
final class ClockText {
    /** Refuses names that stand twice in an object, and text behind the JSON. */
    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final BigDecimal MAX_COUNTER = BigDecimal.valueOf(Dot.MAX_COUNTER);
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,16}");

    private final ProcessNames names;
    private final List<String> positions;

    /**
     * @param positions the processes of a clock that is an array of counters; empty if they are not known
     */
    ClockText(ProcessNames names, List<String> positions) {
        this.names = names;
        this.positions = List.copyOf(positions);
    }

    /** The clock that is all of {@code text}, which may be escaped as in a JSON string. */
    EntryClock read(String text) throws NotAnEventException {
        return read(parsed(text), true);
    }

    EntryClock read(JsonNode clock) throws NotAnEventException {
        return read(clock, true);
    }

    private EntryClock read(JsonNode clock, boolean stringToo) throws NotAnEventException {
        if (clock.isObject()) {
            return ofPairs(pairsOf(clock));
        } else if (clock.isTextual() && stringToo) {
            return read(parsed(clock.textValue()), false);
        } else if (!clock.isArray() || clock.isEmpty()) {
            throw new NotAnEventException(SkipReason.BAD_CLOCK);
        }
        return clock.get(0).isArray() ? ofPairs(pairsIn(clock)) : ofCounters(clock);
    }

    private static JsonNode parsed(String text) throws NotAnEventException {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            if (isTwice(e)) {
                throw new NotAnEventException(SkipReason.NAMED_TWICE);
            }
            return unescaped(text);
        }
    }

    private static JsonNode unescaped(String text) throws NotAnEventException {
        try {
            if (text.contains("\\\"")) {
                return JSON.readTree(JSON.readTree("\"" + text + "\"").textValue());
            }
        } catch (JsonProcessingException e) {
            // It is no clock in this way either.
        }
        throw new NotAnEventException(SkipReason.BAD_CLOCK);
    }

    /** Whether the failure is that a name stands twice in an object. */
    static boolean isTwice(JsonProcessingException failure) {
        return String.valueOf(failure.getOriginalMessage()).startsWith("Duplicate field");
    }

    private record Pair(JsonNode name, JsonNode counter) {}

    private static List<Pair> pairsOf(JsonNode object) {
        List<Pair> pairs = new ArrayList<>();
        object.fields()
                .forEachRemaining(
                        field -> pairs.add(new Pair(JSON.getNodeFactory().textNode(field.getKey()), field.getValue())));
        return pairs;
    }

    private static List<Pair> pairsIn(JsonNode array) throws NotAnEventException {
        List<Pair> pairs = new ArrayList<>();
        for (JsonNode pair : array) {
            if (!pair.isArray() || pair.size() != 2) {
                throw new NotAnEventException(SkipReason.BAD_CLOCK);
            }
            pairs.add(new Pair(pair.get(0), pair.get(1)));
        }
        return pairs;
    }

    private EntryClock ofPairs(List<Pair> pairs) throws NotAnEventException {
        ProcessId[] processes = new ProcessId[pairs.size()];
        long[] counters = new long[pairs.size()];
        for (int i = 0; i < counters.length; i++) {
            processes[i] = process(pairs.get(i).name());
            counters[i] = counter(pairs.get(i).counter());
        }
        try {
            return new EntryClock.Named(VectorClock.of(processes, counters));
        } catch (IllegalArgumentException sameProcessTwice) {
            throw new NotAnEventException(SkipReason.NAMED_TWICE);
        }
    }

    private EntryClock ofCounters(JsonNode array) throws NotAnEventException {
        long[] counters = new long[array.size()];
        for (int i = 0; i < counters.length; i++) {
            counters[i] = counter(array.get(i));
        }
        if (positions.isEmpty()) {
            return new EntryClock.Positional(counters);
        }
        if (positions.size() != counters.length) {
            throw new NotAnEventException(SkipReason.OTHER_LENGTH);
        }
        ProcessId[] processes = new ProcessId[counters.length];
        for (int i = 0; i < counters.length; i++) {
            processes[i] = names.process(positions.get(i));
        }
        try {
            return new EntryClock.Named(VectorClock.of(processes, counters));
        } catch (IllegalArgumentException sameProcessTwice) {
            throw new NotAnEventException(SkipReason.NAMED_TWICE);
        }
    }

    /** The process that a string, a number, or an array of these names. */
    ProcessId process(JsonNode name) throws NotAnEventException {
        if (!name.isArray()) {
            return names.process(part(name));
        }
        List<String> parts = new ArrayList<>();
        for (JsonNode part : name) {
            parts.add(part(part).replace("%", "%25").replace("/", "%2F"));
        }
        return names.process(String.join("/", parts));
    }

    private static String part(JsonNode name) throws NotAnEventException {
        if (!name.isTextual() && !name.isIntegralNumber()) {
            throw new NotAnEventException(SkipReason.NO_PROCESS);
        }
        return name.asText();
    }

    /** The whole number that a node holds. */
    static long counter(JsonNode node) throws NotAnEventException {
        BigDecimal counter =
                node.isTextual() && DIGITS.matcher(node.textValue()).matches()
                        ? new BigDecimal(node.textValue())
                        : node.isNumber() ? node.decimalValue() : null;
        try {
            if (counter == null || counter.signum() < 0 || counter.compareTo(MAX_COUNTER) > 0) {
                throw new NotAnEventException(SkipReason.BAD_COUNTER);
            }
            return counter.longValueExact();
        } catch (ArithmeticException notWhole) {
            throw new NotAnEventException(SkipReason.BAD_COUNTER);
        }
    }
}
