package io.antichain.cli.verify;

import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import io.antichain.schemas.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The events of a log that can conflict, in columns: about 40 bytes an event, and one to four for each process. Each event
 * belongs to a group, within which events can conflict: all of a partition, or those of one key in a partition.
 */
public final class VerifiedLog {
    private final Scope scope;
    private final Map<ProcessId, Integer> numbers = new HashMap<>();
    private final List<ProcessId> processes = new ArrayList<>();
    private final Map<String, Integer> groups = new HashMap<>();
    final ClockRows clocks = new ClockRows();
    private final BitSet refused = new BitSet();
    private final Map<Integer, Long> ends = new HashMap<>();
    private final Map<Integer, Long> begins = new HashMap<>();
    private long[] dense = new long[8];
    private int size;
    int[] process = new int[1_024];
    int[] group = new int[1_024];
    int[] partition = new int[1_024];
    long[] counter = new long[1_024];
    long[] offset = new long[1_024];

    public VerifiedLog(Scope scope) {
        this.scope = scope;
    }

    Scope scope() {
        return scope;
    }

    /** The offset of a partition's oldest record: what stood before it was deleted. */
    public void begins(int partitionNumber, long oldestOffset) {
        begins.put(partitionNumber, oldestOffset);
    }

    /** The offset of the last record read of a partition: what came after it is not looked at. */
    public void ends(int partitionNumber, long lastOffset) {
        ends.put(partitionNumber, lastOffset);
    }

    /** Takes the next record of a partition. What is no event, or in no scope, is left out. */
    public void add(Event event, int partitionNumber, long recordOffset) {
        boolean inScope = event.kind() == Event.Kind.MESSAGE
                && event.clock().isPresent()
                && (scope == Scope.ALL || event.key().isPresent());
        if (!inScope) {
            return;
        }
        if (size == counter.length) {
            grow();
        }
        process[size] = number(event.process());
        group[size] = groups.computeIfAbsent(
                scope == Scope.ALL
                        ? "" + partitionNumber
                        : partitionNumber + "/" + event.key().orElseThrow(),
                name -> groups.size());
        partition[size] = partitionNumber;
        counter[size] = event.counter();
        offset[size] = recordOffset;
        append(event.clock().orElseThrow());
        size++;
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
        partition = Arrays.copyOf(partition, wider);
        counter = Arrays.copyOf(counter, wider);
        offset = Arrays.copyOf(offset, wider);
    }

    /** The analyzer says that it refused this record; it is left out. */
    public void refuse(int partitionNumber, long recordOffset) {
        int event = find(partitionNumber, recordOffset);
        if (event >= 0) {
            refused.set(event);
        }
    }

    /** The event that stands there, or -1. */
    int find(int partitionNumber, long recordOffset) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = partition[middle] != partitionNumber
                    ? Integer.compare(partition[middle], partitionNumber)
                    : Long.compare(offset[middle], recordOffset);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order > 0 ? middle - 1 : high;
        }
        return -1;
    }

    boolean isRefused(int event) {
        return refused.get(event);
    }

    /** How many records were refused that are events of the scope. */
    int refused() {
        return refused.cardinality();
    }

    /** How many events there are, those that were refused included: numbered from 0, by partition and offset. */
    int size() {
        return size;
    }

    Dot dot(int event) {
        return new Dot(processes.get(process[event]), counter[event]);
    }

    /** The process's number, or -1. */
    int processNumber(ProcessId id) {
        return numbers.getOrDefault(id, -1);
    }

    /** Whether the record was deleted before the log was read. */
    boolean isGone(int partitionNumber, long recordOffset) {
        return recordOffset < begins.getOrDefault(partitionNumber, 0L);
    }

    /** Whether the record came after the log was read. */
    boolean isLater(int partitionNumber, long recordOffset) {
        return recordOffset > ends.getOrDefault(partitionNumber, Long.MAX_VALUE);
    }
}
