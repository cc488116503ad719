package io.antichain.cli.verify;

import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import io.antichain.schemas.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What processes publish that deliver now and then, or never, through producers that overtake each other: with counters left
 * out, new lives, lies and repetitions, in several topics and partitions; and in which order it arrived.
 */
final class RandomLog {
    /** How far lies jump; honest clocks do not get so far. */
    static final long JUMP = 1_000;

    /** A record, and where it stands. */
    record Stored(Event event, String topic, int partition, long offset) {
        Position position() {
            return new Position(topic, partition, offset);
        }
    }

    private final Random random;
    private final int processes;
    private final ProcessId[] ids;
    private final VectorClock[] clocks;
    private final boolean[] isDeaf;
    private final int[] delivered;
    private final List<Event> published = new ArrayList<>();
    private final List<Stored> records = new ArrayList<>();
    private final List<Stored> arrived = new ArrayList<>();
    private final boolean hasLies;
    private final int repeatsWithin;

    /** @param topics how many; with several each holds all events */
    RandomLog(Random random, int topics, int partitions) {
        this.random = random;
        this.processes = 1 + random.nextInt(6);
        this.ids = IntStream.range(0, processes)
                .mapToObj(i -> ProcessId.of("p" + i))
                .toArray(ProcessId[]::new);
        this.clocks = new VectorClock[processes];
        this.isDeaf = new boolean[processes];
        this.delivered = new int[processes];
        this.hasLies = random.nextInt(3) == 0;
        this.repeatsWithin = random.nextInt(3) == 0 ? Integer.MAX_VALUE : 5;
        Arrays.fill(clocks, VectorClock.empty());
        for (int i = 0; i < processes; i++) {
            isDeaf[i] = random.nextInt(6) == 0;
        }
        for (int steps = 20 + random.nextInt(160); steps > 0; steps--) {
            step(random.nextInt(processes));
        }
        store(topics, partitions);
        arrive();
    }

    /** By topic, partition and offset. */
    List<Stored> records() {
        return records;
    }

    /** The same in an order that keeps that of each partition. */
    List<Stored> arrived() {
        return arrived;
    }

    private void step(int process) {
        if (random.nextBoolean() && !isDeaf[process]) {
            for (int n = random.nextInt(8); n > 0 && delivered[process] < published.size(); n--) {
                Event event = published.get(delivered[process]++);
                clocks[process] = clocks[process].merge(event.clock().orElseThrow());
            }
            return;
        }
        if (random.nextInt(40) == 0) {
            ids[process] = new ProcessId(ids[process].name(), ids[process].incarnation() + 1);
        }
        ProcessId id = ids[process];
        for (int ticks = random.nextInt(15) == 0 ? 3 : 1; ticks > 0; ticks--) {
            clocks[process] = clocks[process].tick(id);
        }
        published.add(event(id, clocks[process].get(id), clocks[process]));
    }

    private Event event(ProcessId id, long counter, VectorClock clock) {
        return new Event(
                id,
                counter,
                Optional.of(clock),
                LamportTimestamp.ZERO,
                random.nextInt(10) == 0 ? Optional.empty() : Optional.of("key-" + random.nextInt(4)),
                "",
                0,
                Event.Kind.MESSAGE);
    }

    /** Each event with a lie in the place of some, where records of one process may overtake each other. */
    private List<Event> written() {
        List<Event> written = new ArrayList<>();
        List<Event> pending = new ArrayList<>();
        for (Event event : published) {
            pending.add(hasLies && random.nextInt(15) == 0 ? lie(event) : event);
            while (pending.size() > 4 || !pending.isEmpty() && random.nextInt(10) < 7) {
                written.add(pending.remove(random.nextInt(pending.size())));
            }
            if (random.nextInt(20) == 0 && !written.isEmpty()) {
                written.add(written.get(written.size() - 1 - random.nextInt(Math.min(repeatsWithin, written.size()))));
            }
        }
        written.addAll(pending);
        return written;
    }

    private Event lie(Event event) {
        Map<ProcessId, Long> entries = new TreeMap<>(event.clock().orElseThrow().entries());
        List<ProcessId> named = new ArrayList<>(entries.keySet());
        ProcessId chosen = named.get(random.nextInt(named.size()));
        switch (random.nextInt(3)) {
            case 0 -> entries.put(chosen, entries.get(chosen) + 10 * JUMP);
            case 1 -> entries.put(chosen, 1L + random.nextInt((int) Math.min(5, entries.get(chosen))));
            default -> entries.put(event.process(), event.counter() + 1);
        }
        return event(event.process(), event.counter(), VectorClock.of(entries));
    }

    private void store(int topics, int partitions) {
        List<Event> written = written();
        for (int topic = 0; topic < topics; topic++) {
            List<Event> mirrored = new ArrayList<>(written);
            for (int i = 1; topic > 0 && i < mirrored.size(); i++) {
                mirrored.add(Math.max(0, i - random.nextInt(6)), mirrored.remove(i));
            }
            for (int partition = 0; partition < partitions; partition++) {
                long offset = topic;
                for (Event event : mirrored) {
                    int home = partitions == 1 ? 0 : Math.abs(event.key().hashCode() % partitions);
                    if (home == partition) {
                        records.add(new Stored(event, "topic-" + topic, partition, offset += 2));
                    }
                }
            }
        }
    }

    private void arrive() {
        Map<String, List<Stored>> waiting = new TreeMap<>();
        records.forEach(
                stored -> waiting.computeIfAbsent(stored.topic() + "/" + stored.partition(), place -> new ArrayList<>())
                        .add(stored));
        List<List<Stored>> sources = new ArrayList<>(waiting.values());
        while (!sources.isEmpty()) {
            List<Stored> source = sources.get(random.nextInt(sources.size()));
            for (int n = 1 + random.nextInt(6); n > 0 && !source.isEmpty(); n--) {
                arrived.add(source.remove(0));
            }
            sources.remove(source.isEmpty() ? source : List.of());
        }
    }
}
