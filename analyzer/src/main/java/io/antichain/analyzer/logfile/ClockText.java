package io.antichain.analyzer.logfile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.io.IOException;
import java.util.Arrays;

/** Reads a clock that is a JSON object of process to counter, taking nothing for a counter that is none. */
final class ClockText {
    private static final JsonFactory JSON = new JsonFactory();

    private final ProcessNames names;
    private ProcessId[] processes = new ProcessId[16];
    private long[] counters = new long[16];

    ClockText(ProcessNames names) {
        this.names = names;
    }

    /** The clock that is all of {@code text}. */
    VectorClock read(String text) throws NotAnEventException {
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new NotAnEventException(SkipReason.BAD_CLOCK);
            }
            VectorClock clock = read(json);
            if (json.nextToken() != null) {
                throw new NotAnEventException(SkipReason.BAD_CLOCK);
            }
            return clock;
        } catch (IOException notJson) {
            throw new NotAnEventException(SkipReason.BAD_CLOCK);
        }
    }

    /** The clock whose opening brace was just read. */
    VectorClock read(JsonParser json) throws NotAnEventException, IOException {
        int size = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            if (size == counters.length) {
                processes = Arrays.copyOf(processes, 2 * size);
                counters = Arrays.copyOf(counters, 2 * size);
            }
            processes[size] = names.process(json.currentName());
            json.nextToken();
            counters[size++] = counter(json);
        }
        try {
            return VectorClock.of(Arrays.copyOf(processes, size), Arrays.copyOf(counters, size));
        } catch (IllegalArgumentException sameProcessTwice) {
            throw new NotAnEventException(SkipReason.NAMED_TWICE);
        }
    }

    /** The whole number that was just read. */
    static long counter(JsonParser json) throws NotAnEventException, IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
                || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw new NotAnEventException(SkipReason.BAD_COUNTER);
        }
        long counter = json.getLongValue();
        if (counter < 0 || counter > Dot.MAX_COUNTER) {
            throw new NotAnEventException(SkipReason.BAD_COUNTER);
        }
        return counter;
    }
}
