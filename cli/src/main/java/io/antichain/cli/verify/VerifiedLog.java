package io.antichain.cli.verify;

import io.antichain.analyzer.order.Message;
import io.antichain.analyzer.order.Traits;
import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Event;
import io.antichain.schemas.Position;
import io.antichain.schemas.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What stands in the log, in columns of which a row is one message: about 80 bytes each with what is made of them, and one to
 * four for each process. Rows are numbered from 0, by the partition that they were read from, and their offset there.
 *
 * <p>Each belongs to a <em>group</em>, within which events can conflict (all, or those of one partition with one key), and to
 * a partition that one engine reads, in which they stand in the order of arrival.
 */
public final class VerifiedLog {
    private static final int IN_NO_GROUP = -1;
    private static final Set<Anomaly.Kind> REFUSALS = EnumSet.of(
            Anomaly.Kind.DUPLICATE,
            Anomaly.Kind.DOT_REUSED,
            Anomaly.Kind.CLOCK_REGRESSED,
            Anomaly.Kind.OWN_ENTRY_MISMATCH,
            Anomaly.Kind.NO_VECTOR_CLOCK,
            Anomaly.Kind.CLOCK_TOO_WIDE,
            Anomaly.Kind.CLOCK_TOO_FAR);

    private final Scope scope;
    private final VerifyLimits limits;
    private final Map<ProcessId, Integer> numbers = new HashMap<>();
    private final List<ProcessId> processes = new ArrayList<>();
    private final Map<String, Integer> groups = new HashMap<>();
    private final List<ReadPartition> partitions = new ArrayList<>();
    /** Where the events stand; null where they are read there. */
    private PlacedRows placed;

    final BitSet setAside = new BitSet();
    private final Map<Integer, Anomaly.Kind> refusals = new HashMap<>();
    private long[] dense = new long[8];
    private int size;
    /** The index of the partition that records are taken of. */
    private int adding;

    final ClockRows clocks = new ClockRows();

    /** Rows whose own entry is not their counter. */
    final BitSet impossible = new BitSet();

    int[] process = new int[1_024];
    int[] group = new int[1_024];
    long[] counter = new long[1_024];
    private long[] offset = new long[1_024];
    /** Which of them are pairs that count. */
    final PairRows pairs = new PairRows();

    public VerifiedLog(Scope scope, VerifyLimits limits) {
        this.scope = scope;
        this.limits = limits;
    }

    Scope scope() {
        return scope;
    }

    VerifyLimits limits() {
        return limits;
    }

    /** Names a partition; retention has deleted what stood before {@code oldest}. */
    public void begin(String topic, int partition, long oldest) {
        partitions.add(new ReadPartition(topic, partition, oldest));
    }

    /**
     * Takes the next record of a partition, one partition after the other, as they were begun. What is no event is left out.
     *
     * @param eventTraits what conditions on pairs need to know of it
     */
    public void add(Event event, String topic, int partition, long recordOffset, Optional<Traits> eventTraits) {
        while (!partitions.get(adding).topic.equals(topic) || partitions.get(adding).partition != partition) {
            partitions.get(++adding).firstRow = size;
            partitions.get(adding).endRow = size;
        }
        ReadPartition read = partitions.get(adding);
        read.last = recordOffset;
        if (event.kind() != Event.Kind.MESSAGE || event.clock().isEmpty()) {
            return;
        }
        if (size == counter.length) {
            grow();
        }
        VectorClock clock = event.clock().orElseThrow();
        process[size] = number(event.process());
        group[size] = group(event, read.partition);
        counter[size] = event.counter();
        offset[size] = recordOffset;
        impossible.set(size, clock.get(event.process()) != event.counter());
        append(clock);
        eventTraits.ifPresent(found -> pairs.put(size, found));
        read.endRow = ++size;
    }

    /** Takes the next record of a topic that brings others together. What it says of conditions on pairs is not believed. */
    public void add(Message message, String topic, int partition, long recordOffset) {
        placed = placed == null ? new PlacedRows() : placed;
        placed.add(message.at().orElseThrow(), size);
        add(message.event(), topic, partition, recordOffset, Optional.empty());
    }

    private int group(Event event, int partition) {
        if (scope == Scope.KEY && event.key().isEmpty()) {
            return IN_NO_GROUP;
        }
        String name = scope == Scope.ALL ? "" : partition + "/" + event.key().orElseThrow();
        return groups.computeIfAbsent(name, unknown -> groups.size());
    }

