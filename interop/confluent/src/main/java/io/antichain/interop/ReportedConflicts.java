package io.antichain.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The records of the conflicts topic in scope all, as far as they were read. */
final class ReportedConflicts {

    private record Reported(String key, ValueFields conflict) {}

    /** What the records say, and what is wrong with them. */
    record Report(Set<String> pairs, List<String> faults) {}

    private final List<Reported> records = new ArrayList<>();

    void add(ConsumerRecord<String, IdentifiedValue> read) {
        ValueFields conflict = ValueFields.of(read);
        if (conflict.text("scope").equals("ALL")) {
            records.add(new Reported(read.key(), conflict));
        }
    }

    int size() {
        return records.size();
    }

    /** Holds every record against the events that it names. */
    Report against(PublishedEvents events) {
        Report report = new Report(new TreeSet<>(), new ArrayList<>());
        for (Reported record : records) {
            check(record, events, report);
        }
        return report;
    }

    private static void check(Reported record, PublishedEvents events, Report report) {
        ValueFields conflict = record.conflict();
        ValueFields ref = conflict.record("event");
        String dot = PublishedEvent.dot(ref.text("process"), ref.number("counter"));
        String id = "all/" + dot + (conflict.number("part") > 1 ? "/" + conflict.number("part") : "");
        if (!conflict.text("id").equals(id)) {
            report.faults()
                    .add("A record's id is not its scope and event: id=" + conflict.text("id") + ", event=" + dot);
        }
        if (!dot.equals(record.key())) {
            report.faults().add("A record's key is not its event: record=" + id + ", key=" + record.key());
        }
        PublishedEvent event =
                events.find(ref.text("process"), ref.number("counter")).orElse(null);
        if (event == null
                || !isWhere(event, ref.number("partition"), ref.number("offset"))
                || !event.clock().equals(ref.counters("clock"))
                || event.lamport() != ref.number("lamport")) {
            report.faults()
                    .add("A record's event is not the one in the topic: record=" + id + ", in the topic=" + event);
            return;
        }
        long pairs = 0;
        for (ValueFields run : conflict.records("runs")) {
            pairs += run.number("length");
            checkRun(id, event, run, events, report);
        }
        if (pairs != conflict.number("pairs")) {
            report.faults()
                    .add("A record's pairs are not the sum of its runs' lengths: record=" + id + ", pairs="
                            + conflict.number("pairs") + ", sum=" + pairs);
        }
    }

    private static void checkRun(
            String id, PublishedEvent event, ValueFields run, PublishedEvents events, Report report) {
        String process = run.text("process");
        long first = run.number("firstCounter");
        long last = run.number("lastCounter");
        long lastPartition = run.number(run.isNull("lastPartition") ? "partition" : "lastPartition");
        boolean isPlaced = events.find(process, first)
                        .filter(e -> isWhere(e, run.number("partition"), run.number("firstOffset")))
                        .isPresent()
                && events.find(process, last)
                        .filter(e -> isWhere(e, lastPartition, run.number("lastOffset")))
                        .filter(e -> e.entry(event.process()) == run.number("witness"))
                        .isPresent();
        if (!isPlaced || run.number("length") != last - first + 1 || run.number("witness") >= event.counter()) {
            report.faults().add("A run does not fit the events that it names: record=" + id + ", run=" + run.value());
        }
        for (long counter = first; counter <= last; counter++) {
            String member = PublishedEvent.dot(process, counter);
            if (events.find(process, counter).isEmpty()) {
                report.faults()
                        .add("A run holds an event that is not in the topic: record=" + id + ", event=" + member);
            }
            if (!report.pairs().add(PublishedEvents.pair(event.dot(), member))) {
                report.faults().add("A pair is reported twice: record=" + id + ", other=" + member);
            }
        }
    }

    private static boolean isWhere(PublishedEvent event, long partition, long offset) {
        return event.partition() == partition && event.offset() == offset;
    }
}
