package io.antichain.benchmarks.engine;

import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.order.OrderEngine;
import io.antichain.analyzer.order.Outcome;
import io.antichain.clocks.CausalOrder;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import io.antichain.schemas.Scope;
import io.antichain.schemas.SourcePartition;
import java.util.ArrayList;
import java.util.List;

/** What tells of an event how many earlier ones are concurrent with it. */
interface Finder {
    /** Takes an event into the history. */
    void hold(Event event);

    /** How many events of the history are concurrent with the event, which may become part of it. */
    long concurrentWith(Event event);

    /** This project's engine, with its default limits. */
    static Finder engine() {
        OrderEngine engine = OrderEngine.over(Scope.ALL, EngineLimits.DEFAULT, new SourcePartition("events", 0));
        return new Finder() {
            @Override
            public void hold(Event event) {
                concurrentWith(event);
            }

            @Override
            public long concurrentWith(Event event) {
                Outcome outcome = engine.arrive(event, engine.position(), 0);
                return outcome instanceof Outcome.Recorded recorded
                        ? recorded.conflict().pairs()
                        : 0;
            }
        };
    }

    /** A comparison with each, two look-ups in this project's clocks. */
    static Finder everyTwo() {
        List<Event> history = new ArrayList<>();
        return new Finder() {
            @Override
            public void hold(Event event) {
                history.add(event);
            }

            @Override
            public long concurrentWith(Event event) {
                VectorClock clock = event.clock().orElseThrow();
                long concurrent = 0;
                for (Event other : history) {
                    CausalOrder order = CausalOrder.between(
                            event.dot(), clock, other.dot(), other.clock().orElseThrow());
                    concurrent += order == CausalOrder.CONCURRENT ? 1 : 0;
                }
                return concurrent;
            }
        };
    }

    /** A comparison with each, by Pekko's clocks. */
    static Finder everyTwoWithPekko() {
        List<org.apache.pekko.cluster.VectorClock> history = new ArrayList<>();
        return new Finder() {
            @Override
            public void hold(Event event) {
                history.add(pekko(event.clock().orElseThrow()));
            }

            @Override
            public long concurrentWith(Event event) {
                org.apache.pekko.cluster.VectorClock clock = pekko(event.clock().orElseThrow());
                long concurrent = 0;
                for (org.apache.pekko.cluster.VectorClock other : history) {
                    concurrent += clock.$less$greater(other) ? 1 : 0;
                }
                return concurrent;
            }
        };
    }

    private static org.apache.pekko.cluster.VectorClock pekko(VectorClock clock) {
        var versions = new Object() {
            scala.collection.immutable.TreeMap<String, Object> all =
                    org.apache.pekko.cluster.VectorClock.apply$default$1();
        };
        clock.forEach((process, counter) -> versions.all = versions.all.updated(process.toString(), counter));
        return org.apache.pekko.cluster.VectorClock.apply(versions.all);
    }
}
