package io.antichain.analyzer.order;

import io.antichain.schemas.SourcePartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The partitions that events stand in, numbered from 0 as they become known: first the one that the engine reads. */
final class SourcePartitions {
    private final Map<SourcePartition, Integer> numbers = new HashMap<>();
    private List<SourcePartition> named = List.of();

    /** The partition's number; a new one if it has none. */
    int number(SourcePartition partition) {
        Integer number = numbers.get(partition);
        if (number == null) {
            number = named.size();
            numbers.put(partition, number);
            List<SourcePartition> more = new ArrayList<>(named);
            more.add(partition);
            named = List.copyOf(more);
        }
        return number;
    }

    /** All, by number; never changes. */
    List<SourcePartition> named() {
        return named;
    }

    void write(FrontierWriter out) {
        out.number(named.size());
        for (SourcePartition partition : named) {
            out.text(partition.topic());
            out.number(partition.partition());
        }
    }

    static SourcePartitions read(FrontierReader in) {
        SourcePartitions read = new SourcePartitions();
        for (int left = in.count(); left > 0; left--) {
            read.number(new SourcePartition(in.text(), in.count()));
        }
        return read;
    }
}
