package io.antichain.cli.doctor;

import io.antichain.schemas.Event;
import java.util.Set;
import java.util.TreeSet;

/** What was read of the processes of one name: each life of a service is a process, and they are counted together. */
public final class ProcessCounts {
    private final String name;
    private final Set<Integer> incarnations = new TreeSet<>();
    private final Set<String> topics = new TreeSet<>();
    private long records;
    private boolean knowsOthers;

    ProcessCounts(String name) {
        this.name = name;
    }

    void add(String topic, Event event) {
        incarnations.add(event.process().incarnation());
        topics.add(topic);
        records++;
        if (!knowsOthers) {
            event.clock()
                    .ifPresent(clock -> clock.forEach(
                            (process, counter) -> knowsOthers |= !process.name().equals(name)));
        }
    }

    public String name() {
        return name;
    }

    /** How many lives of this name have published: 1 or more. */
    public int lives() {
        return incarnations.size();
    }

    /** The topics that it publishes to. */
    public Set<String> topics() {
        return topics;
    }

    /** How many of its records were read. */
    public long records() {
        return records;
    }

    /** Whether no clock of it holds an entry of another name: what it was handed of others, if anything, it did not know. */
    public boolean readsNothing() {
        return !knowsOthers;
    }
}
