package io.antichain.analyzer.order;

import io.antichain.analyzer.order.Execution.Published;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import io.antichain.schemas.Event.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A record as an engine is told it.
 *
 * @param genuine what was really published; empty for a record that must be refused
 */
public record Arrival(Event event, int partition, long offset, long logTimeMs, Optional<Published> genuine) {
    private static Arrival of(Published published) {
        return new Arrival(
                published.event(),
                published.partition(),
                published.offset(),
                published.logTimeMs(),
                Optional.of(published));
    }

    /** Each partition in its order; how far one is read while others wait is drawn. */
    public static List<Arrival> inPartitionOrder(Execution execution, Random random) {
        List<List<Published>> partitions = IntStream.range(0, execution.partitions())
                .mapToObj(execution::log)
                .toList();
        return interleaved(partitions, random);
    }

    /** Each lane in its order, effects long before causes. */
    static List<Arrival> inLaneOrder(Execution execution, Random random) {
        Map<String, List<Published>> lanes = new HashMap<>();
        List<List<Published>> ordered = new ArrayList<>();
        for (Published record : execution.records()) {
            lanes.computeIfAbsent(record.event().process() + "/" + record.partition(), lane -> {
                        List<Published> fresh = new ArrayList<>();
                        ordered.add(fresh);
                        return fresh;
                    })
                    .add(record);
        }
        // Offsets are places in the log as the engine reads it, so they follow the arrival.
        List<Arrival> arrivals = interleaved(ordered, random);
        long[] next = new long[execution.partitions()];
        return arrivals.stream()
                .map(arrival -> new Arrival(
                        arrival.event(), arrival.partition(), 2 * next[arrival.partition()]++, 0, arrival.genuine()))
                .toList();
    }

    /** As if each partition were a topic of its own, at home in which are some of the processes: all of their records. */
    static List<Arrival> inTopics(Execution execution, Random random) {
        List<List<Published>> topics = new ArrayList<>();
        IntStream.range(0, execution.partitions()).forEach(topic -> topics.add(new ArrayList<>()));
        int shift = random.nextInt(execution.partitions());
        for (Published record : execution.records()) {
            int home = Math.floorMod(record.event().process().name().hashCode() + shift, topics.size());
            long offset = 2L * topics.get(home).size();
            topics.get(home).add(new Published(record.event(), home, offset, record.logTimeMs(), record.index()));
        }
        return interleaved(topics, random);
    }

    /** Puts copies of messages into topics that they are not at home in. */
    static List<Arrival> withCopies(List<Arrival> genuine, Random random) {
        List<Arrival> mixed = new ArrayList<>();
        List<Arrival> before = new ArrayList<>();
        for (Arrival arrival : genuine) {
            mixed.add(arrival);
            if (!before.isEmpty() && random.nextInt(5) == 0) {
                Arrival earlier = before.get(random.nextInt(before.size()));
                if (earlier.partition() != arrival.partition()) {
                    mixed.add(new Arrival(
                            earlier.event(),
                            arrival.partition(),
                            arrival.offset() + 1,
                            arrival.logTimeMs(),
                            Optional.empty()));
                }
            }
            if (arrival.event().kind() == Kind.MESSAGE) {
                before.add(arrival);
            }
        }
        return mixed;
    }

    /** Sequences are read at speeds of their own, some so slowly that others are read to the end before. */
    private static List<Arrival> interleaved(List<List<Published>> sequences, Random random) {
        List<List<Published>> left =
                new ArrayList<>(sequences.stream().filter(s -> !s.isEmpty()).toList());
        int[] next = new int[sequences.size()];
        double[] speeds = random.doubles(sequences.size())
                .map(speed -> 0.02 + speed * speed * speed)
                .toArray();
        boolean inStep = random.nextBoolean();
        List<Arrival> arrivals = new ArrayList<>();
        while (!left.isEmpty()) {
            int drawn = random.nextInt(left.size());
            List<Published> sequence = left.get(drawn);
            int number = sequences.indexOf(sequence);
            if (!inStep && left.size() > 1 && random.nextDouble() > speeds[number]) {
                continue;
            }
            for (int n = 1 + random.nextInt(8); n > 0 && next[number] < sequence.size(); n--) {
                arrivals.add(of(sequence.get(next[number]++)));
            }
            if (next[number] == sequence.size()) {
                left.remove(drawn);
            }
        }
        return arrivals;
    }

    /** Puts records between them that cannot be: repeated, forged, fallen and far ones. */
    public static List<Arrival> withIntruders(List<Arrival> genuine, Random random) {
        List<Arrival> mixed = new ArrayList<>();
        Map<Integer, List<Arrival>> before = new HashMap<>();
        for (Arrival arrival : genuine) {
            mixed.add(arrival);
            if (arrival.event().kind() == Kind.MESSAGE) {
                before.computeIfAbsent(arrival.partition(), p -> new ArrayList<>())
                        .add(arrival);
            }
            List<Arrival> there = before.get(arrival.partition());
            if (there != null && random.nextInt(10) == 0) {
                Event forged = forged(there, random);
                mixed.add(new Arrival(
                        forged, arrival.partition(), arrival.offset() + 1, arrival.logTimeMs(), Optional.empty()));
            }
        }
        return mixed;
    }

    private static Event forged(List<Arrival> there, Random random) {
        Event earlier = there.get(random.nextInt(there.size())).event();
        return switch (random.nextInt(3)) {
            case 0 -> earlier;
            case 1 -> changed(earlier, earlier.counter(), "another payload");
            default -> changed(there.get(there.size() - 1).event(), earlier.counter() + 5_000_000, "from the future");
        };
    }

    private static Event changed(Event event, long counter, String payload) {
        Map<ProcessId, Long> entries = new HashMap<>(event.clock().orElseThrow().entries());
        entries.put(event.process(), counter);
        return new Event(
                event.process(),
                counter,
                Optional.of(VectorClock.of(entries)),
                event.lamport(),
                event.key(),
                payload,
                event.publishedAtMs(),
                event.kind());
    }
}
