package io.antichain.schemas;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;

/** Values of every kind drawn from one seeded source, with the extremes of each range among them. */
public final class RandomValues {
    private final Random random;

    public RandomValues(long seed) {
        this.random = new Random(seed);
    }

    public Event event() {
        Event.Kind kind = oneOf(Event.Kind.values());
        long counter = kind == Event.Kind.MESSAGE ? counter() : counter() - 1;
        return new Event(process(), counter, maybe(this::clock), lamport(), maybe(this::text), text(), atMs(), kind);
    }

    public ClockCheckpoint checkpoint() {
        Map<Integer, Long> positions = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            positions.put(random.nextBoolean() ? i : Integer.MAX_VALUE - i, offset());
        }
        return new ClockCheckpoint(
                process(),
                clock(),
                lamport(),
                positions,
                random.nextBoolean(),
                random.nextBoolean() ? "" : "topic-" + random.nextInt(),
                random.nextInt(Integer.MAX_VALUE));
    }

    public Conflict conflict() {
        EventRef event = eventRef();
        List<Run> runs = list(() -> run(event.dot().counter()));
        boolean complete = random.nextBoolean();
        Scope scope = oneOf(Scope.values());
        return new Conflict(
                scope,
                scope == Scope.KEY ? Optional.of(text()) : Optional.empty(),
                runs.isEmpty() ? Conflict.Status.RESOLVED : Conflict.Status.CONCURRENT,
                event,
                runs,
                list(() -> new Dot(process(), counter())),
                list(this::eventRef),
                complete,
                complete || random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(atMs()),
                random.nextInt(4) > 0 ? 1 : 2,
                2);
    }

    public Anomaly anomaly() {
        Map<String, String> evidence = new HashMap<>();
        list(this::text).forEach(name -> evidence.put(name, text()));
        return new Anomaly(written(oneOf(Anomaly.Kind.values())), maybe(this::eventRef), text(), evidence);
    }

    private static Anomaly.Kind written(Anomaly.Kind kind) {
        return kind == Anomaly.Kind.OBSOLETE ? Anomaly.Kind.GAP : kind;
    }

    private EventRef eventRef() {
        return new EventRef(new Dot(process(), counter()), position(Integer.MAX_VALUE), clock(), lamport(), atMs());
    }

    private Run run(long eventCounter) {
        long first = 1L + random.nextInt(1_000);
        List<Long> counters = new ArrayList<>(List.of(first));
        boolean consecutive = random.nextBoolean();
        for (int i = random.nextInt(20); i > 0; i--) {
            counters.add(counters.get(counters.size() - 1) + (consecutive ? 1 : 1 + random.nextInt(3)));
        }
        long last = counters.get(counters.size() - 1);
        Position at = position(16);
        return new Run(
                process(),
                first,
                last,
                at,
                random.nextBoolean() ? new Position(at.topic(), at.partition(), offset()) : position(16),
                counters.size(),
                random.nextLong(eventCounter),
                consecutive ? List.of() : counters);
    }

    private Position position(int partitions) {
        return new Position(
                List.of("", "orders", "stock", "antichain.events").get(random.nextInt(4)),
                random.nextInt(partitions),
                offset());
    }

    private ProcessId process() {
        return new ProcessId(
                List.of("node-1", "node-2", "приёмник", "a=b/{c}", "😀").get(random.nextInt(5)),
                random.nextInt(4) == 0 ? 1 + random.nextInt(ProcessId.MAX_INCARNATION) : 0);
    }

    private VectorClock clock() {
        Map<ProcessId, Long> entries = new HashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            entries.put(process(), counter() - 1);
        }
        return VectorClock.of(entries);
    }

    private long counter() {
        return random.nextInt(8) == 0 ? Dot.MAX_COUNTER - random.nextInt(2) : 1 + random.nextLong(100);
    }

    private long offset() {
        return random.nextInt(8) == 0 ? Long.MAX_VALUE : random.nextInt(1_000);
    }

    private long atMs() {
        return random.nextInt(8) == 0 ? random.nextLong() : 1_700_000_000_000L + random.nextInt();
    }

    private LamportTimestamp lamport() {
        return new LamportTimestamp(counter() - 1);
    }

    private String text() {
        return random.ints(random.nextInt(12), 0, 0x11000)
                .filter(character -> character < 0xD800 || character > 0xDFFF)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private <T> T oneOf(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> List<T> list(Supplier<T> item) {
        List<T> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(item.get());
        }
        return items;
    }
}
