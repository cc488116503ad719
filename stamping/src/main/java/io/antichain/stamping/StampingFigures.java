package io.antichain.stamping;

import io.antichain.stamping.clock.SharedClock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** What the clients of one process did, counted. */
final class StampingFigures {
    final LongAdder stamped = new LongAdder();
    final LongAdder unstamped = new LongAdder();
    final LongAdder errors = new LongAdder();
    final LongAdder delivered = new LongAdder();
    final LongAdder deliveredUnstamped = new LongAdder();
    final LongAdder headerBytes = new LongAdder();
    final LongAdder lockWaitNs = new LongAdder();

    private final SharedClock clock;

    StampingFigures(SharedClock clock) {
        this.clock = clock;
    }

    /** A figure's name, what it means, and how it stands. */
    record Figure(String name, String description, Supplier<Number> value) {}

    /** All of them, by name, in the order in which they are shown. */
    Map<String, Figure> all() {
        Map<String, Figure> all = new LinkedHashMap<>();
        put(all, "stamped-total", "Records that were given a stamp.", stamped::sum);
        put(all, "unstamped-total", "Records that should have had a stamp and were sent without one.", unstamped::sum);
        put(
                all,
                "errors-total",
                "What went wrong: stamps not made, not read or not believed, tails not read.",
                errors::sum);
        put(all, "delivered-total", "Records whose clock was merged as they were handed over.", delivered::sum);
        put(
                all,
                "delivered-unstamped-total",
                "Records without a stamp that were handed over.",
                deliveredUnstamped::sum);
        put(all, "clock-width", "Processes in the clock, as the next stamp has them.", clock::width);
        put(all, "header-bytes-total", "Bytes of all stamps.", headerBytes::sum);
        put(all, "lock-wait-ns-total", "How long senders waited for each other, ns.", lockWaitNs::sum);
        return all;
    }

    private static void put(Map<String, Figure> all, String name, String description, Supplier<Number> value) {
        all.put(name, new Figure(name, description, value));
    }
}
