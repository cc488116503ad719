package io.antichain.analyzer.stream;

import io.antichain.analyzer.decode.Decoded;
import io.antichain.analyzer.decode.OrderRecord;
import io.antichain.analyzer.decode.RecordDecoder;
import io.antichain.analyzer.log.EventLog;
import io.antichain.analyzer.restore.Reminders;
import io.antichain.schemas.Event;
import io.antichain.schemas.Position;
import io.antichain.schemas.Scope;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The first stage, where no task sees all that can conflict: decodes each record of a source, and forwards its stamp to the topic
 * that brings the sources together. Holds nothing but positions, so any instance takes over from any other.
 */
final class SourceProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Duration CHECK_EVERY = Duration.ofSeconds(1);

    private final Scope scope;
    private final EventLog log;
    private final RecordDecoder decoder;
    private final ConflictEncoder encoder;
    private final AnalyzerMetrics metrics;
    private final Reminders reminders = new Reminders();
    /** By partition: the offset of the next record. */
    private final Map<TopicPartition, Long> next = new HashMap<>();

    private ProcessorContext<byte[], byte[]> context;
    private Output output;
    private OffsetJumps jumps;

    SourceProcessor(
            Scope scope, EventLog log, RecordDecoder decoder, ConflictEncoder encoder, AnalyzerMetrics metrics) {
        this.scope = scope;
        this.log = log;
        this.decoder = decoder;
        this.encoder = encoder;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.output = new Output(context, encoder, metrics, Output.SOURCE);
        this.jumps = new OffsetJumps(log, output, this::tellDeleted);
        next.clear();
        context.schedule(CHECK_EVERY, PunctuationType.WALL_CLOCK_TIME, jumps::check);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        TopicPartition partition = new TopicPartition(metadata.topic(), metadata.partition());
        Decoded decoded = decoder.decode(
                metadata.topic(), record.key(), record.value(), record.headers(), record.timestamp(), output.began());
        jumps.note(metadata, next(partition, record.timestamp()), record.timestamp());
        if (decoded instanceof Decoded.Admitted admitted) {
            forward(admitted, metadata, record.timestamp());
        } else if (decoded instanceof Decoded.Doubted doubted) {
            output.doubted(doubted, position(metadata), record.timestamp(), reminders);
        } else if (decoded instanceof Decoded.Undecodable undecodable) {
            output.deadLetter(record, metadata, undecodable);
        }
        boolean isStamped = !(decoded instanceof Decoded.Unstamped);
        metrics.read(metadata.topic(), isStamped ? 1 : 0, isStamped ? 0 : 1);
        metrics.offset(partition).lazySet(metadata.offset());
        next.put(partition, metadata.offset() + 1);
    }

    /** The offset that was to come next; with the first record of all, what retention deleted before it is told. */
    private long next(TopicPartition partition, long timestampMs) {
        Long known = next.get(partition);
        if (known != null) {
            return known;
        }
        long committed = log.committed(partition.topic(), partition.partition());
        if (committed > 0) {
            return committed;
        }
        long earliest = log.earliest(partition.topic(), partition.partition());
        if (earliest > 0) {
            tellDeleted(new Position(partition.topic(), partition.partition(), earliest), earliest, timestampMs);
        }
        return earliest;
    }

    /** In scope key a message without a key is in no conflict, and goes no further. */
    private void forward(Decoded.Admitted admitted, RecordMetadata metadata, long timestampMs) {
        Event event = admitted.event();
        if (admitted.isStampRepeated()) {
            output.stampRepeated(event, position(metadata), timestampMs);
        }
        if (event.kind() == Event.Kind.MESSAGE
                && (scope == Scope.ALL || event.key().isPresent())) {
            output.order(
                    OrderRecord.key(event), OrderRecord.placed(admitted.message(), position(metadata)), timestampMs);
        }
    }

    private void tellDeleted(Position at, long records, long timestampMs) {
        output.order(null, OrderRecord.deleted(at, records), timestampMs);
    }

    private static Position position(RecordMetadata metadata) {
        return new Position(metadata.topic(), metadata.partition(), metadata.offset());
    }
}
