package io.antichain.analyzer.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.clocks.VectorClock;

/** A clock as a JSON object of process to counter. */
public final class ClockJson {
    private ClockJson() {}

    /** The clock. */
    public static ObjectNode of(VectorClock clock) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        clock.forEach((process, counter) -> json.put(process.toString(), counter));
        return json;
    }
}
