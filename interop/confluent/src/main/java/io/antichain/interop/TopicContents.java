package io.antichain.interop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What stands in the four topics of Avro values, and how it holds against the definition. */
final class TopicContents {
    private final CheckSettings settings;
    private final PublishedEvents events = new PublishedEvents();
    private final Checkpoints checkpoints = new Checkpoints();
    private final ReportedConflicts conflicts = new ReportedConflicts();
    private final List<ValueFields> anomalies = new ArrayList<>();
    private final Map<String, Map<Integer, Schema>> schemasById = new TreeMap<>();

    TopicContents(CheckSettings settings) {
        this.settings = settings;
    }

    static List<String> names() {
        return List.of("events", "clocks", "conflicts", "anomalies");
    }

    void add(ConsumerRecord<String, IdentifiedValue> read) {
        String name = read.topic().substring(settings.topicPrefix().length());
        if (read.value() == null) {
            throw new DifferenceException("A record has no value: topic=" + read.topic() + ", offset=" + read.offset());
        }
        schemasById
                .computeIfAbsent(name, n -> new TreeMap<>())
                .put(read.value().schemaId(), read.value().value().getSchema());
        switch (name) {
            case "events" -> events.add(read);
            case "clocks" -> checkpoints.add(read);
            case "conflicts" -> conflicts.add(read);
            default -> anomalies.add(ValueFields.of(read));
        }
    }

    PublishedEvents events() {
        return events;
    }

    /** Whether a pair stands in a record. */
    boolean reports(String pair) {
        return conflicts.against(events).pairs().contains(pair);
    }

    /** What is not as it must be; none if everything fits. */
    List<String> faults() {
        Set<String> expected = events.concurrentPairs();
        ReportedConflicts.Report report = conflicts.against(events);
        List<String> faults = new ArrayList<>(events.faults());
        faults.addAll(checkpoints.faults(events));
        faults.addAll(report.faults());
        difference(expected, report.pairs()).forEach(pair -> faults.add("A concurrent pair is not reported: " + pair));
        difference(report.pairs(), expected).forEach(pair -> faults.add("A reported pair is not concurrent: " + pair));
        return faults;
    }

    /** The anomalies about a process. */
    List<String> anomaliesOf(String process) {
        return anomalies.stream()
                .filter(anomaly -> !anomaly.isNull("event")
                        && anomaly.record("event").text("process").equals(process))
                .map(anomaly -> anomaly.text("kind") + ", " + anomaly.text("sentence"))
                .toList();
    }

    /**
     * The schemas of all values are versions of their subjects.
     *
     * @throws DifferenceException if one is not
     * @throws IOException if no registry answers
     */
    void mustBeOfTheirSubjects() throws IOException {
        for (Map.Entry<String, Map<Integer, Schema>> read : schemasById.entrySet()) {
            String subject = settings.subject(read.getKey());
            for (Map.Entry<Integer, Schema> schema : read.getValue().entrySet()) {
                int id = Subject.idOf(settings, subject, schema.getValue());
                if (id != schema.getKey()) {
                    throw new DifferenceException("Values name another schema id than their subject: subject=" + subject
                            + ", in values=" + schema.getKey() + ", in the subject=" + id);
                }
            }
        }
    }

    @Override
    public String toString() {
        return "events=" + events.size() + " checkpoints=" + checkpoints.size() + " conflictRecords=" + conflicts.size()
                + " anomalies=" + anomalies.size() + " concurrentPairs="
                + events.concurrentPairs().size();
    }

    private static Set<String> difference(Set<String> of, Set<String> without) {
        Set<String> rest = new TreeSet<>(of);
        rest.removeAll(without);
        return rest;
    }
}
