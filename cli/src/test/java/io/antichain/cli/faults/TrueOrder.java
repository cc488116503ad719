package io.antichain.cli.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.antichain.cli.kafka.StoredEvent;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What happened before what, rebuilt from the journals without looking at a clock in the log: a message's past is what its
 * node had delivered and published when it tried to commit it. A life that was cut off counts as far as its successor
 * recovered: the attempt whose checkpoint that found.
 *
 * <p>A past is, per process, how many of its messages it holds: a process's messages are a chain.
 */
final class TrueOrder {
    private static final class Life {
        final List<JsonNode> lines;
        int next;
        Map<ProcessId, Long> known = new TreeMap<>();

        Life(List<JsonNode> lines) {
            this.lines = lines;
        }
    }

    /** Something that was tried, and is in the log if it was committed. */
    private static final class Attempt {
        final JsonNode line;
        Map<ProcessId, Long> after;

        Attempt(JsonNode line) {
            this.line = line;
        }
    }

    private final Map<String, StoredEvent> byPlace = new HashMap<>();
    private final Map<String, StoredEvent> byPayload = new HashMap<>();
    private final Map<JsonNode, List<Attempt>> byCheckpoint = new HashMap<>();
    private final Map<JsonNode, Attempt> byLine = new java.util.IdentityHashMap<>();
    private final Map<String, Map<ProcessId, Long>> pasts = new HashMap<>();
    private final List<Life> lives = new ArrayList<>();
    private final List<String> violations;

    TrueOrder(List<StoredEvent> messages, List<List<JsonNode>> journals, List<String> violations) {
        this.violations = violations;
        for (StoredEvent stored : messages) {
            byPlace.put(place(stored.partition(), stored.offset()), stored);
            byPayload.put(stored.event().payload(), stored);
        }
        for (List<JsonNode> journal : journals) {
            lives.add(new Life(journal));
            for (JsonNode line : journal) {
                if (line.has("attempted")) {
                    Attempt attempt = new Attempt(line);
                    byLine.put(line, attempt);
                    byCheckpoint
                            .computeIfAbsent(line.get("attempted"), checkpoint -> new ArrayList<>())
                            .add(attempt);
                }
            }
        }
    }

    /** The past of each message, by payload. */
    Map<String, Map<ProcessId, Long>> pasts() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Life life : lives) {
                while (life.next < life.lines.size() && take(life, life.lines.get(life.next))) {
                    life.next++;
                    moved = true;
                }
            }
        }
        for (Life life : lives) {
            if (life.next < life.lines.size()) {
                violations.add("A journal names what no journal and no log explains: line=" + life.next + " "
                        + life.lines.get(life.next));
            }
        }
        return pasts;
    }

    /** False if it rests on something that is not known yet. */
    private boolean take(Life life, JsonNode line) {
        if (line.has("recovered")) {
            return recover(life, line.get("recovered"));
        }
        if (line.has("delivered")) {
            return deliver(life, line.get("delivered"));
        }
        if (line.has("attempted")) {
            attempt(life, line);
        } else if (line.has("committed")) {
            life.known = new TreeMap<>(lastAttempt(life).after);
        }
        return true;
    }

    private boolean recover(Life life, JsonNode checkpoint) {
        if (checkpoint.isNull()) {
            return true;
        }
        List<Attempt> attempts = byCheckpoint.getOrDefault(checkpoint, List.of()).stream()
                .filter(this::mayBeCommitted)
                .toList();
        for (Attempt attempt : attempts) {
            if (attempt.after != null) {
                add(life.known, attempt.after);
                return true;
            }
        }
        return false;
    }

    private boolean deliver(Life life, JsonNode place) {
        StoredEvent stored =
                byPlace.get(place(place.get(0).asInt(), place.get(1).asLong()));
        if (stored == null) {
            violations.add("Only what is in the log can be delivered: place=" + place);
            return true;
        }
        Map<ProcessId, Long> past = pasts.get(stored.event().payload());
        if (past == null) {
            return false;
        }
        add(life.known, past);
        life.known.merge(stored.event().process(), stored.event().counter(), Math::max);
        return true;
    }

    private void attempt(Life life, JsonNode line) {
        Map<ProcessId, Long> known = new TreeMap<>(life.known);
        ProcessId process = ProcessId.parse(line.get("attempted").get("process").asText());
        for (int i = 0; i < line.get("payloads").size(); i++) {
            String payload = line.get("payloads").get(i).asText();
            StoredEvent stored = byPayload.get(payload);
            if (stored != null && mayBeCommitted(byLine.get(line))) {
                pasts.put(payload, new TreeMap<>(known));
            }
            known.merge(process, 1L, Long::sum);
        }
        byLine.get(line).after = known;
    }

    /** Whether all its messages are in the log as they were tried. */
    private boolean mayBeCommitted(Attempt attempt) {
        JsonNode dots = attempt.line.get("dots");
        for (int i = 0; i < dots.size(); i++) {
            StoredEvent stored =
                    byPayload.get(attempt.line.get("payloads").get(i).asText());
            if (stored == null
                    || !stored.event().dot().toString().equals(dots.get(i).asText())) {
                return false;
            }
        }
        return true;
    }

    private Attempt lastAttempt(Life life) {
        int at = life.next;
        while (!life.lines.get(at).has("attempted")) {
            at--;
        }
        return byLine.get(life.lines.get(at));
    }

    private static void add(Map<ProcessId, Long> known, Map<ProcessId, Long> more) {
        more.forEach((process, count) -> known.merge(process, count, Math::max));
    }

    /** The clock that a message with this past must carry. */
    static VectorClock clock(Event event, Map<ProcessId, Long> past) {
        return VectorClock.of(past).tick(event.process());
    }

    private static String place(int partition, long offset) {
        return partition + "@" + offset;
    }
}
