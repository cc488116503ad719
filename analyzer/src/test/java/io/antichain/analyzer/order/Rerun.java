package io.antichain.analyzer.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Restores engines from frontiers taken on the way, and holds them against the engine that never stopped. */
final class Rerun {
    private static final int A_RUN = 2;

    private record Taken(byte[] frontier, SortedMap<Long, byte[]> keyPages) {}

    private final EngineLimits limits;
    private final List<Arrival> arrivals;
    private final Random random;
    private final SortedMap<Long, byte[]> keyPages = new TreeMap<>();
    private final Map<Integer, Taken> frontiers = new HashMap<>();
    private final List<Outcome> originals = new ArrayList<>();

    Rerun(EngineLimits limits, List<Arrival> arrivals, Random random) {
        this.limits = limits;
        this.arrivals = arrivals;
        this.random = random;
    }

    /** Before arrival {@code i}. */
    void mayTakeFrontier(OrderEngine engine, int i) {
        if (random.nextInt(arrivals.size()) < A_RUN) {
            engine.takeKeyPages().forEach((number, page) -> {
                if (page.length == 0) {
                    keyPages.remove(number);
                } else {
                    keyPages.put(number, page);
                }
            });
            frontiers.put(i, new Taken(engine.frontier(), new TreeMap<>(keyPages)));
        }
    }

    void original(Outcome outcome) {
        originals.add(outcome);
    }

    void assertSame(byte[] end, long seed) {
        // The engine that ends has told what is missing, and so do these.
        frontiers.forEach((at, taken) -> {
            OrderEngine engine = OrderEngine.restored(taken.frontier(), taken.keyPages(), limits);
            refill(engine, at);
            assertThat(engine.frontier())
                    .as("seed %d: frontier of %d, after the refill", seed, at)
                    .isEqualTo(taken.frontier());
            for (int i = at; i < arrivals.size(); i++) {
                Arrival arrival = arrivals.get(i);
                assertThat(arrival.tell(engine))
                        .as("seed %d: restored from %d, arrival %d", seed, at, i)
                        .isEqualTo(originals.get(i));
            }
            engine.reportMissing();
            assertThat(engine.frontier())
                    .as("seed %d: restored from %d", seed, at)
                    .isEqualTo(end);
        });
    }

    private void refill(OrderEngine engine, int taken) {
        for (Arrival arrival : arrivals.subList(0, taken)) {
            boolean isTold = arrival.readAt() >= engine.replayFrom() && arrival.readAt() < engine.position();
            if (isTold) {
                assertThat(arrival.tell(engine)).isEqualTo(Outcome.Known.KNOWN);
            }
        }
    }
}