    private void append(VectorClock clock) {
        Arrays.fill(dense, 0);
        clock.forEach((id, entry) -> {
            int number = number(id);
            if (number >= dense.length) {
                dense = Arrays.copyOf(dense, 2 * number);
            }
            dense[number] = entry;
        });
        int length = Math.min(dense.length, processes.size());
        while (length > 0 && dense[length - 1] == 0) {
            length--;
        }
        clocks.append(dense, length);
    }

    private int number(ProcessId id) {
        Integer known = numbers.putIfAbsent(id, processes.size());
        if (known != null) {
            return known;
        }
        processes.add(id);
        return processes.size() - 1;
    }

    private void grow() {
        int wider = 2 * size;
        process = Arrays.copyOf(process, wider);
        group = Arrays.copyOf(group, wider);
        counter = Arrays.copyOf(counter, wider);
        offset = Arrays.copyOf(offset, wider);
    }

    /** What the analyzer says of an event: some kinds say that it left it out. */
    public void doubt(Anomaly anomaly) {
        if (REFUSALS.contains(anomaly.kind())) {
            anomaly.event().ifPresent(event -> {
                IntStream rows = rows(event.dot(), event.at());
                rows.forEach(row -> refusals.put(row, anomaly.kind()));
            });
        }
    }

    /** The analyzer could not read this record and set it aside. */
    public void setAside(String topic, int partition, long recordOffset) {
        for (ReadPartition read : partitions) {
            int row = read.topic.equals(topic) && read.partition == partition ? find(read, recordOffset) : -1;
            if (row >= 0) {
                setAside.set(row);
            }
        }
    }

    boolean isSetAside(int row) {
        return setAside.get(row);
    }

    /** Why the analyzer refused the event, or null. */
    Anomaly.Kind refusal(int row) {
        return refusals.get(row);
    }

    /** Takes what conditions on pairs need to know of an event, from its own record. */
    public void learn(Dot dot, Position at, Traits eventTraits) {
        rows(dot, at).forEach(row -> pairs.put(row, eventTraits));
    }

    /** Whether the event that stands there was brought over, or what was may have been deleted since. */
    public boolean accountsFor(Dot dot, Position at) {
        return find(dot, at) >= 0 || isGone(at);
    }

    /** The row of the event that stands there, or -1. */
    int find(Dot dot, Position at) {
        return rows(dot, at).findFirst().orElse(-1);
    }

    private IntStream rows(Dot dot, Position at) {
        if (placed != null) {
            return IntStream.of(placed.find(at)).filter(row -> row >= 0 && dot(row).equals(dot));
        }
        return partitions.stream()
                .filter(read -> read.holds(at))
                .mapToInt(read -> find(read, at.offset()))
                .filter(row -> row >= 0 && dot(row).equals(dot));
    }

    private int find(ReadPartition read, long recordOffset) {
        int row = Arrays.binarySearch(offset, read.firstRow, read.endRow, recordOffset);
        return row >= 0 ? row : -1;
    }

    /** The number of the partition that the record stands in, of all that were begun. */
    int readPartition(int row) {
        int index = 0;
        while (row >= partitions.get(index).endRow) {
            index++;
        }
        return index;
    }

    /** Whether the record's partition has lost its beginning. */
    boolean isCut(int row) {
        return partitions.get(readPartition(row)).oldest > 0;
    }

    int size() {
        return size;
    }

    /** The processes by number. */
    List<ProcessId> processes() {
        return processes;
    }

    boolean isInScope(int row) {
        return group[row] != IN_NO_GROUP;
    }

    Dot dot(int row) {
        return new Dot(processes.get(process[row]), counter[row]);
    }

    /** The process's number, or -1. */
    int processNumber(ProcessId id) {
        return numbers.getOrDefault(id, -1);
    }

    /** Whether a record there may have been deleted before the log was read. */
    boolean isGone(Position at) {
        if (placed != null) {
            return placed.isBefore(at) && partitions.stream().anyMatch(read -> read.oldest > 0);
        }
        return partitions.stream().anyMatch(read -> read.holds(at) && at.offset() < read.oldest);
    }

    /** Whether a record there may have come after the log was read. */
    boolean isLater(Position at) {
        if (placed != null) {
            return placed.isAfter(at);
        }
        return partitions.stream()
                .anyMatch(read -> read.holds(at) && at.offset() >= read.oldest && at.offset() > read.last);
    }
}
