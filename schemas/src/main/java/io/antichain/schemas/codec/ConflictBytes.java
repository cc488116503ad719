package io.antichain.schemas.codec;

import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.Varints;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Run;
import io.antichain.schemas.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a conflict as Avro binary, byte for byte what Avro makes of {@link WireCodec#toWire(Conflict)}, without the objects
 * between: where half of all events are in conflict, those would cost more than the verdict. Not for several threads.
 */
public final class ConflictBytes {
    private static final int MOST_NAMES = 10_000;

    private final Map<ProcessId, byte[]> names = new HashMap<>();
    private byte[] bytes = new byte[512];
    private int size;

    /** The conflict's bytes, after {@code frame}. */
    public byte[] of(byte[] frame, Conflict conflict) {
        size = 0;
        raw(frame);
        Dot dot = conflict.event().dot();
        id(conflict, dot);
        number(conflict.scope() == Scope.ALL ? 1 : 2);
        number(conflict.key().isPresent() ? 1 : 0);
        conflict.key().ifPresent(this::text);
        number(conflict.status() == Conflict.Status.CONCURRENT ? 1 : 2);
        event(conflict.event());
        long pairs = runs(conflict.runs());
        number(pairs);
        begin(conflict.resolves());
        for (Dot resolved : conflict.resolves()) {
            text(resolved.toString());
        }
        end();
        begin(conflict.siblings());
        conflict.siblings().forEach(this::event);
        end();
        put(conflict.complete() ? 1 : 0);
        number(conflict.part());
        number(conflict.parts());
        number(conflict.windowBeganMs().isPresent() ? 1 : 0);
        conflict.windowBeganMs().ifPresent(this::number);
        return Arrays.copyOf(bytes, size);
    }

    private void id(Conflict conflict, Dot dot) {
        if (conflict.part() > 1) {
            text(conflict.id());
            return;
        }
        String scope = conflict.scope().written();
        byte[] name = name(dot.process());
        String counter = Long.toString(dot.counter());
        number(scope.length() + 1 + name.length + 1 + counter.length());
        ascii(scope);
        put('/');
        raw(name);
        put(':');
        ascii(counter);
    }

    private long runs(List<Run> runs) {
        begin(runs);
        long pairs = 0;
        for (Run run : runs) {
            process(run.process());
            number(run.firstPartition());
            number(run.firstCounter());
            number(run.lastCounter());
            number(run.firstOffset());
            number(run.lastOffset());
            number(run.length());
            number(run.witness());
            boolean inOne = run.lastPartition() == run.firstPartition();
            number(inOne ? 0 : 1);
            if (!inOne) {
                number(run.lastPartition());
            }
            begin(run.counters());
            run.counters().forEach(this::number);
            end();
            pairs += run.length();
        }
        end();
        return pairs;
    }

    private void event(EventRef event) {
        process(event.dot().process());
        number(event.dot().counter());
        number(event.partition());
        number(event.offset());
        if (event.clock().size() > 0) {
            number(event.clock().size());
            event.clock().forEach((process, entry) -> {
                process(process);
                number(entry);
            });
        }
        end();
        number(event.lamport().value());
        number(event.publishedAtMs());
    }

    private void begin(List<?> items) {
        if (!items.isEmpty()) {
            number(items.size());
        }
    }

    private void end() {
        put(0);
    }

    private void process(ProcessId process) {
        byte[] name = name(process);
        number(name.length);
        raw(name);
    }

    private byte[] name(ProcessId process) {
        byte[] name = names.get(process);
        if (name == null) {
            if (names.size() == MOST_NAMES) {
                names.clear();
            }
            name = process.toString().getBytes(StandardCharsets.UTF_8);
            names.put(process, name);
        }
        return name;
    }

    private void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        raw(utf8);
    }

    /** Zigzag, as a varint. */
    private void number(long value) {
        ensure(Varints.MOST_BYTES);
        size = Varints.put(bytes, size, (value << 1) ^ (value >> 63));
    }

    private void put(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    private void ascii(String text) {
        ensure(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    private void raw(byte[] more) {
        ensure(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
