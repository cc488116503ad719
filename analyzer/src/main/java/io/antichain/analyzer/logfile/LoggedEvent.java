package io.antichain.analyzer.logfile;

import com.fasterxml.jackson.databind.JsonNode;
import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.StampedEvent;
import io.antichain.clocks.VectorClock;
import java.util.Map;
import java.util.Optional;

/**
 * One event as a log file has it.
 *
 * @param process whose event
 * @param clock its vector clock, with an entry of at least 1 for the process
 * @param text what happened
 * @param fields what else the file says of it, by name, in the file's order; never changed
 * @param file the file's name
 * @param line the first line of its entry, from 1
 */
public record LoggedEvent(
        ProcessId process, VectorClock clock, String text, Map<String, JsonNode> fields, String file, int line) {
    /** Its identity: the own entry is the counter. */
    public Dot dot() {
        return new Dot(process, clock.get(process));
    }

    /**
     * One of its fields, as text; empty if it has none of this name, or null there.
     *
     * @param path a name, or several with dots between them
     */
    public Optional<String> field(String path) {
        JsonNode found = fields.get(path);
        int dot = path.indexOf('.');
        JsonNode outer = dot < 1 ? null : fields.get(path.substring(0, dot));
        if (found == null && outer != null) {
            found = outer.at("/" + path.substring(dot + 1).replace('.', '/'));
        }
        return found == null || found.isNull() || found.isMissingNode()
                ? Optional.empty()
                : Optional.of(found.isValueNode() ? found.asText() : found.toString());
    }

    /** Its identity and clock. */
    public StampedEvent stamped() {
        return new StampedEvent(dot(), clock);
    }

    /** Where it stands: {@code a.log:17}. */
    public String place() {
        return file + ":" + line;
    }
}
