package io.antichain.analyzer.reader;

import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps depths right where effects arrive before their causes, as they may from several partitions: what knows a late event
 * is deepened again, once for all that came late together.
 */
final class Depths {
    /** With more late events than this, looking at everything is cheaper than looking for what knows them. */
    private static final int MANY = 1_000;

    /** What happened before another has a clock with a smaller sum. */
    private record Ranked(HeldEvent event, long sum) {}

    private final HeldOrder order;
    /** The greatest entry of each process in any clock so far, or at least in any that is held. */
    private final Map<ProcessId, long[]> heard = new HashMap<>();

    private int mostHeard = MANY;
    /** Of the events that came late since the last settling; of more than {@link #MANY}, it is enough to know that. */
    private final List<HeldEvent> late = new ArrayList<>();

    Depths(HeldOrder order) {
        this.order = order;
    }

    /** An event that was just added. */
    void added(HeldEvent event) {
        event.deepen(order.depthAbove(event.stamped()));
        if (heard(event.dot().process())[0] >= event.dot().counter() && late.size() <= MANY) {
            late.add(event);
        }
        hear(event.clock());
        if (heard.size() > mostHeard) {
            heard.clear();
            order.all().forEach(process -> hear(process.chain().last().clock()));
            mostHeard = 2 * heard.size() + MANY;
        }
    }

    private void hear(VectorClock clock) {
        clock.forEach((process, counter) -> {
            long[] greatest = heard(process);
            greatest[0] = Math.max(greatest[0], counter);
        });
    }

    private long[] heard(ProcessId process) {
        return heard.computeIfAbsent(process, unheard -> new long[1]);
    }

    /** Deepens what knows the events that came late. */
    void settle() {
        if (late.isEmpty()) {
            return;
        }
        List<HeldEvent> affected = new ArrayList<>();
        for (HeldProcess process : order.all()) {
            affected.addAll(
                    process.chain().copy(firstAffected(process), process.chain().size()));
        }
        late.clear();
        affected.stream()
                .map(event -> new Ranked(event, sum(event.clock())))
                .sorted(Comparator.comparingLong(Ranked::sum))
                .forEach(ranked -> ranked.event.deepen(order.depthAbove(ranked.event.stamped())));
    }

    private int firstAffected(HeldProcess process) {
        if (late.size() > MANY) {
            return 0;
        }
        int first = process.chain().size();
        for (HeldEvent event : late) {
            first = Math.min(first, process.ignorantOf(event.dot()));
        }
        return first;
    }

    private static long sum(VectorClock clock) {
        long[] sum = {0};
        clock.forEach((process, counter) -> sum[0] += counter);
        return sum[0];
    }
}
