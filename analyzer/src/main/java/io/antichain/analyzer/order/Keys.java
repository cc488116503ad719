package io.antichain.analyzer.order;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.EventRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys with unstable events or more than one sibling; all others are forgotten. So state is what is unstable and what
 * is open, however many keys there are.
 */
final class Keys {
    private final Map<String, KeyHistory> histories = new HashMap<>();

    KeyHistory of(String key) {
        return histories.computeIfAbsent(key, KeyHistory::new);
    }

    /** How many keys are remembered. */
    int size() {
        return histories.size();
    }

    /** The first {@code count} events of the lane are stable. */
    void dropFirst(Lane lane, int count) {
        for (int position = 0; position < count; position++) {
            KeyHistory history = lane.window().key(position);
            if (history != null) {
                history.dropFirst(lane);
                if (history.isForgettable()) {
                    histories.remove(history.key());
                }
            }
        }
    }

    /** The siblings that are stable: those that are not are found again in the log, with the windows' events. */
    void write(FrontierWriter out, ProcessTable processes, Membership membership) {
        List<KeyHistory> sorted = histories.values().stream()
                .sorted((a, b) -> a.key().compareTo(b.key()))
                .toList();
        for (KeyHistory history : sorted) {
            for (EventRef sibling : history.siblings().events()) {
                if (!isUnstable(sibling, membership)) {
                    out.flags(true);
                    out.text(history.key());
                    write(sibling, out, processes);
                }
            }
        }
        out.flags(false);
    }

    void read(FrontierReader in, ProcessTable processes) {
        while (in.flags(1)[0]) {
            KeyHistory history = of(in.text());
            history.siblings().restore(readSibling(in, processes));
        }
    }

    private static boolean isUnstable(EventRef event, Membership membership) {
        for (Lane lane : membership.find(event.dot().process()).lanes()) {
            if (lane.partition() == event.partition()
                    && lane.window().find(event.dot().counter()) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static void write(EventRef event, FrontierWriter out, ProcessTable processes) {
        out.number(processes.number(event.dot().process()));
        out.number(event.dot().counter());
        out.number(event.partition());
        out.number(event.offset());
        out.number(event.lamport().value());
        out.number(event.publishedAtMs());
        out.number(event.clock().size());
        event.clock().forEach((process, counter) -> {
            out.number(processes.number(process));
            out.number(counter);
        });
    }

    private static EventRef readSibling(FrontierReader in, ProcessTable processes) {
        ProcessId process = processes.process(in.count());
        Dot dot = new Dot(process, in.number());
        int partition = in.count();
        long offset = in.number();
        LamportTimestamp lamport = new LamportTimestamp(in.number());
        long publishedAtMs = in.number();
        ProcessId[] named = new ProcessId[in.count()];
        long[] counters = new long[named.length];
        for (int k = 0; k < named.length; k++) {
            named[k] = processes.process(in.count());
            counters[k] = in.number();
        }
        return new EventRef(dot, partition, offset, VectorClock.of(named, counters), lamport, publishedAtMs);
    }
}
