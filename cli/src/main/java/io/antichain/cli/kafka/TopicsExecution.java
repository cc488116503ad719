package io.antichain.cli.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.analyzer.decode.PayloadText;
import io.antichain.analyzer.log.SourceFigures;
import io.antichain.analyzer.logfile.LoggedEvent;
import io.antichain.analyzer.logfile.LoggedExecution;
import io.antichain.analyzer.logfile.SkipReason;
import io.antichain.analyzer.logfile.SkippedLines;
import io.antichain.clocks.StampHeader;
import io.antichain.schemas.Event;
import io.antichain.schemas.codec.KeyText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What stands in topics now, read as one execution: by a consumer in no group, so nothing is written. A partition is a file
 * ({@code orders-3}), and an offset a line. Memory: what is read, which is bounded by the caller.
 */
public final class TopicsExecution {
    private static final int TELL_EVERY = 100_000;

    /** Where an event stands in time; the order in which they are shown. */
    private record Timed(long timestampMs, LoggedEvent event) {}

    private final Cluster cluster;
    private final UndecodedRecords undecoded = new UndecodedRecords();
    private final TopicReader reader;
    private final PayloadText texts;
    private final long mostBytes;
    private final LongConsumer progress;

    private final List<Timed> events = new ArrayList<>();
    private final List<SkippedLines.Line> skipped = new ArrayList<>();
    private long skippedCount;
    private long bytes;
    private long read;
    private boolean isAnyByHeader;

    /**
     * A reader.
     *
     * @param mostBytes the most that may be read, in bytes of keys, values and headers
     * @param progress told now and then how many records were read
     */
    public TopicsExecution(Cluster cluster, long mostBytes, LongConsumer progress) {
        this.cluster = cluster;
        this.reader = new TopicReader(cluster, undecoded);
        this.texts = cluster.payloadText();
        this.mostBytes = mostBytes;
        this.progress = progress;
    }

    /**
     * Reads topics up to where they end now.
     *
     * @throws ClusterException if one does not exist, no broker answers, or they hold more than may be read
     */
    public LoggedExecution read(List<String> topics) {
        List<String> notes = new ArrayList<>();
        try (Deserializer<?> deserializer = cluster.deserializer()) {
            for (String topic : topics) {
                long stampedBefore = events.size();
                long[] unstamped = {0};
                reader.readBytesToEnd(topic, record -> unstamped[0] += take(record, deserializer) ? 0 : 1);
                new SourceFigures(events.size() - stampedBefore, unstamped[0])
                        .sentence(topic)
                        .ifPresent(notes::add);
            }
        }
        progress.accept(read);
        events.sort(Comparator.comparingLong(Timed::timestampMs));
        return new LoggedExecution(
                String.join(",", topics),
                events.stream().map(Timed::event).toList(),
                new SkippedLines(skippedCount, skipped),
                notes,
                isAnyByHeader);
    }

    /** Whether the record carries a stamp, or is an event of ours. */
    private boolean take(ConsumerRecord<byte[], byte[]> record, Deserializer<?> deserializer) {
        bound(record);
        if (++read % TELL_EVERY == 0) {
            progress.accept(read);
        }
        EventRecord found = EventRecord.of(record, cluster, reader, deserializer, texts::of);
        if (found instanceof EventRecord.Read one) {
            isAnyByHeader |= one.isByHeader();
            add(record, one.event());
        } else {
            skip(record, found instanceof EventRecord.Unstamped ? SkipReason.NO_STAMP : SkipReason.BAD_RECORD);
        }
        return !(found instanceof EventRecord.Unstamped);
    }

    private void add(ConsumerRecord<byte[], byte[]> record, Event event) {
        if (event.kind() != Event.Kind.MESSAGE) {
            return;
        }
        if (event.clock().isEmpty() || event.clock().get().get(event.process()) != event.counter()) {
            skip(record, event.clock().isEmpty() ? SkipReason.NO_CLOCK : SkipReason.COUNTER_MISMATCH);
            return;
        }
        JsonNodeFactory json = JsonNodeFactory.instance;
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        fields.put("topic", json.textNode(record.topic()));
        fields.put("partition", json.numberNode(record.partition()));
        fields.put("offset", json.numberNode(record.offset()));
        fields.put("timestamp", json.numberNode(record.timestamp()));
        event.key().or(() -> KeyText.of(record.key())).ifPresent(key -> fields.put("key", json.textNode(key)));
        headers(record).ifPresent(headers -> fields.put("headers", headers));
        events.add(new Timed(
                record.timestamp(),
                new LoggedEvent(
                        event.process(),
                        event.clock().get(),
                        event.payload(),
                        fields,
                        record.topic() + "-" + record.partition(),
                        line(record))));
    }

    /** Those of the record but its stamp, the last of each name, as text or hex. */
    private static Optional<JsonNode> headers(ConsumerRecord<byte[], byte[]> record) {
        ObjectNode headers = JsonNodeFactory.instance.objectNode();
        for (Header header : record.headers()) {
            if (!header.key().equals(StampHeader.NAME)) {
                headers.put(header.key(), KeyText.of(header.value()).orElse(null));
            }
        }
        return headers.isEmpty() ? Optional.empty() : Optional.of(headers);
    }

    private void skip(ConsumerRecord<byte[], byte[]> record, SkipReason reason) {
        skippedCount++;
        if (skipped.size() < SkippedLines.NAMED) {
            skipped.add(new SkippedLines.Line(record.topic() + "-" + record.partition(), line(record), reason));
        }
    }

    private static int line(ConsumerRecord<byte[], byte[]> record) {
        return (int) Math.min(record.offset(), Integer.MAX_VALUE);
    }

    private void bound(ConsumerRecord<byte[], byte[]> record) {
        bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
        for (Header header : record.headers()) {
            bytes += header.value() == null ? 0 : header.value().length;
        }
        if (bytes > mostBytes) {
            throw new ClusterException(
                    ClusterException.Kind.TOO_LARGE,
                    "The topics hold more than may be read: topic=" + record.topic() + ", records=" + read + ", bytes="
                            + bytes);
        }
    }
}
