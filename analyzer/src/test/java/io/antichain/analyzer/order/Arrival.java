package io.antichain.analyzer.order;

import io.antichain.analyzer.order.Execution.Published;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Anomaly.Kind;
import io.antichain.schemas.Event;
import io.antichain.schemas.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A record as an engine is told it.
 *
 * @param readAt where it is read: the partitions are brought together in one
 * @param genuine what was really published, by its first arrival or a repeated one; empty for a record that lies
 * @param lie as what a record that lies must be refused
 * @param traits what conditions on pairs need to know of it
 */
public record Arrival(
        Event event,
        int partition,
        long offset,
        long readAt,
        long logTimeMs,
        Optional<Published> genuine,
        Optional<Kind> lie,
        Optional<Traits> traits) {
    private static final int READ_STEP = 3;

    private static Arrival of(Published published) {
        return new Arrival(
                published.event(),
                published.partition(),
                published.offset(),
                -1,
                published.logTimeMs(),
                Optional.of(published),
                Optional.empty(),
                Optional.empty());
    }

    /** Each partition in its order; how far one is read while others wait is drawn, so effects come before causes. */
    public static List<Arrival> inPartitionOrder(Execution execution, Random random) {
        List<List<Published>> sequences = IntStream.range(0, execution.partitions())
                .mapToObj(execution::log)
                .toList();
        List<Integer> left =
                new ArrayList<>(IntStream.range(0, sequences.size()).boxed().toList());
        left.removeIf(number -> sequences.get(number).isEmpty());
        int[] next = new int[sequences.size()];
        double[] speeds = random.doubles(sequences.size())
                .map(speed -> 0.02 + speed * speed * speed)
                .toArray();
        boolean inStep = random.nextBoolean();
        List<Arrival> arrivals = new ArrayList<>();
        while (!left.isEmpty()) {
            Integer number = left.get(random.nextInt(left.size()));
            if (!inStep && left.size() > 1 && random.nextDouble() > speeds[number]) {
                continue;
            }
            List<Published> sequence = sequences.get(number);
            for (int n = 1 + random.nextInt(8); n > 0 && next[number] < sequence.size(); n--) {
                arrivals.add(of(sequence.get(next[number]++)));
            }
            if (next[number] == sequence.size()) {
                left.remove(number);
            }
        }
        return arrivals;
    }

    /** As {@link #inPartitionOrder}, but no partition is read further than so many records ahead of the others. */
    public static List<Arrival> inStep(Execution execution, int ahead, Random random) {
        Map<Published, Integer> landed = new IdentityHashMap<>();
        execution.records().forEach(record -> landed.put(record, landed.size()));
        List<ArrayDeque<Published>> left = new ArrayList<>();
        for (int p = 0; p < execution.partitions(); p++) {
            left.add(new ArrayDeque<>(execution.log(p)));
        }
        List<Arrival> arrivals = new ArrayList<>();
        while (arrivals.size() < execution.records().size()) {
            int oldest = left.stream()
                    .filter(queue -> !queue.isEmpty())
                    .mapToInt(queue -> landed.get(queue.peek()))
                    .min()
                    .orElseThrow();
            ArrayDeque<Published> drawn = left.get(random.nextInt(left.size()));
            if (!drawn.isEmpty() && landed.get(drawn.peek()) <= oldest + ahead) {
                arrivals.add(of(drawn.remove()));
            }
        }
        return arrivals;
    }

    /** Puts records between them that repeat earlier ones, near and far, in the same partition or another. */
    public static List<Arrival> withRepeats(List<Arrival> arrivals, Random random) {
        return withOthers(arrivals, random, before -> {
            int back = random.nextBoolean() ? Math.min(before.size(), 8) : before.size();
            return Optional.of(before.get(before.size() - 1 - random.nextInt(back)));
        });
    }

    /** Puts records between them that cannot be: a dot used again, a clock that falls, a clock from the future. */
    public static List<Arrival> withLies(List<Arrival> arrivals, Random random) {
        return withOthers(arrivals, random, before -> lie(before.get(before.size() - 1), random));
    }

    /** Offsets are given anew. */
    private static List<Arrival> withOthers(
            List<Arrival> arrivals, Random random, Function<List<Arrival>, Optional<Arrival>> between) {
        List<Arrival> mixed = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            mixed.add(arrival);
            if (random.nextInt(10) == 0) {
                between.apply(mixed)
                        .map(other -> other.at(arrival.partition(), arrival.offset(), arrival.logTimeMs()))
                        .ifPresent(mixed::add);
            }
        }
        Map<Integer, Long> ends = new HashMap<>();
        return mixed.stream()
                .map(each ->
                        each.at(each.partition(), ends.merge(each.partition(), 2L, Long::sum) - 2, each.logTimeMs()))
                .toList();
    }

    private Arrival at(int otherPartition, long otherOffset, long otherTimeMs) {
        return new Arrival(event, otherPartition, otherOffset, readAt, otherTimeMs, genuine, lie, traits);
    }

    /** Read in this order from one partition of another topic, which tells where each stands, and what the rule needs. */
    static List<Arrival> broughtTogether(List<Arrival> arrivals, PairRule rule) {
        long[] readAt = {0};
        return arrivals.stream()
                .map(each -> new Arrival(
                        each.event,
                        each.partition,
                        each.offset,
                        READ_STEP * readAt[0]++,
                        each.logTimeMs,
                        each.genuine,
                        each.lie,
                        rule.traits(each.event)))
                .toList();
    }

    /** Tells an engine. */
    Outcome tell(OrderEngine engine) {
        Message message = Message.of(event);
        Position source = new Position("events", partition, offset);
        return engine.arrive(
                new Message(event, message.content(), message.mayLeaveNumbersOut(), Optional.of(source), traits),
                readAt,
                logTimeMs);
    }

    private static Optional<Arrival> lie(Arrival latest, Random random) {
        Event event = latest.event();
        if (latest.genuine().isEmpty()) {
            return Optional.empty();
        }
        return switch (random.nextInt(3)) {
            case 0 ->
                Optional.of(latest.as(
                        changed(event, event.process(), event.counter(), "another payload"), Kind.DOT_REUSED));
            case 1 -> fallen(event).map(changed -> latest.as(changed, Kind.CLOCK_REGRESSED));
            default ->
                Optional.of(latest.as(
                        changed(event, event.process(), event.counter() + 5_000_000, "from the future"),
                        Kind.CLOCK_TOO_FAR));
        };
    }

    /** A next event that knows less of another process, but not nothing. */
    private static Optional<Event> fallen(Event event) {
        return event.clock().orElseThrow().entries().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(event.process()) && entry.getValue() > 1)
                .findFirst()
                .map(entry -> changed(
                        changed(event, event.process(), event.counter() + 1_000, "forgetful"),
                        entry.getKey(),
                        entry.getValue() - 1,
                        "forgetful"));
    }

    private Arrival as(Event other, Kind kind) {
        return new Arrival(
                other, partition, offset, readAt, logTimeMs, Optional.empty(), Optional.of(kind), Optional.empty());
    }

    private static Event changed(Event event, ProcessId process, long entry, String payload) {
        Map<ProcessId, Long> entries = new HashMap<>(event.clock().orElseThrow().entries());
        entries.put(process, entry);
        return new Event(
                event.process(),
                process.equals(event.process()) ? entry : event.counter(),
                Optional.of(VectorClock.of(entries)),
                event.lamport(),
                event.key(),
                payload,
                event.publishedAtMs(),
                event.kind());
    }
}
