package io.antichain.analyzer.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Restores engines from frontiers taken on the way, and holds them against the engine that never stopped. */
final class Rerun {
    private static final int ONE_IN = 40;

    private final EngineLimits limits;
    private final List<Arrival> arrivals;
    private final int[] partitions;
    private final Random random;
    private final Map<Integer, byte[]> frontiers = new HashMap<>();
    private final List<Outcome> originals = new ArrayList<>();

    Rerun(EngineLimits limits, List<Arrival> arrivals, int[] partitions, Random random) {
        this.limits = limits;
        this.arrivals = arrivals;
        this.partitions = partitions;
        this.random = random;
    }

    /** Before arrival {@code i}. */
    void mayTakeFrontier(OrderEngine engine, int i) {
        if (random.nextInt(ONE_IN) == 0) {
            frontiers.put(i, engine.frontier());
        }
    }

    void original(Outcome outcome) {
        originals.add(outcome);
    }

    void assertSame(byte[] end, long seed) {
        // The engine that ends has told what is missing, and so do these.
        frontiers.forEach((taken, frontier) -> {
            OrderEngine engine = OrderEngine.restored(frontier, limits);
            refill(engine, taken);
            assertThat(engine.frontier())
                    .as("seed %d: frontier of %d, after the refill", seed, taken)
                    .isEqualTo(frontier);
            for (int i = taken; i < arrivals.size(); i++) {
                Arrival arrival = arrivals.get(i);
                assertThat(engine.arrive(arrival.event(), arrival.partition(), arrival.offset(), arrival.logTimeMs()))
                        .as("seed %d: restored from %d, arrival %d", seed, taken, i)
                        .isEqualTo(originals.get(i));
            }
            engine.reportMissing();
            assertThat(engine.frontier())
                    .as("seed %d: restored from %d", seed, taken)
                    .isEqualTo(end);
        });
    }

    /** Partition by partition, in an order that has nothing to do with the first reading. */
    private void refill(OrderEngine engine, int taken) {
        List<Integer> order = new ArrayList<>(IntStream.of(partitions).boxed().toList());
        java.util.Collections.shuffle(order, random);
        for (int partition : order) {
            long from = engine.replayFrom(partition);
            long until = engine.position(partition);
            for (Arrival arrival : arrivals.subList(0, taken)) {
                if (arrival.partition() == partition && arrival.offset() >= from && arrival.offset() < until) {
                    assertThat(engine.arrive(
                                    arrival.event(), arrival.partition(), arrival.offset(), arrival.logTimeMs()))
                            .isEqualTo(Outcome.Known.KNOWN);
                }
            }
        }
    }
}
