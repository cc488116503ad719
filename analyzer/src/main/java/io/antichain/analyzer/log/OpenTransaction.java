package io.antichain.analyzer.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A transaction that nobody has committed or aborted, and that holds a partition: who reads committed records alone reads
 * nothing from its first record on, whoever wrote it.
 *
 * @param topic of the partition it holds
 * @param partition its number in the topic
 * @param offset of the transaction's first record there: the last stable offset
 * @param end the high watermark; {@code end - offset} offsets are held
 * @param producer who began it; empty where the broker does not say
 * @param unknownBecause why the producer or its transactional id is not known; blank where both are
 * @param bootstrapServers of the cluster, for the commands that end it
 */
public record OpenTransaction(
        String topic,
        int partition,
        long offset,
        long end,
        Optional<Producer> producer,
        String unknownBecause,
        String bootstrapServers) {
    /**
     * What the partition's leader knows of the producer, and the transaction's coordinator where it may be asked.
     *
     * @param id the producer id
     * @param lastRecordMs when it last wrote to the partition, ms since 1970 UTC
     * @param transactionalId empty if the coordinator names none to who asks
     * @param known what the coordinator knows of the transaction; empty also if it takes it for ended, as of one that hangs
     */
    public record Producer(long id, long lastRecordMs, Optional<String> transactionalId, Optional<Coordinated> known) {}

    /**
     * A transaction as its coordinator knows it.
     *
     * @param sinceMs when it began, ms since 1970 UTC
     * @param timeoutMs how long after that the broker aborts it by itself, ms
     */
    public record Coordinated(long sinceMs, long timeoutMs) {}

    /** The same with as many records behind it as there are by now. */
    OpenTransaction withEnd(long newEnd) {
        return new OpenTransaction(topic, partition, offset, newEnd, producer, unknownBecause, bootstrapServers);
    }

    /** When it began, or else was last written to. */
    public Optional<Instant> since() {
        return producer.map(
                by -> Instant.ofEpochMilli(by.known().map(Coordinated::sinceMs).orElse(by.lastRecordMs())));
    }

    /** What it does, whose it is, since when, and what to do, for people. */
    public String sentence() {
        List<String> values = new ArrayList<>();
        values.add("topic=" + topic);
        values.add("partition=" + partition);
        values.add("offset=" + offset);
        values.add("offsets held=" + (end - offset));
        producer.ifPresent(by -> {
            by.transactionalId().ifPresent(id -> values.add("transactional-id=" + id));
            values.add("producer-id=" + by.id());
            values.add((by.known().isPresent() ? "since=" : "last record=") + since().orElseThrow());
        });
        if (!unknownBecause.isBlank()) {
            values.add((producer.isPresent() ? "transactional-id" : "producer") + "=unknown (" + unknownBecause + ")");
        }
        return "An open transaction holds up all who read a partition: " + String.join(", ", values) + "; "
                + whatToDo("kafka-transactions.sh --bootstrap-server " + quoted(bootstrapServers));
    }

    private String whatToDo(String tool) {
        Optional<Coordinated> known = producer.flatMap(Producer::known);
        if (known.isPresent()) {
            String id = producer.flatMap(Producer::transactionalId).orElseThrow();
            return "commit or abort it in its program, or run " + tool + " forceTerminateTransaction --transactionalId "
                    + quoted(id) + "; the broker aborts it by itself at "
                    + Instant.ofEpochMilli(known.get().sinceMs() + known.get().timeoutMs());
        }
        String place = " --topic " + quoted(topic) + " --partition " + partition;
        return "look at it with " + tool + " describe-producers" + place + ", and if its program is gone, run " + tool
                + " abort" + place + " --start-offset " + offset;
    }

    /** As a shell takes it for one word: names in it are other people's. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9._:,\\[\\]-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
