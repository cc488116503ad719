package io.antichain.analyzer.reader;

import io.antichain.analyzer.order.Execution.Published;
import io.antichain.analyzer.reader.HeldEvent.Position;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Event;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Tells a view records that must not count: repeats, reused dots, clocks that fall, and one that only the analyzer refuses. */
final class Liars {
    private static final long FAR = 5_000_000;

    private final View view;
    private final ViewOracle oracle;
    private final Random random;
    private long told;

    Liars(View view, ViewOracle oracle, Random random) {
        this.view = view;
        this.oracle = oracle;
        this.random = random;
    }

    long told() {
        return told;
    }

    void tellOne() {
        List<Published> held = oracle.held();
        Event event = held.get(random.nextInt(held.size())).event();
        VectorClock clock = event.clock().orElseThrow();
        switch (random.nextInt(5)) {
            case 0 -> tell(event, event.counter(), clock);
            case 1 -> tell(event, event.counter(), other(clock, event.process(), 1));
            case 2 -> tell(event, event.counter() + 1, other(clock, event.process(), -1));
            case 3 -> tell(event, event.counter() - 1, other(clock, event.process(), 1));
            default -> tellFar(event);
        }
    }

    /** The clock with another process's entry changed; the same where there is none that can be, and be an entry still. */
    private VectorClock other(VectorClock clock, ProcessId own, long by) {
        Map<ProcessId, Long> entries = new TreeMap<>(clock.entries());
        List<ProcessId> others = entries.keySet().stream()
                .filter(process -> !process.equals(own) && entries.get(process) + by > 0)
                .toList();
        if (!others.isEmpty()) {
            entries.merge(others.get(random.nextInt(others.size())), by, Long::sum);
        }
        return VectorClock.of(entries);
    }

    /** Next to an event that is held: not at all where the clock could not be changed, as it would count. */
    private void tell(Event event, long counter, VectorClock clock) {
        boolean isOther = counter != event.counter();
        if (counter > 0 && !(isOther && clock.equals(event.clock().orElseThrow()))) {
            told++;
            Map<ProcessId, Long> entries = new TreeMap<>(clock.entries());
            entries.put(event.process(), counter);
            view.tell(lying(event, counter, VectorClock.of(entries)), new Position("events", 9, told), told);
        }
    }

    /** Nothing is wrong with it among those of its process; the analyzer says at once, before or after, that it is. */
    private void tellFar(Event event) {
        long counter = event.counter() + FAR + told++;
        Map<ProcessId, Long> entries =
                new TreeMap<>(oracle.newest(event.process()).entries());
        entries.put(event.process(), counter);
        Event lying = lying(event, counter, VectorClock.of(entries));
        Position at = new Position("events", 9, told);
        HeldEvent refused = new HeldEvent(lying, at, told);
        Anomaly anomaly = new Anomaly(Anomaly.Kind.CLOCK_TOO_FAR, Optional.of(refused.reference()), "Far.", Map.of());
        if (random.nextBoolean()) {
            view.tell(anomaly, told);
            view.tell(lying, at, told);
        } else if (oracle.holdsAll()) {
            view.tell(lying, at, told);
            view.tell(anomaly, told);
            oracle.withdrew();
        }
    }

    private static Event lying(Event event, long counter, VectorClock clock) {
        return new Event(
                event.process(), counter, Optional.of(clock), event.lamport(), event.key(), "a lie", 0, event.kind());
    }
}
