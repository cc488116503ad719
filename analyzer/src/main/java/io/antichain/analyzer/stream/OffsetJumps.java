package io.antichain.analyzer.stream;

import io.antichain.analyzer.log.Deletions;
import io.antichain.analyzer.log.EventLog;
import io.antichain.schemas.Position;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Notices where offsets are left out: by transaction markers, which is nothing, or by retention that deleted records before they
 * could be read. Asking the broker which it was costs a request, so short jumps are asked about once a second.
 */
final class OffsetJumps {
    /** Shorter jumps are mostly transaction markers. */
    private static final long SHORT_JUMP = 100;

    /** A jump from the offset that was awaited. */
    private record Jump(String topic, int partition, long awaited) {}

    private final EventLog log;
    private final Output output;
    private final Deletion deletion;
    private Jump jump;
    private boolean hasBegun;

    /** Told what retention deleted before it could be read. */
    interface Deletion {
        /**
         * Takes note.
         *
         * @param upTo the oldest offset that is left
         * @param records how many are gone at most
         */
        void of(Position upTo, long records, long timestampMs);
    }

    OffsetJumps(EventLog log, Output output, Deletion deletion) {
        this.log = log;
        this.output = output;
        this.deletion = deletion;
    }

    /** A record comes, where the one with the offset {@code awaited} was to come next. */
    void note(RecordMetadata record, long awaited, long timestampMs) {
        if (record.offset() > awaited) {
            if (jump == null
                    || jump.partition() != record.partition()
                    || !jump.topic().equals(record.topic())) {
                check(timestampMs);
                jump = new Jump(record.topic(), record.partition(), awaited);
            }
            if (!hasBegun || record.offset() - awaited > SHORT_JUMP) {
                check(timestampMs);
            }
        }
        hasBegun = true;
    }

    /** Says what retention took, if it did. */
    void check(long timestampMs) {
        if (jump == null) {
            return;
        }
        long earliest = log.earliest(jump.topic(), jump.partition());
        if (earliest > jump.awaited()) {
            output.anomaly(Deletions.anomaly(jump.topic(), jump.partition(), jump.awaited(), earliest), timestampMs);
            deletion.of(new Position(jump.topic(), jump.partition(), earliest), earliest - jump.awaited(), timestampMs);
        }
        jump = null;
    }
}
