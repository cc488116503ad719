package io.antichain.cli.doctor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was read of a cluster: told topic by topic, then asked by the checks. */
public final class Survey {
    private final Thresholds thresholds;
    private final List<String> missing = new ArrayList<>();
    private final List<TopicCounts> topics = new ArrayList<>();
    private final SortedMap<String, ProcessCounts> processes = new TreeMap<>();

    public Survey(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    /** That a topic does not exist. */
    public void missing(String topic) {
        missing.add(topic);
    }

    /** Begins a topic that does, whose records are told to what this returns. */
    public TopicCounts begin(String topic) {
        TopicCounts counts = new TopicCounts(topic, thresholds, this::process);
        topics.add(counts);
        return counts;
    }

    private ProcessCounts process(String name) {
        return processes.computeIfAbsent(name, ProcessCounts::new);
    }

    public Thresholds thresholds() {
        return thresholds;
    }

    /** The names of topics that do not exist. */
    public List<String> missing() {
        return missing;
    }

    /** The topics that exist, as they were told. */
    public List<TopicCounts> topics() {
        return topics;
    }

    /** Those whose stamps were read, in the order of their names. */
    public Collection<ProcessCounts> processes() {
        return processes.values();
    }
}
