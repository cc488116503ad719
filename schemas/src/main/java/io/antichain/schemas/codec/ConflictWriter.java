package io.antichain.schemas.codec;

import io.antichain.clocks.Dot;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Position;
import io.antichain.schemas.Run;
import java.util.List;

/**
 * Writes a conflict straight to bytes, for those who write many: without a record between. They are the bytes that Avro's own writer
 * makes of {@link WireCodec#toWire(Conflict)}.
 */
public final class ConflictWriter {
    private final BytesEncoder out;

    private ConflictWriter(BytesEncoder out) {
        this.out = out;
    }

    /** Writes the conflict. */
    public static void write(Conflict conflict, BytesEncoder out) {
        new ConflictWriter(out).write(conflict);
    }

    private void write(Conflict conflict) {
        out.writeString(conflict.id());
        out.writeInt(ConflictCodec.toWire(conflict.scope()).ordinal());
        writeOptional(conflict.key().orElse(null));
        out.writeInt(ConflictCodec.toWire(conflict.status()).ordinal());
        write(conflict.event());
        begin(conflict.runs());
        for (Run run : conflict.runs()) {
            write(run, conflict.event().at().topic());
        }
        end(conflict.runs());
        out.writeLong(conflict.pairs());
        begin(conflict.resolves());
        for (Dot dot : conflict.resolves()) {
            out.writeString(dot.toString());
        }
        end(conflict.resolves());
        begin(conflict.siblings());
        for (EventRef sibling : conflict.siblings()) {
            write(sibling);
        }
        end(conflict.siblings());
        out.writeBoolean(conflict.complete());
        out.writeInt(conflict.part());
        out.writeInt(conflict.parts());
        if (isPresent(conflict.windowBeganMs().isPresent())) {
            out.writeLong(conflict.windowBeganMs().getAsLong());
        }
    }

    private void write(EventRef event) {
        out.writeString(event.dot().process().toString());
        out.writeLong(event.dot().counter());
        out.writeInt(event.at().partition());
        out.writeLong(event.at().offset());
        begin(event.clock().size());
        event.clock().forEach((process, counter) -> {
            out.writeString(process.toString());
            out.writeLong(counter);
        });
        end(event.clock().size());
        out.writeLong(event.lamport().value());
        out.writeLong(event.publishedAtMs());
        writeOptional(event.at().topic());
    }

    /** @param topic that of the conflict's event */
    private void write(Run run, String topic) {
        Position first = run.first();
        Position last = run.last();
        out.writeString(run.process().toString());
        out.writeInt(first.partition());
        out.writeLong(run.firstCounter());
        out.writeLong(run.lastCounter());
        out.writeLong(first.offset());
        out.writeLong(last.offset());
        out.writeLong(run.length());
        out.writeLong(run.witness());
        if (isPresent(last.partition() != first.partition())) {
            out.writeInt(last.partition());
        }
        begin(run.counters());
        for (long counter : run.counters()) {
            out.writeLong(counter);
        }
        end(run.counters());
        writeOptional(first.topic().equals(topic) ? null : first.topic());
        writeOptional(last.topic().equals(first.topic()) ? null : last.topic());
    }

    private void writeOptional(String text) {
        if (isPresent(text != null)) {
            out.writeString(text);
        }
    }

    /** Says which branch of a union with null is taken, and returns it. */
    private boolean isPresent(boolean present) {
        out.writeInt(present ? 1 : 0);
        return present;
    }

    private void begin(List<?> items) {
        begin(items.size());
    }

    private void end(List<?> items) {
        end(items.size());
    }

    /** All items stand in one block. */
    private void begin(int items) {
        out.writeLong(items);
    }

    /** A block of none ends what there are blocks of; where there are no items, it stands there already. */
    private void end(int items) {
        if (items > 0) {
            out.writeLong(0);
        }
    }
}
