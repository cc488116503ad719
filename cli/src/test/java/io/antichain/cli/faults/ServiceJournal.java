package io.antichain.cli.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What one life of a service notes beside Kafka, without a look at any stamp: a line each, words separated by blanks. A line is
 * with the operating system before the next thing happens, so a kill loses none; what counts is what a life did after a line.
 */
final class ServiceJournal implements AutoCloseable {
    private final OutputStream file;
    private int commits;

    ServiceJournal(Path path) throws IOException {
        this.file = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW);
    }

    /** A place in the log: {@code orders-0@15}. */
    static String place(TopicPartition partition, long offset) {
        return partition + "@" + offset;
    }

    private static String place(ConsumerRecord<?, ?> record) {
        return place(new TopicPartition(record.topic(), record.partition()), record.offset());
    }

    /** A poll returned these. */
    void polled(Iterable<? extends ConsumerRecord<?, ?>> records) {
        write("polled "
                + StreamSupport.stream(records.spliterator(), false)
                        .map(ServiceJournal::place)
                        .collect(Collectors.joining(" ")));
    }

    /** The application was handed this one. */
    void handed(ConsumerRecord<?, ?> record) {
        write("handed " + place(record));
    }

    /** Where the topic ended before the first record was sent to it. */
    void endsBefore(String topic, Map<TopicPartition, Long> ends) {
        write("ends-before " + topic + pairs(ends));
    }

    /** Where it ended once that record had been sent. */
    void endsAfter(String topic, Map<TopicPartition, Long> ends) {
        write("ends-after " + topic + pairs(ends));
    }

    /** A record is about to be sent. */
    void sent(String value) {
        write("sent " + value);
    }

    /** A record stands in the log, as its producer says. */
    void acknowledged(String value) {
        write("acknowledged " + value);
    }

    /** A producer gave a record up; it may stand in the log all the same. */
    void failed(String value, Exception failure) {
        write("failed " + value + " " + failure.getClass().getSimpleName());
    }

    /** A transaction was aborted. */
    void aborted() {
        write("aborted");
    }

    /** Partitions were assigned, with these offsets committed; −1 for none. */
    void assigned(int generation, Map<TopicPartition, Long> offsets) {
        write("assigned " + generation + pairs(offsets));
    }

    /** These offsets are about to be committed; answers with the attempt's number. */
    int committing(Map<TopicPartition, Long> offsets) {
        commits++;
        write("committing " + commits + pairs(offsets));
        return commits;
    }

    /** They are committed. */
    void committed(int attempt) {
        write("committed " + attempt);
    }

    /** They were surely not. */
    void notCommitted(int attempt) {
        write("not-committed " + attempt);
    }

    private static String pairs(Map<TopicPartition, Long> offsets) {
        Map<String, Long> sorted = new TreeMap<>();
        offsets.forEach((partition, offset) -> sorted.put(partition.toString(), offset));
        return sorted.entrySet().stream()
                .map(entry -> " " + entry.getKey() + "@" + entry.getValue())
                .collect(Collectors.joining());
    }

    private synchronized void write(String line) {
        try {
            file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
